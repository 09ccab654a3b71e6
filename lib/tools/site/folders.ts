import { join } from 'node:path';
import type { PythonEnvironment } from '../project/paths';

/** Returns the folders that the steps of the site's build work on; `work` holds all of them. */
export const foldersIn = (work: string, python: PythonEnvironment, api = false) => ({
  python,
  /** Whether the pages of the packages' API are wanted. */
  api,
  work,
  site: join(work, 'digits'),
  /** What JupyterLite's build reads: the notebooks as a learner opens them, without outputs. */
  lite: join(work, 'lite'),
  contents: join(work, 'lite', 'files'),
  /** The notebooks with their outputs, for the pages to read. */
  saved: join(work, 'saved'),
  /** The extensions of the site, each in a folder of its name. */
  extensions: join(work, 'digits', 'extensions'),
});

export type Build = ReturnType<typeof foldersIn>;
