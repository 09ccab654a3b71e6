/** Compiles TensorFlow.js's addon, with a C++ compiler of the system's, else `ziglang` from PyPI. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { copyWhole, find, placeBeside, sha256 } from './cache';
import { type Fetch, removeLeft } from './libraries';
import { type Run, works } from './process';
import { isWindows, targetOf } from './targets';

/** What each package of it is called. */
export const ADDON = 'tfjs_binding.node';

/** Where a wheel has TensorFlow's headers: the folder that is named to a compiler. */
export const INCLUDE = 'tensorflow/include';

/** `environment.yml` has the same. */
export const ZIGLANG = '0.15.2';

export interface BuildConfig {
  /** The folder of `@tensorflow/tfjs-node` or `-gpu`. */
  readonly tfjs: string;
  /** What it is for, such as `linux-x64`. */
  readonly machine: string;
  /** The folder of TensorFlow's libraries, which takes the addon as well: it looks for them beside itself. */
  readonly tensorflow: string;
  /** Their package, such as `tensorflow-cpu==2.20.0`. */
  readonly version: string;
}

const nodeHeaders = dirname(require.resolve('node-api-headers/package.json'));

/** Returns where a package of TensorFlow.js looks for its addon, as it asks itself. */
export function addonFile(tfjs: string): string {
  const manifest = join(tfjs, 'package.json');
  return createRequire(manifest)('@mapbox/node-pre-gyp').find(manifest);
}

export const versionIn = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

const bindingOf = (tfjs: string) => join(tfjs, 'binding');

/** Lists a folder's files with an ending, in the order of their names. */
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter(name => ending.test(name))
    .sort()
    .map(name => join(folder, name));

/** Lists what we add to the addon: our own ops, and the configuration of sessions. */
const ownSources = (ending: RegExp): string[] => filesIn(join(__dirname, '..', 'ops'), ending);

const sourcesOf = ({ tfjs }: BuildConfig): string[] => [
  ...filesIn(bindingOf(tfjs), /\.cc$/),
  ...ownSources(/\.cc$/),
];

const compilerFlags = ({ machine }: BuildConfig): string[] => [
  ...['-std=c++17', '-O2', '-DNAPI_VERSION=8'],
  ...(isWindows(machine) ? [] : ['-fPIC']),
  // The addon's call goes to the function in session-config.cc instead.
  '-DTF_LoadSessionFromSavedModel=LoadSessionWithConfig',
];

const linkerFlags = ({ machine }: BuildConfig): string[] => [
  '-shared',
  // Node's own functions are found when it loads the addon.
  ...(machine.startsWith('darwin') ? ['-undefined', 'dynamic_lookup', '-install_name', ADDON] : []),
  ...(isWindows(machine) ? [] : ['-Xlinker', '-rpath', '-Xlinker', targetOf(machine).runPath]),
];

/** A reason to build an addon anew. */
export type Trouble =
  /** `no-record`: made by others, or whoever made it did not come to the end. */
  | { code: 'missing' | 'no-record' | 'other-source' | 'changed' }
  /** The versions are such as `tensorflow-cpu==2.20.0, tfjs 4.22.0`. */
  | { code: 'other-version'; from: string; to: string };

const recordFile = (addon: string): string => join(dirname(addon), 'tfjs-graph-addon.json');

/** What an addon is built from: the versions, and the digest of all that goes into it, wherever that stands. */
function factsOf(config: BuildConfig) {
  const { machine, version } = config;
  const tfjs = versionIn(config.tfjs);
  const flags = [...compilerFlags(config), ...linkerFlags(config)];
  const sources = ownSources(/\.(cc|h)$/).map(sha256);
  // The package with CUDA has the same interface.
  const parts = [
    version.replace(/.*==/, ''),
    tfjs,
    versionIn(nodeHeaders),
    machine,
    flags,
    sources,
  ];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { versions: `${version}, tfjs ${tfjs}`, digest };
}

