/** uv, which finds Python, makes environments and installs packages: the machine's own, else one from PyPI. */
import { readFileSync, rmSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { parsedOutput } from '../../project/answer-of';
import { readText, writeWhole } from '../../project/files';
import { messages } from '../../project/messages';
import { type PythonEnvironment, projectRoot } from '../../project/paths';
import { onPath } from '../../project/platform.mjs';
import { type Report, type RunOptions, runLogged } from '../../project/run-logged';
import { byParts, sharedCache } from './parts';
import { pipSettings, uvSettings } from './pip-settings';
import {
  fetched,
  fetchesUv,
  findPython,
  type Interpreter,
  interpreterAt,
  pythonsToAsk,
} from './pythons';
import { locked, lockedRequirement, makeLockAnew, onlyFor } from './requirements';
import { removedVariables } from './user-settings.mjs';

/** What is downloaded stays for the next clone, in a cache of our own unless the user names one. */
const uvCache = ({ UV_CACHE_DIR } = process.env) =>
  UV_CACHE_DIR ? resolve(UV_CACHE_DIR) : join(sharedCache(), 'uv');

type Options = Omit<RunOptions, 'env' | 'cwd'>;

/** uv, ready to run. */
export class Uv {
  private constructor(
    readonly program: string,
    private readonly settings: ReturnType<typeof uvSettings>,
  ) {}

  /** It is the same for all steps of a set-up. */
  private static made: Promise<Uv> | undefined;

  /**
   * Makes it ready, which fetches it where the machine has none.
   *
   * @param using a Python to fetch it with, and to ask for pip's settings, before any other.
   */
  static ready(report: Report, using?: Interpreter): Promise<Uv> {
    Uv.made ??= (async () => {
      const program = (await findUv()) ?? (await fetchUv(report, using));
      const pip = await pipSettings(pythonsToAsk(using));
      return new Uv(program, uvSettings(pip, process.env));
    })();
    return Uv.made;
  }

  private environment() {
    return {
      ...removedVariables('uv'),
      ...this.settings.env,
      UV_CACHE_DIR: uvCache(),
      UV_PYTHON_DOWNLOADS: 'never',
      // uv reports at once what it is about to try again.
      RUST_LOG: 'uv_client::retry=debug',
      // Symlinks would lead into a cache that may be removed.
      UV_LINK_MODE: 'hardlink',
    };
  }

  /** Runs a command of uv: at the root, since a folder above this project may have settings for uv of its own. */
  run(args: readonly string[], options: Options): Promise<void> {
    const { root } = parse(projectRoot);
    return runLogged(this.program, args, { ...options, env: this.environment(), cwd: root });
  }

  /**
   * Installs packages, where `args` says by `--python` or `--target`.
   *
   * @param report is told what is being downloaded.
   * @param broken those that are there and not whole: the cache, by links, may have the same.
   */
  async install(
    args: readonly string[],
    options: Options,
    report: Report,
    broken: readonly string[] = [],
  ): Promise<void> {
    if (broken.length > 0) await this.run(['cache', 'clean', ...broken], options);
    const onLine = (line: string) => report(/^Downloading (\S+)/.exec(line)?.[1] ?? '');
    const remark = (output: string) =>
      output.includes('none were provided for') ? makeLockAnew : undefined;
    const all = ['pip', 'install', ...this.settings.args, ...args];
    await this.run(all, { ...options, onLine, remark });
  }
}

/** Installs packages, each by its checksum, for the newest Python that TensorFlow is for. */
export async function installLocked(
  specs: readonly string[],
  folder: string,
  { prefix }: PythonEnvironment,
  options: Options,
  report: Report,
  broken?: readonly string[],
): Promise<void> {
  const uv = await Uv.ready(report, await interpreterAt(prefix));
  const where = ['--python', prefix, '--python-version', '3.13', '--target', folder, '--no-deps'];
  await uv.install([...where, ...locked, ...specs], options, report, broken);
}

/** The oldest version of uv that takes our options. */
const OLDEST = '0.10';

const versionOf = (program: string): Promise<string | undefined> =>
  parsedOutput(program, ['--version'], printed => /^uv (\d+\.\d+\.\d+)/.exec(printed)?.[1]);

/** Finds the machine's own uv if it is new enough, else the one that was fetched. */
export async function findUv(): Promise<string | undefined> {
  const installed = onPath(['uv']);
  const version = installed && (await versionOf(installed));
  if (version && version.localeCompare(OLDEST, 'en', { numeric: true }) >= 0) return installed;
  const program = fetched.program('uv');
  return (await versionOf(program)) === onlyFor('uv').version ? program : undefined;
}

/** Fetches uv from PyPI, by the pip of a Python. */
async function fetchUv(report: Report, using?: Interpreter): Promise<string> {
  const { spec, version } = onlyFor('uv');
  report(spec);
  const options = { title: messages().setup.fetchingUv, log: 'uv' };
  const folder = await byParts('uv', options, report);
  if (folder) {
    const program = join(folder, `uv-${version}.data`, 'scripts', 'uv');
    writeWhole(fetched.program('uv'), readFileSync(program), 0o777);
    if (await findUv()) return fetched.program('uv');
  }
  const python = using?.venv ? using : await findPython(fetchesUv);
  rmSync(fetched.prefix, { recursive: true, force: true });
  await runLogged(python.executable, ['-m', 'venv', fetched.prefix], options);
  const [list, said] = [join(fetched.prefix, 'uv.txt'), join(fetched.prefix, 'pip.log')];
  writeWhole(list, lockedRequirement(spec));
  writeWhole(said, '', 0o600);
  const quiet = ['--log', said, '--no-input', '--disable-pip-version-check', '--no-cache-dir'];
  const checked = ['--require-hashes', '--only-binary', ':all:', '--requirement', list];
  // A user's `user = true` would fail in an environment.
  const args = ['-m', 'pip', 'install', '--no-user', ...quiet, ...checked];
  await runLogged(fetched.program('python'), args, {
    ...options,
    // By itself, pip says only that it has found no version.
    remark: () =>
      readText(said)
        ?.match(
          /\b[45]\d\d \w+ Error: [\w ]+|too many \d+ error|Ignoring indexes|Connection broken/g,
        )
        ?.join('\n'),
  });
  return fetched.program('uv');
}
