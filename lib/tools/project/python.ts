/** Asks Pythons about themselves. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';
import { messages } from './messages';
import { type PythonEnvironment, pythonEnvironment } from './paths';

const run = promisify(execFile);

/** The oldest minor version of Python 3 that Jupyter's packages are made for. There is no newest. */
export const oldest = 10;

export interface Interpreter {
  readonly executable: string;
  /** Such as `3.12.4`. */
  readonly version: string;
  readonly packages: string;
  /** Whether it can make a virtual environment with pip in it. */
  readonly venv: boolean;
  readonly bits: number;
}

const question = `
import importlib.util as u, json, platform, struct, sys, sysconfig
print(json.dumps(dict(executable=sys.executable, version=platform.python_version(),
  packages=sysconfig.get_path('platlib'), bits=8 * struct.calcsize('P'),
  venv=bool(u.find_spec('venv') and u.find_spec('ensurepip')))))`;

/** Asks a Python what it is; `undefined` when the program is not there or does not run. */
export async function ask(program: string, args: string[] = []): Promise<Interpreter | undefined> {
  try {
    const { stdout } = await run(program, [...args, '-c', question], { timeout: 30_000 });
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** Asks an environment's Python what it is; `undefined` where none runs. */
export function interpreterOf(environment: PythonEnvironment): Promise<Interpreter | undefined> {
  return ask(environment.program('python'));
}

/** Asks the Python of an environment in a folder what it is; fails where none runs. */
export async function interpreterAt(prefix: string): Promise<Interpreter> {
  const found = await interpreterOf(pythonEnvironment(prefix));
  if (found) return found;
  throw new Failure(messages().project.noPythonIn(prefix));
}

/** Returns the minor version of a Python 3, such as 12 of `3.12.4`; NaN of another one. */
export const minorOf = (version: string): number => Number(/^3\.(\d+)/.exec(version)?.[1]);

export const versionFits = (version: string): boolean => minorOf(version) >= oldest;
