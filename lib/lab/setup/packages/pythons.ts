/** Finds and inspects the machine's Python interpreters. */
import { join } from 'node:path';
import { type PythonEnvironment, projectRoot, pythonEnvironment } from 'command/machine/paths';
import { onPath, withVariable } from 'command/machine/platform.mjs';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import { readOutput } from 'command/processes/read-output';

/** Oldest minor version of Python 3 supported by Jupyter's packages. There is no upper limit. */
export const OLDEST_MINOR = 10;

export interface Interpreter {
  readonly executable: string;
  /** Full version, such as `3.12.4`. */
  readonly version: string;
  readonly packages: string;
  /** Whether the interpreter can create virtual environments with pip. */
  readonly venv: boolean;
  readonly bits: number;
}

const SCRIPT = `
import importlib.util as u, json, platform, struct, sys, sysconfig
print(json.dumps(dict(executable=sys.executable, version=platform.python_version(),
  packages=sysconfig.get_path('platlib'), bits=8 * struct.calcsize('P'),
  venv=bool(u.find_spec('venv') and u.find_spec('ensurepip')))))`;

/** Inspects a Python program. Returns `undefined` if missing or broken. */
export const inspect = (program: string, args: string[] = []): Promise<Interpreter | undefined> =>
  readOutput(program, [...args, '-c', SCRIPT], output => JSON.parse(output));

/** Inspects an environment's Python. Returns `undefined` if missing or broken. */
export function interpreterOf(environment: PythonEnvironment): Promise<Interpreter | undefined> {
  return inspect(environment.program('python'));
}

/** Inspects the Python of the environment in `prefix`. Throws if missing or broken. */
export async function interpreterAt(prefix: string): Promise<Interpreter> {
  const interpreter = await interpreterOf(pythonEnvironment(prefix));
  if (interpreter) return interpreter;
  throw new Failure(messages().project.noPythonIn(prefix));
}

/** Environment with the uv from PyPI and, if pip fetched uv, with this pip. */
export const uvEnvironment = pythonEnvironment(join(projectRoot, 'build', 'setup', 'uv'));

/** Returns candidates for reading pip's settings, first the Python that fetched uv. */
export const pythonsWithPip = (using?: Interpreter): string[] =>
  [uvEnvironment.program('python'), using?.executable, onPath(['python3', 'python'])].flatMap(
    python => python ?? [],
  );

/** Returns the minor version of a Python 3, such as 12 for `3.12.4`; NaN for other versions. */
export const minorOf = (version: string): number => Number(/^3\.(\d+)/.exec(version)?.[1]);

export const isNewEnough = (version: string): boolean => minorOf(version) >= OLDEST_MINOR;

/** Returns whether the lesson can use this Python. */
export const isValid = ({ version, bits }: Interpreter): boolean =>
  isNewEnough(version) && bits === 64;

/** Returns whether a Python can create virtual environments with pip, to fetch uv. Accepts older versions. */
export const canFetchUv = ({ version, venv }: Interpreter): boolean =>
  venv && minorOf(version) >= 8;

/** Possible Python commands, most common first. */
const minors = [14, 13, 12, 11, OLDEST_MINOR].map(minor => `python3.${minor}`);
const CANDIDATES = ['python3', 'python', ...minors, 'py -3'].map(command => command.split(' '));

/**
 * Returns the first Python that `accepts` accepts. If set, tries only `DIGITS_PYTHON`. Throws a Failure that names
 * the rejected Pythons, the reasons, and how to get a suitable one.
 */
export async function findPython(accepts: (python: Interpreter) => boolean): Promise<Interpreter> {
  const requested = process.env.DIGITS_PYTHON;
  const rejected: Interpreter[] = [];
  for (const [program = '', ...args] of requested ? [[requested]] : CANDIDATES) {
    const interpreter = await inspect(program, args);
    if (interpreter && accepts(interpreter)) return interpreter;
    if (interpreter) rejected.push(interpreter);
  }
  throw new Failure(explain(rejected, requested));
}

/** Explains why these Pythons are unsuitable, and how to get a suitable one. */
function explain(rejected: readonly Interpreter[], requested?: string): string {
  const texts = messages().setup;
  const command = withVariable('DIGITS_PYTHON', '/path/to/python', 'npm start');
  const fix = texts.getPython(`3.${OLDEST_MINOR}`, command);
  const withoutVenv = rejected.find(isValid);
  if (withoutVenv) {
    const { version, executable } = withoutVenv;
    return texts.noVenv(version, executable, `python3.${minorOf(version)}`);
  }
  const narrow = rejected.find(({ version }) => isNewEnough(version));
  if (narrow) return texts.narrowPython(narrow.version, narrow.executable, narrow.bits, fix);
  const [first] = rejected;
  if (first) return texts.oldPython(first.version, first.executable, fix);
  return requested ? texts.wantedNoPython(requested, fix) : texts.noPython(fix);
}
