/** Finds the Pythons of the machine, and asks them about themselves. */
import { join } from 'node:path';
import { parsedOutput } from '../../project/answer-of';
import { Failure } from '../../project/failure.mjs';
import { messages } from '../../project/messages';
import { type PythonEnvironment, projectRoot, pythonEnvironment } from '../../project/paths';
import { onPath, withVariable } from '../../project/platform.mjs';

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
export const ask = (program: string, args: string[] = []): Promise<Interpreter | undefined> =>
  parsedOutput(program, [...args, '-c', question], answer => JSON.parse(answer));

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

/** Holds the uv from PyPI, beside the pip that has fetched it, if it was pip. */
export const fetched = pythonEnvironment(join(projectRoot, 'build', 'setup', 'uv'));

/** Lists the Pythons whose pip may know the user's settings, the one that uv was fetched by before others. */
export const pythonsToAsk = (using?: Interpreter): string[] =>
  [fetched.program('python'), using?.executable, onPath(['python3', 'python'])].flatMap(
    python => python ?? [],
  );

/** Returns the minor version of a Python 3, such as 12 of `3.12.4`; NaN of another one. */
export const minorOf = (version: string): number => Number(/^3\.(\d+)/.exec(version)?.[1]);

export const versionFits = (version: string): boolean => minorOf(version) >= oldest;

/** Tells whether a Python can be that of the lesson. */
export const fits = ({ version, bits }: Interpreter): boolean =>
  versionFits(version) && bits === 64;

/** Tells whether a Python, of whatever version, can fetch uv: it makes a virtual environment with pip. */
export const fetchesUv = ({ version, venv }: Interpreter): boolean => venv && minorOf(version) >= 8;

/** Commands that may be a Python, the usual ones first. */
const minors = [14, 13, 12, 11, oldest].map(minor => `python3.${minor}`);
const CANDIDATES = ['python3', 'python', ...minors, 'py -3'].map(words => words.split(' '));

/**
 * Finds the first Python that serves. `DIGITS_PYTHON` names one that is taken alone.
 *
 * @throws Failure that says which Pythons were found, why none serves, and how to get one
 */
export async function findPython(serves: (python: Interpreter) => boolean): Promise<Interpreter> {
  const wanted = process.env.DIGITS_PYTHON;
  const unfit: Interpreter[] = [];
  for (const [program = '', ...args] of wanted ? [[wanted]] : CANDIDATES) {
    const found = await ask(program, args);
    if (found && serves(found)) return found;
    if (found) unfit.push(found);
  }
  throw new Failure(explain(unfit, wanted));
}

/** Says why none of these Pythons serves, and how to get one that does. */
function explain(unfit: readonly Interpreter[], wanted?: string): string {
  const said = messages().setup;
  const command = withVariable('DIGITS_PYTHON', '/path/to/python', 'npm start');
  const cure = said.getPython(`3.${oldest}`, command);
  const bare = unfit.find(fits);
  if (bare) return said.noVenv(bare.version, bare.executable, `python3.${minorOf(bare.version)}`);
  const narrow = unfit.find(({ version }) => versionFits(version));
  if (narrow) return said.narrowPython(narrow.version, narrow.executable, narrow.bits, cure);
  const [first] = unfit;
  if (first) return said.oldPython(first.version, first.executable, cure);
  return wanted ? said.wantedNoPython(wanted, cure) : said.noPython(cure);
}
