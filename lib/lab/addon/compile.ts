/** Compiles TensorFlow.js's addon with this project's ops. Uses the system's C++ compiler or `ziglang` from PyPI. */
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packageFolder } from 'command/machine/paths';
import { messages } from 'command/output/messages';
import { readOutput } from 'command/processes/read-output';
import { runLogged } from 'command/processes/run-logged';
import { isWindows, targetOf } from './targets';

/** File name of the addon in every package. */
export const ADDON = 'tfjs_binding.node';

/** Include path of TensorFlow's headers in the wheel. */
export const INCLUDE_PATH = 'tensorflow/include';

export interface BuildConfig {
  /** Target machine, such as `linux-x64`. */
  readonly machine: string;
  /** Folder of TensorFlow's libraries and of the addon, which searches only the own folder for libraries. */
  readonly tensorflow: string;
  /** Version of the libraries, such as `2.20.0`. The CUDA package has the same interface. */
  readonly version: string;
}

export const nodeHeaders = packageFolder('node-api-headers');

export const tfjs = packageFolder('@tensorflow/tfjs-node-gpu');

/** Returns the files in a folder whose names match `pattern`, sorted by name. */
const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(folder)
    .filter(name => pattern.test(name))
    .sort()
    .map(name => join(folder, name));

const ops = join(packageFolder('tfjs-graph'), 'ops');

/** Returns the sources added to the addon: the ops and the session configuration. */
export const opSources = (pattern: RegExp): string[] => filesIn(ops, pattern);

const compilerFlags = ({ machine }: BuildConfig): string[] => [
  ...['-std=c++17', '-O2', '-DNAPI_VERSION=8'],
  ...(isWindows(machine) ? [] : ['-fPIC']),
  // Redirects the addon's calls to the functions in session-config.cc and new-tensor.cc.
  '-DTF_LoadSessionFromSavedModel=LoadSessionWithConfig',
  '-DTF_NewTensor=NewTensorFromCopy',
];

const linkerFlags = ({ machine }: BuildConfig): string[] => [
  '-shared',
  // Node provides these symbols when the addon is loaded.
  ...(machine.startsWith('darwin') ? ['-undefined', 'dynamic_lookup', '-install_name', ADDON] : []),
  ...(isWindows(machine) ? [] : ['-Xlinker', '-rpath', '-Xlinker', targetOf(machine).runPath]),
];

export const flagsOf = (config: BuildConfig): string[] => [
  ...compilerFlags(config),
  ...linkerFlags(config),
];

/** Returns whether a program exists and exits with 0. */
const isInstalled = async (program: string, arg: string) =>
  (await readOutput(program, [arg], () => true)) ?? false;

/** Finds the first of `CXX`, `g++`, `c++` and `clang++` that runs. */
export async function findCompiler(): Promise<string | undefined> {
  const { env } = process;
  if (env.CXX && (await isInstalled(env.CXX, '--version'))) return env.CXX;
  // Without Apple's command line tools, a Mac answers each of these commands with a dialog.
  if (process.platform === 'darwin' && !(await isInstalled('xcode-select', '-p'))) return undefined;
  for (const program of ['g++', 'c++', 'clang++']) {
    if (await isInstalled(program, '--version')) return program;
  }
  return undefined;
}

interface Compiler {
  readonly program: string;
  readonly args: readonly string[];
  /** Arguments for `dlltool`, the tool to create a Windows import library from a symbol list. */
  readonly dlltool?: readonly string[];
  readonly env?: Record<string, string>;
}

/** Returns Zig's C++ compiler from the package `ziglang` in `folder`, also used for Zig's caches. */
export function zigIn(folder: string, python: string, machine: string): Required<Compiler> {
  const cache = join(folder, 'cache');
  return {
    program: python,
    args: ['-m', 'ziglang', 'c++', '-target', targetOf(machine).zig],
    dlltool: ['-m', 'ziglang', 'dlltool', '-m', 'i386:x86-64'],
    env: { PYTHONPATH: folder, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  };
}

export const run = (program: string, args: readonly string[], env?: Record<string, string>) =>
  runLogged(program, args, { title: messages().setup.compiling, log: 'addon', env });

/**
 * Compiles the sources in parallel, one per core, and links them. Only zig can target Windows; there the output's
 * folder also receives `python313.dll`, a stub of Python's library.
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
  // Compile the largest files first to keep all cores busy until the end.
  const sources = [...filesIn(binding, /\.cc$/), ...opSources(/\.cc$/)].sort(
    (a, b) => statSync(b).size - statSync(a).size,
  );
  const queue = sources.values();
  const work = async () => {
    for (const source of queue) {
      await run(program, [...args, ...flags, '-c', source, '-o', objectOf(source)], env);
    }
  };
  const workers = Array.from({ length: availableParallelism() }, work);
  await Promise.allSettled(workers);
  await Promise.all(workers);
  const objects = sources.map(objectOf);
  if (isWindows(config.machine)) {
    const node = join(dirname(output), 'node.lib');
    const exportsFile = join(nodeHeaders, 'def', 'node_api.def');
    await run(program, [...dlltool, '-d', exportsFile, '-l', node], env);
    objects.push(node);
    const python = filesIn(join(__dirname, 'windows'), /\.(cc|def)$/);
    const stub = join(dirname(output), 'python313.dll');
    await run(program, [...args, '-shared', ...python, '-o', stub], env);
  }
  const libraries = targetOf(config.machine).libraries.map(path => join(config.tensorflow, path));
  const linkerArgs = [...objects, ...linkerFlags(config), ...libraries];
  await run(program, [...args, ...linkerArgs, '-o', output], env);
}
