import { statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../project/files';
import { projectRoot } from '../project/paths';

/** Tells whether the site in a folder is missing, or older than the code or a notebook. */
export function isStale(site: string): boolean {
  // The build writes this file last.
  const built = changed(join(site, 'service-worker.js'));
  return ['lib', 'notebooks'].some(folder =>
    filesBelow(join(projectRoot, folder))
      .filter(file => !file.includes('.ipynb_checkpoints'))
      .some(file => changed(join(projectRoot, folder, file)) >= built),
  );
}

const changed = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
