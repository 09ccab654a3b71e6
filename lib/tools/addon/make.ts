/** Puts TensorFlow.js's addon with our own ops where TensorFlow.js looks for it. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { copyWhole, find, placeBeside } from 'tfjs-graph/addon/cache';
import { messages } from '../project/messages';
import { type Report, runLogged } from '../project/run-logged';
import { ADDON, type BuildConfig, compile, findCompiler, zigIn } from './compile';
import { addonFile, digestOf, readDigest, writeRecord } from './record';

interface Tools {
  /** Fetches TensorFlow's headers; returns the folder that is named to a compiler. */
  headers(): Promise<string>;
  /** Fetches `ziglang` into a folder. */
  zig(folder: string): Promise<void>;
  /** Starts `ziglang`. */
  readonly python: string;
  /** The folder in which all projects share what was compiled. */
  readonly cache: string;
}

/** Finds the addon that npm has installed, if it is built from the same. */
function prebuilt(config: BuildConfig): string | undefined {
  const name = `tfjs-graph-${config.machine}`;
  const manifest = find(`${name}/package.json`);
  const { builtFrom } = manifest ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  return builtFrom === digestOf(config) ? find(name) : undefined;
}

/**
 * Takes the addon that npm has brought, or that was compiled for another project, else compiles a new one. It
 * takes the place of an older one once it could be loaded.
 *
 * @returns the compiler's name; `npm` or `cache` without one
 */
export async function makeAddon(
  config: BuildConfig,
  tools: Tools,
  report: Report,
): Promise<string> {
  const kept = join(tools.cache, `addon-${digestOf(config).slice(0, 16)}`, ADDON);
  for (const [whose, file] of Object.entries({
    npm: prebuilt(config),
    cache: readDigest(kept) && kept,
  })) {
    if (file && (await use(file, config).catch(() => false))) return whose;
  }
  const folder = dirname(addonFile());
  mkdirSync(dirname(folder), { recursive: true });
  removeFrom(dirname(folder), name => name.startsWith(`${basename(folder)}.`));
  const parts = `${folder}.${process.pid}`;
  mkdirSync(parts);
  try {
    const output = join(parts, ADDON);
    const compiler = await compileAnyhow(config, output, tools, report);
    await use(output, config);
    try {
      copyWhole(output, kept);
      writeRecord(kept, config);
    } catch {} // there is no room for what others may take from there, or no right to
    return compiler;
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}

/** Links an addon to where TensorFlow.js looks for it, from beside the libraries, once it could be loaded there. */
async function use(file: string, config: BuildConfig): Promise<true> {
  const addon = addonFile();
  const folder = dirname(addon);
  mkdirSync(folder, { recursive: true });
  const placed = placeBeside(file, config.tensorflow);
  await loadAddon(placed);
  const link = `${addon}.${process.pid}`;
  symlinkSync(relative(realpathSync(folder), realpathSync(placed)), link);
  renameSync(link, addon);
  writeRecord(addon, config);
  const isOther = (name: string) => name.startsWith('tfjs-graph-') && name !== basename(placed);
  removeFrom(config.tensorflow, isOther);
  return true;
}

/** Loads an addon in a process of its own: a broken one may end it. */
export const loadAddon = (file: string): Promise<void> =>
  runLogged(process.execPath, ['-e', 'require(process.argv[1])', file], {
    title: messages().setup.loading,
    log: 'addon',
    env: { TF_CPP_MIN_LOG_LEVEL: '3', TF_FORCE_GPU_ALLOW_GROWTH: 'true' },
  });

function removeFrom(folder: string, isLeft: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(isLeft)) {
    rmSync(join(folder, name), { recursive: true });
  }
}

/**
 * Compiles with the system's compiler. If there is none, or if it fails because its headers are missing,
 * compiles with `ziglang`.
 *
 * @returns the compiler's name
 */
async function compileAnyhow(
  config: BuildConfig,
  output: string,
  { headers, zig, python }: Tools,
  report: Report,
): Promise<string> {
  const { news } = messages().setup;
  const compiler = await findCompiler();
  if (compiler) {
    const folder = await headers();
    report(news.compiling(compiler));
    try {
      await compile(config, folder, output, { program: compiler, args: [] });
      return compiler;
    } catch {
      report(news.compilerFailed(compiler));
    }
  } else {
    report(news.noCompiler);
  }
  // Beside the output, which is removed with all that stands there: it takes 400 MB.
  const folder = join(dirname(output), 'ziglang');
  await zig(folder);
  await compile(config, await headers(), output, zigIn(folder, python, config.machine));
  return 'ziglang';
}
