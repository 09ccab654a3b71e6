/** The folders that the steps of the site's build work on. */
import { join } from 'node:path';
import type { PythonEnvironment } from '../project/paths';

export interface Build {
  /** Takes the site. */
  readonly site: string;
  /** Holds what is made on the way; the site as well. */
  readonly work: string;
  readonly python: PythonEnvironment;
}

/** The lite folder: what JupyterLite's build reads. */
export const liteFolder = ({ work }: Build): string => join(work, 'lite');

/** Holds the notebooks of the site. */
export const contentsFolder = (build: Build): string => join(liteFolder(build), 'files');

/** Holds the extensions of the site, each in a folder of its name. */
export const extensionsFolder = (build: Build): string => join(build.work, 'extensions');