/** Names what an addon is built from: two of one name do the same, whoever has compiled them. */
export const digestOf = (config: BuildConfig): string => factsOf(config).digest;

/** Tells what is wrong with the addon; `undefined` if it is what the config gives. */
export function addonTrouble(config: BuildConfig): Trouble | undefined {
  const addon = addonFile(config.tfjs);
  if (!existsSync(addon)) return { code: 'missing' };
  const made = read(recordFile(addon));
  if (!made?.digest) return { code: 'no-record' };
  const { versions, digest } = factsOf(config);
  if (made.versions !== versions) {
    return { code: 'other-version', from: made.versions, to: versions };
  }
  if (made.digest !== digest) return { code: 'other-source' };
  return sha256(addon) === made.sha256 ? undefined : { code: 'changed' };
}

function read(file: string): (ReturnType<typeof factsOf> & { sha256: string }) | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Finds the first of `CXX`, `g++`, `c++` and `clang++` that runs. */
export async function findCompiler(): Promise<string | undefined> {
  const { env } = process;
  if (env.CXX && (await works(env.CXX, '--version'))) return env.CXX;
  // A Mac without Apple's command line tools would answer any of these by a dialog.
  if (process.platform === 'darwin' && !(await works('xcode-select', '-p'))) return undefined;
  for (const program of ['g++', 'c++', 'clang++']) {
    if (await works(program, '--version')) return program;
  }
  return undefined;
}

