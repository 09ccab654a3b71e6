import type { PythonEnvironment } from '../project/paths';

/** The folders that the steps of the site's build work on. */
export interface Build {
  readonly site: string;
  /** Holds what is made on the way; the site as well. */
  readonly work: string;
  /** What JupyterLite's build reads. */
  readonly lite: string;
  /** The notebooks of the site, within `lite`: as a learner opens them, without outputs. */
  readonly contents: string;
  /** The same with their outputs, for the pages to read. */
  readonly saved: string;
  /** The file that tells from which original each of them comes, by its name. */
  readonly originals: string;
  /** The extensions of the site, each in a folder of its name. */
  readonly extensions: string;
  readonly python: PythonEnvironment;
}
