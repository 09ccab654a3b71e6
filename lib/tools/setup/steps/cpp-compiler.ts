/** The C++ compiler: one of the system's, else `ziglang` from PyPI. */
import { execFile } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Text } from '../../project/failure.mjs';
import { projectRoot } from '../../project/paths';
import { interpreterAt } from '../../project/python';
import type { Report } from '../../project/report';
import { runLogged } from '../../project/run-logged';
import { onlyFor } from '../packages/environment-yml';
import { locked } from '../packages/python-lock';
import { Uv } from '../packages/uv';
import type { Site } from './step';

const runFile = promisify(execFile);

/** Finds the first of `CXX`, `g++`, `c++` and `clang++` that runs. */
export async function findCompiler(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (env.CXX && (await runs(env.CXX))) return env.CXX;
  // A Mac without Apple's command line tools would answer any of these by a dialog.
  if (process.platform === 'darwin' && !(await runs('xcode-select', '-p'))) return undefined;
  for (const program of ['g++', 'c++', 'clang++']) if (await runs(program)) return program;
  return undefined;
}

async function runs(program: string, question = '--version'): Promise<boolean> {
  try {
    await runFile(program, [question]);
    return true;
  } catch {
    return false;
  }
}

const compiling: Text = { en: 'Compiling the native engine', zh: '编译原生引擎' };

/** A shared library to be made. */
export interface Library {
  readonly sources: readonly string[];
  readonly compilerFlags: readonly string[];
  readonly linkerFlags: readonly string[];
  /** Takes the compiled sources. */
  readonly parts: string;
  readonly output: string;
}

/**
 * Compiles with the system's compiler. Where there is none, or where it fails because its headers are
 * missing, fetches `ziglang` and compiles with that.
 *
 * @returns the compiler's name
 */
export async function compile(site: Site, library: Library, report: Report): Promise<string> {
  const compiler = await findCompiler();
  if (compiler) {
    report({ en: `compiling with ${compiler}`, zh: `正在用 ${compiler} 编译` });
    try {
      await build(library, { program: compiler, args: [] });
      return compiler;
    } catch {
      report({
        en: `${compiler} failed (see build/setup/addon.log): compiling with ziglang, about a minute`,
        zh: `${compiler} 失败（见 build/setup/addon.log）：正在用 ziglang 编译，约一分钟`,
      });
    }
  } else {
    report({
      en: 'no C++ compiler here: compiling with ziglang, about a minute',
      zh: '没有 C++ 编译器：正在用 ziglang 编译，约一分钟',
    });
  }
  await compileWithZig(site, library, report);
  return 'ziglang';
}

interface Compiler {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** Compiles the sources, as many at once as there are cores, and links them. */
async function build(library: Library, compiler: Compiler): Promise<void> {
  const { sources, compilerFlags, linkerFlags, parts, output } = library;
  const run = (args: readonly string[]) =>
    runLogged(compiler.program, [...compiler.args, ...args], {
      title: compiling,
      log: 'addon',
      ...(compiler.env && { env: compiler.env }),
    });
  const objectOf = (source: string) => join(parts, `${basename(source)}.o`);
  // The longest first, so that none is left over at the end.
  const waiting = [...sources].sort((a, b) => statSync(b).size - statSync(a).size).values();
  const work = async () => {
    for (const source of waiting) {
      await run([...compilerFlags, '-c', source, '-o', objectOf(source)]);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: availableParallelism() }, work));
  const failed = results.find(
    (result): result is PromiseRejectedResult => result.status === 'rejected',
  );
  if (failed) throw failed.reason;
  await run([...sources.map(objectOf), ...linkerFlags, '-o', output]);
}

const fetching: Text = {
  en: 'There is no working C++ compiler here (sudo apt install g++ installs one), and downloading ziglang instead',
  zh: '这里没有可用的 C++ 编译器（可用 sudo apt install g++ 安装），改为下载 ziglang 也',
};

/** Node 20 runs on glibc 2.28 at the oldest, so no symbol of a newer one is used. */
const TARGETS: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-linux-gnu.2.28',
  'linux-arm64': 'aarch64-linux-gnu.2.28',
  // As the wheel's own libraries.
  'darwin-arm64': 'aarch64-macos.12.0',
};

async function compileWithZig(site: Site, library: Library, report: Report): Promise<void> {
  const { environment, machine, python } = site;
  const folder = join(projectRoot, 'build', 'setup', 'zig');
  const cache = join(folder, 'cache');
  try {
    const uv = await Uv.ready(report, await interpreterAt(python.prefix));
    const { spec } = onlyFor('compiler', environment);
    await uv.install(
      ['--python', python.prefix, '--target', folder, ...locked, spec],
      { title: fetching, log: 'addon' },
      report,
    );
    const target = TARGETS[machine.name];
    await build(library, {
      program: python.program('python'),
      args: ['-m', 'ziglang', 'c++', ...(target ? ['-target', target] : [])],
      env: { PYTHONPATH: folder, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true }); // 400 MB
  }
}