export interface Compiler {
  readonly program: string;
  readonly args: readonly string[];
  /** Arguments that make it the program which makes a library for Windows of a list of names. */
  readonly dlltool?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Tools {
  readonly run: Run;
  /** Fetches `ziglang`. */
  readonly fetch: Fetch;
  /** Finds the Python that starts `ziglang`. */
  readonly python: () => Promise<string>;
  /** Is told which compiler starts, or why it is `ziglang`. */
  readonly tell: (news: 'compiling' | 'compilerFailed' | 'noCompiler', compiler: string) => void;
  /** Fetches TensorFlow's headers; returns the folder that is named to a compiler. */
  readonly headers: () => Promise<string>;
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
 * Puts TensorFlow.js's addon with our own ops where TensorFlow.js looks for it, once it could be loaded: the one
 * that npm has brought, or that was compiled for another project, else a new one. Until then an older addon
 * stays; so it does if this is broken off.
 *
 * @returns the compiler's name; `npm` or `cache` without one
 */
export async function makeAddon(config: BuildConfig, tools: Tools): Promise<string> {
  const kept = join(tools.cache, `addon-${digestOf(config).slice(0, 16)}`, ADDON);
  const isWhole = sha256(kept) === read(recordFile(kept))?.sha256;
  for (const [whose, file] of Object.entries({ npm: prebuilt(config), cache: isWhole && kept })) {
    if (file && (await use(file, config, tools.run).catch(() => false))) return whose;
  }
  const folder = dirname(addonFile(config.tfjs));
  mkdirSync(dirname(folder), { recursive: true });
  removeLeft(dirname(folder), name => name.startsWith(`${basename(folder)}.`));
  const parts = `${folder}.${process.pid}`;
  mkdirSync(parts);
  try {
    const output = join(parts, ADDON);
    const compiler = await compile(config, output, tools);
    await use(output, config, tools.run);
    try {
      copyWhole(output, kept);
      copyWhole(recordFile(addonFile(config.tfjs)), recordFile(kept));
    } catch {} // there is no room for what others may take from there, or no right to
    return compiler;
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}

/** Links an addon to where TensorFlow.js looks for it, from beside the libraries, once it could be loaded there. */
async function use(file: string, config: BuildConfig, run: Run): Promise<true> {
  const addon = addonFile(config.tfjs);
  const folder = dirname(addon);
  mkdirSync(folder, { recursive: true });
  const placed = placeBeside(file, config.tensorflow);
  await loadAddon(placed, run);
  const link = `${addon}.${process.pid}`;
  symlinkSync(relative(realpathSync(folder), realpathSync(placed)), link);
  renameSync(link, addon);
  const record = { ...factsOf(config), sha256: sha256(addon) };
  writeFileSync(recordFile(addon), `${JSON.stringify(record, undefined, 2)}\n`);
  const isOther = (name: string) => name.startsWith('tfjs-graph-') && name !== basename(placed);
  removeLeft(config.tensorflow, isOther);
  return true;
}

/** Loads an addon in a process of its own: a broken one may end it. */
export const loadAddon = (file: string, run: Run): Promise<void> =>
  run(process.execPath, ['-e', 'require(process.argv[1])', file], {
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  });

/**
 * Compiles with the system's compiler. Where there is none, or where it fails because its headers are
 * missing, compiles with `ziglang`.
 *
 * @returns the compiler's name
 */
async function compile(
  config: BuildConfig,
  output: string,
  { run, fetch, python, tell, headers }: Tools,
): Promise<string> {
  const compiler = await findCompiler();
  if (compiler) {
    const folder = await headers();
    tell('compiling', compiler);
    try {
      await build(config, folder, output, { program: compiler, args: [] }, run);
      return compiler;
    } catch {
      tell('compilerFailed', compiler);
    }
  } else {
    tell('noCompiler', '');
  }
  // Beside the output, which is removed with all that stands there: it takes 400 MB.
  const folder = join(dirname(output), 'ziglang');
  await fetch([`ziglang==${ZIGLANG}`], folder);
  const zig = zigIn(folder, await python(), config.machine);
  await build(config, await headers(), output, zig, run);
  return 'ziglang';
}

/**
 * Compiles the sources, as many at once as there are cores, and links them. For Windows that is for zig
 * alone; there the output's folder takes what stands in for Python as well, `python313.dll`.
 */
export async function build(
  config: BuildConfig,
  headers: string,
  output: string,
  { program, args, env, dlltool = [] }: Compiler,
  run: Run,
): Promise<void> {
  const objectOf = (source: string) => join(dirname(output), `${basename(source)}.o`);
  const folders = [bindingOf(config.tfjs), join(nodeHeaders, 'include'), headers];
  const flags = [...compilerFlags(config), ...folders.flatMap(folder => ['-I', folder])];
  // The longest first, so that none is left over at the end.
  const sources = sourcesOf(config).sort((a, b) => statSync(b).size - statSync(a).size);
  const waiting = sources.values();
  const work = async () => {
    for (const source of waiting) {
      await run(program, [...args, ...flags, '-c', source, '-o', objectOf(source)], env);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: availableParallelism() }, work));
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
  const objects = sources.map(objectOf);
  if (isWindows(config.machine)) {
    const node = join(dirname(output), 'node.lib');
    const exported = join(nodeHeaders, 'def', 'node_api.def');
    await run(program, [...dlltool, '-d', exported, '-l', node], env);
    objects.push(node);
    const python = filesIn(join(__dirname, '..', 'ops', 'windows'), /\.(cc|def)$/);
    const standIn = join(dirname(output), 'python313.dll');
    await run(program, [...args, '-shared', ...python, '-o', standIn], env);
  }
  const libraries = targetOf(config.machine).libraries.map(path => join(config.tensorflow, path));
  const linked = [...objects, ...linkerFlags(config), ...libraries];
  await run(program, [...args, ...linked, '-o', output], env);
}

/** Zig's C++ compiler, from the package `ziglang` in a folder, which takes its caches as well. */
export function zigIn(folder: string, python: string, machine: string): Required<Compiler> {
  const cache = join(folder, 'cache');
  return {
    program: python,
    args: ['-m', 'ziglang', 'c++', '-target', targetOf(machine).zig],
    dlltool: ['-m', 'ziglang', 'dlltool', '-m', 'i386:x86-64'],
    env: { PYTHONPATH: folder, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  };
}
