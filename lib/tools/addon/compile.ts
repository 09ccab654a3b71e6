/** Compiles TensorFlow.js's addon with our own ops, with a C++ compiler of the system's or `ziglang` from PyPI. */
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { answerOf } from '../project/answer-of';
import { messages } from '../project/messages';
import { packageFolder } from '../project/paths';
import { runLogged } from '../project/run-logged';
import { isWindows, targetOf } from './targets';

/** What each package of it is called. */
export const ADDON = 'tfjs_binding.node';

/** Where a wheel has TensorFlow's headers: the folder that is named to a compiler. */
export const INCLUDE = 'tensorflow/include';

export interface BuildConfig {
  /** What it is for, such as `linux-x64`. */
  readonly machine: string;
  /** The folder of TensorFlow's libraries, which takes the addon as well: it looks for them beside itself. */
  readonly tensorflow: string;
  /** Their version, such as `2.20.0`: the package with CUDA has the same interface. */
  readonly version: string;
}

export const nodeHeaders = packageFolder('node-api-headers');

export const tfjs = packageFolder('@tensorflow/tfjs-node-gpu');

/** Lists a folder's files with an ending, in the order of their names. */
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter(name => ending.test(name))
    .sort()
    .map(name => join(folder, name));

const ops = join(packageFolder('tfjs-graph'), 'ops');

/** Lists what we add to the addon: our own ops, and the configuration of sessions. */
export const ownSources = (ending: RegExp): string[] => filesIn(ops, ending);

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

export const flagsOf = (config: BuildConfig): string[] => [
  ...compilerFlags(config),
  ...linkerFlags(config),
];

/** Tells whether a program is there and does what it is asked. */
const works = async (program: string, arg: string) =>
  (await answerOf(program, [arg], () => true)) ?? false;

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

interface Compiler {
  readonly program: string;
  readonly args: readonly string[];
  /** Arguments that make it the program which makes a library for Windows of a list of names. */
  readonly dlltool?: readonly string[];
  readonly env?: Record<string, string>;
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

/** Runs a program on the way to an addon; rejects if it fails. */
export const run = (program: string, args: readonly string[], env?: Record<string, string>) =>
  runLogged(program, args, { title: messages().setup.compiling, log: 'addon', env });

/**
 * Compiles the sources, as many at once as there are cores, and links them. For Windows that is for zig
 * alone; there the output's folder takes what stands in for Python as well, `python313.dll`.
 */
export async function compile(
  config: BuildConfig,
  headers: string,
  output: string,
  { program, args, env, dlltool = [] }: Compiler,
): Promise<void> {
  const objectOf = (source: string) => join(dirname(output), `${basename(source)}.o`);
  const binding = join(tfjs, 'binding');
  const folders = [binding, join(nodeHeaders, 'include'), headers];
  const flags = [...compilerFlags(config), ...folders.flatMap(folder => ['-I', folder])];
  // The longest first, so that none is left over at the end.
  const sources = [...filesIn(binding, /\.cc$/), ...ownSources(/\.cc$/)].sort(
    (a, b) => statSync(b).size - statSync(a).size,
  );
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
    const python = filesIn(join(__dirname, 'windows'), /\.(cc|def)$/);
    const standIn = join(dirname(output), 'python313.dll');
    await run(program, [...args, '-shared', ...python, '-o', standIn], env);
  }
  const libraries = targetOf(config.machine).libraries.map(path => join(config.tensorflow, path));
  const linked = [...objects, ...linkerFlags(config), ...libraries];
  await run(program, [...args, ...linked, '-o', output], env);
}
