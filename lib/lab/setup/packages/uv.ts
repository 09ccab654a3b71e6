/** Runs uv to create environments and install packages. Uses the machine's uv, else fetches uv from PyPI. */
import { readFileSync, rmSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { readText, writeWhole } from 'command/machine/files';
import { type PythonEnvironment, projectRoot } from 'command/machine/paths';
import { onPath } from 'command/machine/platform.mjs';
import { removedVariables } from 'command/npm/user-settings.mjs';
import { messages } from 'command/output/messages';
import { readOutput } from 'command/processes/read-output';
import { type Report, type RunOptions, runLogged } from 'command/processes/run-logged';
import { fetchParts, sharedCache } from './parts';
import { pipSettings, uvSettings } from './pip-settings';
import {
  canFetchUv,
  findPython,
  type Interpreter,
  interpreterAt,
  pythonsWithPip,
  uvEnvironment,
} from './pythons';
import { lockArgs, lockedRequirement, packageOf, UPDATE_LOCK_HINT } from './requirements';

/** Cache for downloads, shared by clones. A project-specific folder unless set by the user. */
const uvCache = ({ UV_CACHE_DIR } = process.env) =>
  UV_CACHE_DIR ? resolve(UV_CACHE_DIR) : join(sharedCache(), 'uv');

type Options = Omit<RunOptions, 'env' | 'cwd'>;

export class Uv {
  private constructor(
    readonly program: string,
    private readonly settings: ReturnType<typeof uvSettings>,
  ) {}

  /** Shared by all steps of a set-up. */
  private static instance: Promise<Uv> | undefined;

  /**
   * Finds or fetches uv, only once.
   *
   * @param preferred the first Python to use for fetching uv and reading pip's settings
   */
  static ready(report: Report, preferred?: Interpreter): Promise<Uv> {
    Uv.instance ??= (async () => {
      const program = (await findUv()) ?? (await fetchUv(report, preferred));
      const pip = await pipSettings(pythonsWithPip(preferred));
      return new Uv(program, uvSettings(pip));
    })();
    return Uv.instance;
  }

  private environment() {
    return {
      ...removedVariables(),
      ...this.settings.env,
      UV_CACHE_DIR: uvCache(),
      UV_PYTHON_DOWNLOADS: 'never',
      // Makes uv log each retry immediately.
      RUST_LOG: 'uv_client::retry=debug',
      // Symlinks would break when the cache is deleted.
      UV_LINK_MODE: 'hardlink',
    };
  }

  /** Runs a uv command. Runs at the file system's root, to ignore uv settings in parent folders of the project. */
  run(args: readonly string[], options: Options): Promise<void> {
    const { root } = parse(projectRoot);
    return runLogged(this.program, args, { ...options, env: this.environment(), cwd: root });
  }

  /**
   * Installs packages into the `--python` or `--target` of `args`.
   *
   * @param report receives the name of the current download
   * @param broken damaged packages to remove from the cache, because hard links share the damage
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
      output.includes('none were provided for') ? UPDATE_LOCK_HINT : undefined;
    const fullArgs = ['pip', 'install', ...this.settings.args, ...args];
    await this.run(fullArgs, { ...options, onLine, remark });
  }
}

/** Installs packages from the lock file, for the newest Python that TensorFlow supports. */
export async function installLocked(
  specs: readonly string[],
  folder: string,
  { prefix }: PythonEnvironment,
  options: Options,
  report: Report,
  broken?: readonly string[],
): Promise<void> {
  const uv = await Uv.ready(report, await interpreterAt(prefix));
  const target = ['--python', prefix, '--python-version', '3.13', '--target', folder, '--no-deps'];
  await uv.install([...target, ...lockArgs, ...specs], options, report, broken);
}

/** Oldest version of uv that supports the options used here. */
const MIN_VERSION = '0.10';

const versionOf = (program: string): Promise<string | undefined> =>
  readOutput(program, ['--version'], output => /^uv (\d+\.\d+\.\d+)/.exec(output)?.[1]);

/** Returns the machine's uv if new enough, else the fetched uv. */
export async function findUv(): Promise<string | undefined> {
  const installed = onPath(['uv']);
  const version = installed && (await versionOf(installed));
  if (version && version.localeCompare(MIN_VERSION, 'en', { numeric: true }) >= 0) return installed;
  const program = uvEnvironment.program('uv');
  return (await versionOf(program)) === packageOf('uv').version ? program : undefined;
}

/** Downloads uv from PyPI, directly or with pip. */
async function fetchUv(report: Report, preferred?: Interpreter): Promise<string> {
  const { spec, version } = packageOf('uv');
  report(spec);
  const options = { title: messages().setup.fetchingUv, log: 'uv' };
  const folder = await fetchParts('uv', options, report);
  if (folder) {
    const program = join(folder, `uv-${version}.data`, 'scripts', 'uv');
    writeWhole(uvEnvironment.program('uv'), readFileSync(program), 0o777);
    if (await findUv()) return uvEnvironment.program('uv');
  }
  const python = preferred?.venv ? preferred : await findPython(canFetchUv);
  rmSync(uvEnvironment.prefix, { recursive: true, force: true });
  await runLogged(python.executable, ['-m', 'venv', uvEnvironment.prefix], options);
  const [list, log] = [join(uvEnvironment.prefix, 'uv.txt'), join(uvEnvironment.prefix, 'pip.log')];
  writeWhole(list, lockedRequirement(spec));
  writeWhole(log, '', 0o600);
  const logOptions = ['--log', log, '--no-input', '--disable-pip-version-check', '--no-cache-dir'];
  const hashOptions = ['--require-hashes', '--only-binary', ':all:', '--requirement', list];
  // pip's user setting `user = true` would fail in an environment.
  const args = ['-m', 'pip', 'install', '--no-user', ...logOptions, ...hashOptions];
  await runLogged(uvEnvironment.program('python'), args, {
    ...options,
    // pip's final message only mentions a missing version; the log has the cause.
    remark: () =>
      readText(log)
        ?.match(
          /\b[45]\d\d \w+ Error: [\w ]+|too many \d+ error|Ignoring indexes|Connection broken/g,
        )
        ?.join('\n'),
  });
  return uvEnvironment.program('uv');
}
