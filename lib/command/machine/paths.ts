import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { canWrite } from './disk.mjs';
import { programIn } from './platform.mjs';

/** Folder of `package.json`, `notebooks`, `lib` and `data`. */
export const projectRoot = resolve(__dirname, '..', '..', '..');

/** Whether the clone is read-only, such as a shared installation for a computer room. */
export const isShared = !canWrite(projectRoot);

/** Folder of the opened notebooks and of `build`, the commands' output: the clone or a user's folder. */
export const workFolder = isShared
  ? resolve(process.env.DIGITS_FOLDER || join(homedir(), 'digits'))
  : projectRoot;

export const packageFolder = (name: string): string =>
  dirname(require.resolve(`${name}/package.json`));

const environmentName = 'digits';

/** Python environment with JupyterLab and TensorFlow's libraries. */
export interface PythonEnvironment {
  readonly prefix: string;
  /** Returns the path of a program, such as `python` or `jupyter`. */
  program(name: string): string;
}

/**
 * Returns the environment in `prefix`. Default: `DIGITS_PYTHON_PREFIX`, else an active conda environment of this
 * project's name, else Binder's `NB_PYTHON_PREFIX`, else `.venv`.
 */
export function pythonEnvironment(prefix = userPrefix() ?? venvPrefix): PythonEnvironment {
  return { prefix, program: name => programIn(prefix, name) };
}

/** Environment created by set-up. */
export const venvPrefix = join(projectRoot, '.venv');

/** Returns the environment selected by shell variables instead of `.venv`. */
export function userPrefix(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.DIGITS_PYTHON_PREFIX) return resolve(env.DIGITS_PYTHON_PREFIX);
  if (env.CONDA_PREFIX && env.CONDA_DEFAULT_ENV === environmentName) return env.CONDA_PREFIX;
  return env.NB_PYTHON_PREFIX || undefined;
}
