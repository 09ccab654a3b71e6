/** Finds a Python that the wheels are built for, and asks an environment's Python about itself. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure, type Text } from './failure.mjs';
import { type PythonEnvironment, pythonEnvironment } from './paths';

const run = promisify(execFile);

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

/** The Python of an environment, with the folder of its packages. */
export function interpreterOf(environment: PythonEnvironment): Promise<Interpreter | undefined> {
  return ask(environment.program('python'));
}

/** Whether an environment's pip runs. */
export async function hasPip(environment: PythonEnvironment): Promise<boolean> {
  try {
    await run(environment.program('python'), ['-m', 'pip', '--version'], { timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

/** Where an environment stands and which Python runs it; a failure when there is none. */
export async function interpreterAt(prefix: string): Promise<Interpreter> {
  const found = await interpreterOf(pythonEnvironment(prefix));
  if (found) return found;
  throw new Failure({
    en: `No Python runs in ${prefix}. Name the folder of an environment made with\n  conda env create --file environment.yml`,
    zh: `${prefix} 中没有可运行的 Python。请指定用以下命令创建的环境的文件夹：\n  conda env create --file environment.yml`,
  });
}

export function versionFits(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor >= oldest && minor <= newest;
}

const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/**
 * The first Python on the path that fits: `DIGITS_PYTHON` if it is set, then `python3`,
 * `python3.13` … `python3.10`, `python`, and Windows' `py -3`.
 *
 * @throws Failure that says which Pythons were found, why none fits, and how to get one
 */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<Interpreter> {
  const wanted = env.DIGITS_PYTHON;
  const candidates = wanted
    ? [[wanted]]
    : [...names.map(name => [name]), ...(process.platform === 'win32' ? [['py', '-3']] : [])];
  const unfit: Interpreter[] = [];
  for (const [program, ...args] of candidates) {
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
    const minor = bare.version.split('.').slice(0, 2).join('.');
    return {
      en: `Python ${bare.version} (${bare.executable}) lacks the module venv. Debian, Ubuntu: sudo apt install python3-venv (or python${minor}-venv)`,
      zh: `Python ${bare.version}（${bare.executable}）缺少 venv 模块。Debian、Ubuntu：sudo apt install python3-venv（或 python${minor}-venv）`,
    };
  }
  const narrow = unfit.find(({ version, bits }) => versionFits(version) && bits !== 64);
  if (narrow) {
    return {
      en: `Python ${narrow.version} (${narrow.executable}) is a ${narrow.bits}-bit one; a 64-bit one is needed. ${get.en}`,
      zh: `Python ${narrow.version}（${narrow.executable}）是 ${narrow.bits} 位的，需要 64 位。${get.zh}`,
    };
  }
  if (unfit.length === 0) {
    return wanted
      ? {
          en: `DIGITS_PYTHON names ${wanted}, which is no Python that runs. ${get.en}`,
          zh: `DIGITS_PYTHON 指定的 ${wanted} 不是可运行的 Python。${get.zh}`,
        }
      : { en: `No Python was found. ${get.en}`, zh: `未找到 Python。${get.zh}` };
  }
  const [{ version, executable }] = unfit;
  const [major, minor] = version.split('.').map(Number);
  const old = major < 3 || minor < oldest;
  return {
    en: `Python ${version} (${executable}) is too ${old ? 'old' : 'new'}: TensorFlow’s library is built for ${range}. ${get.en}`,
    zh: `Python ${version}（${executable}）太${old ? '旧' : '新'}：TensorFlow 的库适用于 ${range}。${get.zh}`,
  };
}
