/** Whether a site is newer than what it is made of. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../project/files-below';
import { projectRoot } from '../project/paths';

/** Tells whether the site in a folder was built after the last change of the code and the notebooks. */
export function isFresh(site: string): boolean {
  // The build writes this file last.
  const built = changed(join(site, 'service-worker.js'));
  return built !== undefined && built > newestSource();
}

const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function newestSource(): number {
  const files = ['lib', 'notebooks'].flatMap(folder =>
    filesBelow(join(projectRoot, folder)).map(file => join(projectRoot, folder, file)),
  );
  return files
    .filter(file => !file.includes('.ipynb_checkpoints'))
    .reduce((newest, file) => Math.max(newest, changed(file) ?? 0), 0);
}
