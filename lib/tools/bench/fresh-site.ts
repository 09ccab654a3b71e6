/** The site of the lesson, built where it is not there or older than what it is made of. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../project/failure.mjs';
import { projectRoot, pythonEnvironment } from '../project/paths';
import { buildSite, siteFolder } from '../site/build';
import { filesBelow } from '../site/files-below';

/** Returns the site's folder. */
export async function freshSite(language: Language): Promise<string> {
  // The build writes this file last.
  const built = changed(join(siteFolder, 'service-worker.js'));
  if (built === undefined || built < newestSource()) {
    await buildSite(pythonEnvironment(), language);
  }
  return siteFolder;
}

const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function newestSource(): number {
  const files = ['lib', 'notebooks'].flatMap(folder =>
    filesBelow(join(projectRoot, folder)).map(file => join(projectRoot, folder, file)),
  );
  return files
    .filter(file => !file.includes('.ipynb_checkpoints') && !file.startsWith(__dirname))
    .reduce((newest, file) => Math.max(newest, changed(file) ?? 0), 0);
}
