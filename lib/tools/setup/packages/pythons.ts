/** Finds the Pythons of the machine: one to fetch uv with, and the newest that fits. */
import { Failure, type Text } from '../../project/failure.mjs';
import { withVariable } from '../../project/platform.mjs';
import { ask, type Interpreter, numbersOf, oldest, versionFits } from '../../project/python';

/** A Python as uv lists it. */
interface Listed {
  readonly version: string;
  readonly path: string;
  readonly implementation: string;
  /** `default`, or such as `freethreaded`, for which many packages are not made. */
  readonly variant: string;
  readonly arch: string;
}

/** What answers `uv python list`. */
interface Lister {
  ask(...args: string[]): Promise<string>;
}

/**
 * Finds the newest Python that fits, by uv: 3.10 or newer, of 64 bits, released. `DIGITS_PYTHON` names
 * one that is taken alone.
 *
 * @param minor where only that minor version of Python 3 will do.
 * @throws Failure that says which Pythons were found, why none fits, and how to get one.
 */
export async function newestPython(
  uv: Lister,
  { minor, env = process.env }: { minor?: number | undefined; env?: NodeJS.ProcessEnv } = {},
): Promise<Interpreter> {
  const wanted = env.DIGITS_PYTHON;
  const isWanted = ({ version }: { version: string }) =>
    versionFits(version) && (minor === undefined || numbersOf(version).minor === minor);
  if (wanted) {
    const found = await ask(wanted);
    if (found && isWanted(found) && found.bits === 64) return found;
    throw new Failure(explain(found ? [found] : [], wanted));
  }
  const listed: Listed[] = JSON.parse(
    await uv.ask('python', 'list', '--only-installed', '--output-format', 'json'),
  );
  const usual = listed
    .filter(
      ({ implementation, variant, version }) =>
        implementation === 'cpython' && variant === 'default' && /^[\d.]+$/.test(version),
    )
    .map(({ version, path, arch }) => {
      return { version, executable: path, bits: arch.includes('64') ? 64 : 32 };
    });
  // uv lists the newest first, and of the same version those first that stand first on the path.
  for (const { executable } of usual.filter(each => isWanted(each) && each.bits === 64)) {
    const found = await ask(executable);
    if (found) return found;
  }
  throw new Failure(explain(usual));
}

/** How a Python is started. */
interface Candidate {
  readonly program: string;
  readonly args?: string[];
}

const candidates: readonly Candidate[] = [
  ...['python3', 'python', ...[14, 13, 12, 11, oldest].map(minor => `python3.${minor}`)].map(
    program => ({ program }),
  ),
  ...(process.platform === 'win32' ? [{ program: 'py', args: ['-3'] }] : []),
];

/** The oldest minor version of Python 3 that can fetch uv. */
const OLDEST_TO_FETCH = 8;

/**
 * Finds a Python that can make a virtual environment with pip, of whatever version: to fetch uv with.
 *
 * @throws Failure that says which Pythons were found, and how to get what is missing.
 */
export async function pythonWithVenv(env: NodeJS.ProcessEnv = process.env): Promise<Interpreter> {
  const wanted = env.DIGITS_PYTHON;
  const unfit: Interpreter[] = [];
  for (const { program, args } of wanted ? [{ program: wanted }] : candidates) {
    const found = await ask(program, args);
    if (!found) continue;
    const { major, minor } = numbersOf(found.version);
    if (found.venv && major === 3 && minor >= OLDEST_TO_FETCH) return found;
    unfit.push(found);
  }
  const bare = unfit.find(({ version }) => versionFits(version));
  throw new Failure(bare ? withoutVenv(bare) : explain(unfit, wanted));
}

const command = withVariable('DIGITS_PYTHON', '/path/to/python', 'npm start');
const get: Text = {
  en: `Install Python 3.${oldest} or newer (Debian, Ubuntu: sudo apt install python3 python3-venv; others: https://www.python.org/downloads), or say which one to use: ${command}`,
  zh: `请安装 Python 3.${oldest} 或更新的版本（Debian、Ubuntu：sudo apt install python3 python3-venv；其他系统：https://www.python.org/downloads），或指定一个：${command}`,
};

function withoutVenv({ version, executable }: Interpreter): Text {
  const { major, minor } = numbersOf(version);
  const package_ = `python${major}.${minor}-venv`;
  return {
    en: `Python ${version} (${executable}) lacks the venv module. Debian, Ubuntu: sudo apt install python3-venv (or ${package_})`,
    zh: `Python ${version}（${executable}）缺少 venv 模块。Debian、Ubuntu：sudo apt install python3-venv（或 ${package_}）`,
  };
}

type Unfit = Pick<Interpreter, 'version' | 'executable' | 'bits'>;

function explain(unfit: readonly Unfit[], wanted?: string): Text {
  const narrow = unfit.find(({ version, bits }) => versionFits(version) && bits !== 64);
  if (narrow) {
    return {
      en: `Python ${narrow.version} (${narrow.executable}) is ${narrow.bits}-bit; a 64-bit one is needed. ${get.en}`,
      zh: `Python ${narrow.version}（${narrow.executable}）是 ${narrow.bits} 位的，需要 64 位。${get.zh}`,
    };
  }
  const [first] = unfit;
  if (first) {
    const { version, executable } = first;
    return {
      en: `Python ${version} (${executable}) is too old. ${get.en}`,
      zh: `Python ${version}（${executable}）太旧。${get.zh}`,
    };
  }
  if (wanted) {
    return {
      en: `DIGITS_PYTHON is set to ${wanted}, which is not a working Python. ${get.en}`,
      zh: `DIGITS_PYTHON 指定的 ${wanted} 不是能运行的 Python。${get.zh}`,
    };
  }
  return { en: `No Python was found. ${get.en}`, zh: `未找到 Python。${get.zh}` };
}
