/** Installs TensorFlow.js's addon with this project's ops at the path expected by TensorFlow.js. */
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
import { messages } from 'command/output/messages';
import { type Report, runLogged } from 'command/processes/run-logged';
import { copyWhole, find, placeBeside } from 'tfjs-graph/install/cache';
import { ADDON, type BuildConfig, compile, findCompiler, zigIn } from './compile';
import { addonFile, digestOf, readDigest, writeRecord } from './record';

interface Tools {
  /** Fetches TensorFlow's headers and returns the include path. */
  headers(): Promise<string>;
  zig(folder: string): Promise<void>;
  /** Path of the Python that runs `ziglang`. */
  readonly python: string;
  /** Cache folder for compiled addons, shared by all projects. */
  readonly cache: string;
}

/** Returns the addon installed by npm if the digests match. */
function prebuilt(config: BuildConfig): string | undefined {
  const name = `tfjs-graph-${config.machine}`;
  const manifest = find(`${name}/package.json`);
  const { builtFrom } = manifest ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  return builtFrom === digestOf(config) ? find(name) : undefined;
}

/**
 * Installs the addon from npm or the cache, or compiles a new addon. Replaces an older addon only after the new one has
 * loaded. Returns the source of the addon: `npm`, `cache` or the compiler's name.
 */
export async function makeAddon(
  config: BuildConfig,
  tools: Tools,
  report: Report,
): Promise<string> {
  const cached = join(tools.cache, `addon-${digestOf(config).slice(0, 16)}`, ADDON);
  for (const [source, file] of Object.entries({
    npm: prebuilt(config),
    cache: readDigest(cached) && cached,
  })) {
    if (file && (await install(file, config).catch(() => false))) return source;
  }
  const folder = dirname(addonFile());
  mkdirSync(dirname(folder), { recursive: true });
  removeFrom(dirname(folder), name => name.startsWith(`${basename(folder)}.`));
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary);
  try {
    const output = join(temporary, ADDON);
    const compiler = await compileWithFallback(config, output, tools, report);
    await install(output, config);
    try {
      copyWhole(output, cached);
      writeRecord(cached, config);
    } catch {} // the cache is full or read-only: other projects compile for themselves
    return compiler;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Copies an addon next to the libraries, loads it as a test, and links it to TensorFlow.js's path. */
async function install(file: string, config: BuildConfig): Promise<true> {
  const addon = addonFile();
  const folder = dirname(addon);
  mkdirSync(folder, { recursive: true });
  const target = placeBeside(file, config.tensorflow);
  await loadAddon(target);
  const link = `${addon}.${process.pid}`;
  symlinkSync(relative(realpathSync(folder), realpathSync(target)), link);
  renameSync(link, addon);
  writeRecord(addon, config);
  const isOutdated = (name: string) => name.startsWith('tfjs-graph-') && name !== basename(target);
  removeFrom(config.tensorflow, isOutdated);
  return true;
}

/** Loads an addon in a subprocess, which a broken addon may crash. */
export const loadAddon = (file: string): Promise<void> =>
  runLogged(process.execPath, ['-e', 'require(process.argv[1])', file], {
    title: messages().setup.loading,
    log: 'addon',
    env: { TF_CPP_MIN_LOG_LEVEL: '3', TF_FORCE_GPU_ALLOW_GROWTH: 'true' },
  });

function removeFrom(folder: string, isRemoved: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(isRemoved)) {
    rmSync(join(folder, name), { recursive: true });
  }
}

/** Compiles with the system's compiler or, if missing or broken, with `ziglang`. Returns the compiler's name. */
async function compileWithFallback(
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
  // Install ziglang (400 MB) in the temporary folder, deleted afterwards.
  const folder = join(dirname(output), 'ziglang');
  await zig(folder);
  await compile(config, await headers(), output, zigIn(folder, python, config.machine));
  return 'ziglang';
}
