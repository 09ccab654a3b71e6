import { join } from 'node:path';
import type { PythonEnvironment } from '../project/paths';

/** Returns the folders that the steps of the site's build work on; `work` holds all of them. */
export const foldersIn = (work: string, python: PythonEnvironment) => ({
  python,
  work,
  site: join(work, 'digits'),
  /** What JupyterLite's build reads. */
  lite: join(work, 'lite'),
  /** The notebooks of the site, within `lite`: as a learner opens them, without outputs. */
  contents: join(work, 'lite', 'files'),
  /** The same with their outputs, for the pages to read. */
  saved: join(work, 'saved'),
  /** The extensions of the site, each in a folder of its name. */
  extensions: join(work, 'digits', 'extensions'),
});

export type Build = ReturnType<typeof foldersIn>;
