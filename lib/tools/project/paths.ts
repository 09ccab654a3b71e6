import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { canWrite } from './disk.mjs';
import { programIn } from './platform.mjs';

/** The folder that holds `package.json`, `notebooks`, `lib` and `data`. */
export const projectRoot = resolve(__dirname, '..', '..', '..');

/** Whether the clone is somebody else's, who has set it up for us, such as for a room of computers. */
export const isShared = !canWrite(projectRoot);

/** What commands write stands here, below `build`, and the notebooks that are opened: the clone, or a folder of the user's. */
export const workFolder = isShared
  ? resolve(process.env.DIGITS_FOLDER || join(homedir(), 'digits'))
  : projectRoot;

export const packageFolder = (name: string): string =>
  dirname(require.resolve(`${name}/package.json`));

/** The name that `environment.yml` gives its conda environment. */
const environmentName = 'digits';

/** The Python side: an environment that holds JupyterLab and TensorFlow's libraries. */
export interface PythonEnvironment {
  readonly prefix: string;
  /** Returns the path of one of its programs, such as `python` or `jupyter`. */
  program(name: string): string;
}

/**
 * Returns the environment in a folder. Where none is named, it is that of `DIGITS_PYTHON_PREFIX`, else
 * an activated conda environment of this project's name, else Binder's `NB_PYTHON_PREFIX`, else `.venv`.
 */
export function pythonEnvironment(prefix = givenPrefix() ?? ownPrefix): PythonEnvironment {
  return { prefix, program: name => programIn(prefix, name) };
}

/** The environment that set-up makes for itself. */
export const ownPrefix = join(projectRoot, '.venv');

/** Returns the folder of an environment that the shell names, to be used in place of `.venv`. */
export function givenPrefix(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.DIGITS_PYTHON_PREFIX) return resolve(env.DIGITS_PYTHON_PREFIX);
  if (env.CONDA_PREFIX && env.CONDA_DEFAULT_ENV === environmentName) return env.CONDA_PREFIX;
  return env.NB_PYTHON_PREFIX || undefined;
}
