/** Finds a Python that the wheels are built for, and asks an environment's Python about itself. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure, type Text } from './failure.mjs';
import { type PythonEnvironment, pythonEnvironment } from './paths';

const run = promisify(execFile);

/** The minor versions of Python 3 for which TensorFlow's wheels are built. */
export const oldest = 10;
export const newest = 13;

export interface Interpreter {
  /** The path of the program itself. */
  readonly executable: string;
  /** Such as `3.12.4`. */
  readonly version: string;
  /** Its `site-packages`. */
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

/** Tells whether an environment's pip runs. */
export async function hasPip(environment: PythonEnvironment): Promise<boolean> {
  try {
    await run(environment.program('python'), ['-m', 'pip', '--version'], { timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Asks the Python of an environment in a folder what it is.
 *
 * @throws Failure where none runs.
 */
export async function interpreterAt(prefix: string): Promise<Interpreter> {
  const found = await interpreterOf(pythonEnvironment(prefix));
  if (found) return found;
  throw new Failure({
    en: `No Python runs in ${prefix}. Name the folder of an environment made with\n  conda env create --file environment.yml`,
    zh: `${prefix} 中没有可运行的 Python。请指定用以下命令创建的环境的文件夹：\n  conda env create --file environment.yml`,
  });
}

/** Returns the first two numbers of a version such as `3.12.4`. */
function numbersOf(version: string): { major: number; minor: number } {
  const [major = Number.NaN, minor = Number.NaN] = version.split('.').map(Number);
  return { major, minor };
}

export function versionFits(version: string): boolean {
  const { major, minor } = numbersOf(version);
  return major === 3 && minor >= oldest && minor <= newest;
}

/** How a Python is started. */
interface Candidate {
  readonly program: string;
  readonly args?: string[];
}

const candidates: readonly Candidate[] = [
  ...['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'].map(program => ({
    program,
  })),
  ...(process.platform === 'win32' ? [{ program: 'py', args: ['-3'] }] : []),
];

/**
 * Finds the first Python that fits: `DIGITS_PYTHON` alone if it is set, else on the path `python3`,
 * `python3.13` … `python3.10`, `python`, and Windows' `py -3`.
 *
 * @throws Failure that says which Pythons were found, why none fits, and how to get one
 */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<Interpreter> {
  const wanted = env.DIGITS_PYTHON;
  const unfit: Interpreter[] = [];
  for (const { program, args } of wanted ? [{ program: wanted }] : candidates) {
    const found = await ask(program, args);
    if (!found) continue;
    if (versionFits(found.version) && found.venv && found.bits === 64) return found;
    unfit.push(found);
  }
  throw new Failure(explain(unfit, wanted));
}

const range = `3.${oldest}–3.${newest}`;
const get: Text = {
  en: `Install one of Python ${range} (Debian, Ubuntu: sudo apt install python3 python3-venv; others: https://www.python.org/downloads), or name one: DIGITS_PYTHON=/path/to/python npm start`,
  zh: `请安装 Python ${range} 之一（Debian、Ubuntu：sudo apt install python3 python3-venv；其他系统：https://www.python.org/downloads），或指定一个：DIGITS_PYTHON=/path/to/python npm start`,
};

function explain(unfit: Interpreter[], wanted?: string): Text {
  const bare = unfit.find(({ version, venv }) => versionFits(version) && !venv);
  if (bare) {
    const { major, minor } = numbersOf(bare.version);
    const package_ = `python${major}.${minor}-venv`;
    return {
      en: `Python ${bare.version} (${bare.executable}) lacks the module venv. Debian, Ubuntu: sudo apt install python3-venv (or ${package_})`,
      zh: `Python ${bare.version}（${bare.executable}）缺少 venv 模块。Debian、Ubuntu：sudo apt install python3-venv（或 ${package_}）`,
    };
  }
  const narrow = unfit.find(({ version, bits }) => versionFits(version) && bits !== 64);
  if (narrow) {
    return {
      en: `Python ${narrow.version} (${narrow.executable}) is a ${narrow.bits}-bit one; a 64-bit one is needed. ${get.en}`,
      zh: `Python ${narrow.version}（${narrow.executable}）是 ${narrow.bits} 位的，需要 64 位。${get.zh}`,
    };
  }
  const [first] = unfit;
  if (!first) {
    return wanted
      ? {
          en: `DIGITS_PYTHON names ${wanted}, which is no Python that runs. ${get.en}`,
          zh: `DIGITS_PYTHON 指定的 ${wanted} 不是可运行的 Python。${get.zh}`,
        }
      : { en: `No Python was found. ${get.en}`, zh: `未找到 Python。${get.zh}` };
  }
  const { version, executable } = first;
  const { major, minor } = numbersOf(version);
  const old = major < 3 || minor < oldest;
  return {
    en: `Python ${version} (${executable}) is too ${old ? 'old' : 'new'}: TensorFlow’s library is built for ${range}. ${get.en}`,
    zh: `Python ${version}（${executable}）太${old ? '旧' : '新'}：TensorFlow 的库适用于 ${range}。${get.zh}`,
  };
}
