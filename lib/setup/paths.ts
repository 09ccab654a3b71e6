import { join, resolve } from 'node:path';

/** The folder that holds `package.json`, `notebooks`, `lib` and `data`. */
export const projectRoot = resolve(__dirname, '..', '..');

/** The Python side: an environment that holds JupyterLab and TensorFlow's libraries. */
export interface PythonEnvironment {
  /** Its folder, such as `.venv`. */
  readonly prefix: string;
  /** The path of one of its programs, such as `python` or `jupyter`. */
  program(name: string): string;
}

/** An environment by its folder; with none named, `DIGITS_PYTHON_PREFIX`, then `.venv`. */
export function pythonEnvironment(
  prefix = process.env.DIGITS_PYTHON_PREFIX ?? join(projectRoot, '.venv'),
): PythonEnvironment {
  const [folder, suffix] = process.platform === 'win32' ? ['Scripts', '.exe'] : ['bin', ''];
  return {
    prefix,
    program: name => join(prefix, folder, name + suffix),
  };
}
