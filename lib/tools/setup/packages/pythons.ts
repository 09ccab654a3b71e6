/** Finds the Pythons of the machine, and asks them about themselves: one to fetch uv with, and the newest that fits. */
import { answerOf } from '../../project/answer-of';
import { Failure } from '../../project/failure.mjs';
import { messages } from '../../project/messages';
import { type PythonEnvironment, pythonEnvironment } from '../../project/paths';
import { withVariable } from '../../project/platform.mjs';

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
  answerOf(program, [...args, '-c', question], answer => JSON.parse(answer));

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

/**
 * Finds the newest Python that fits, by uv: 3.10 or newer, of 64 bits, released. `DIGITS_PYTHON` names
 * one that is taken alone.
 *
 * @param minor the only minor version of Python 3 that will do, if there is such a one
 * @throws Failure that says which Pythons were found, why none fits, and how to get one
 */
export async function newestPython(
  uv: { ask(...args: string[]): Promise<string> },
  minor?: number,
): Promise<Interpreter> {
  const wanted = process.env.DIGITS_PYTHON;
  const isWanted = ({ version, bits }: { version: string; bits: number }) =>
    versionFits(version) && bits === 64 && [undefined, minorOf(version)].includes(minor);
  if (wanted) {
    const found = await ask(wanted);
    if (found && isWanted(found)) return found;
    throw new Failure(explain(found ? [found] : [], wanted));
  }
  const question = ['python', 'list', '--only-installed', '--output-format', 'json'];
  const listed: Record<'version' | 'path' | 'implementation' | 'variant' | 'arch', string>[] =
    JSON.parse(await uv.ask(...question));
  const usual = listed
    // Of another variant, such as `freethreaded`, many packages are not made.
    .filter(each => each.implementation === 'cpython' && each.variant === 'default')
    .filter(({ version }) => /^[\d.]+$/.test(version))
    .map(({ version, path: executable, arch }) => {
      return { version, executable, bits: arch.includes('64') ? 64 : 32 };
    });
  // uv lists the newest first, and of the same version those first that stand first on the path.
  for (const { executable } of usual.filter(isWanted)) {
    const found = await ask(executable);
    if (found) return found;
  }
  throw new Failure(explain(usual));
}

/** Commands that may be a Python. */
const minors = [14, 13, 12, 11, oldest].map(minor => `python3.${minor}`);
const CANDIDATES = ['python3', 'python', ...minors, 'py -3'].map(words => words.split(' '));

/** The oldest minor version of Python 3 that can fetch uv. */
const OLDEST_TO_FETCH = 8;

/**
 * Finds a Python that can make a virtual environment with pip, of whatever version: to fetch uv with.
 */
export async function pythonWithVenv(): Promise<Interpreter> {
  const wanted = process.env.DIGITS_PYTHON;
  const unfit: Interpreter[] = [];
  for (const [program = '', ...args] of wanted ? [[wanted]] : CANDIDATES) {
    const found = await ask(program, args);
    if (!found) continue;
    if (found.venv && minorOf(found.version) >= OLDEST_TO_FETCH) return found;
    unfit.push(found);
  }
  const bare = unfit.find(({ version }) => versionFits(version));
  if (!bare) throw new Failure(explain(unfit, wanted));
  const { version, executable } = bare;
  throw new Failure(messages().setup.noVenv(version, executable, `python3.${minorOf(version)}`));
}

/** Says why none of these Pythons fits, and how to get one that does. */
function explain(
  unfit: readonly Pick<Interpreter, 'version' | 'executable' | 'bits'>[],
  wanted?: string,
): string {
  const said = messages().setup;
  const command = withVariable('DIGITS_PYTHON', '/path/to/python', 'npm start');
  const cure = said.getPython(`3.${oldest}`, command);
  const narrow = unfit.find(({ version, bits }) => versionFits(version) && bits !== 64);
  if (narrow) return said.narrowPython(narrow.version, narrow.executable, narrow.bits, cure);
  const [first] = unfit;
  if (first) return said.oldPython(first.version, first.executable, cure);
  return wanted ? said.wantedNoPython(wanted, cure) : said.noPython(cure);
}
