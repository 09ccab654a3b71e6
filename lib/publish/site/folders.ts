import { join } from 'node:path';
import type { PythonEnvironment } from 'command/machine/paths';

/** Returns the folders of the site's build steps, all inside `work`. */
export const foldersIn = (work: string, python: PythonEnvironment, api = false) => ({
  python,
  api,
  work,
  site: join(work, 'digits'),
  /** Input of JupyterLite's build: the notebooks without outputs. */
  lite: join(work, 'lite'),
  contents: join(work, 'lite', 'files'),
  /** The notebooks with outputs, for the HTML pages. */
  saved: join(work, 'saved'),
  /** The site's JupyterLab extensions, one folder each. */
  extensions: join(work, 'digits', 'extensions'),
});

export type Build = ReturnType<typeof foldersIn>;
