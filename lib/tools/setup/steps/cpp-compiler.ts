/** The C++ compiler: one of the system's, else `ziglang` from PyPI. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Text } from '../../project/failure.mjs';
import { runLogged } from '../../project/run-logged';
import { requirements } from '../packages/environment-yml';
import { pip, pipLock } from '../packages/pip';
import type { Report, Site } from './step';

const runFile = promisify(execFile);

/** Finds the first of `CXX`, `g++`, `c++` and `clang++` that runs. */
export async function findCompiler(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  for (const program of [env.CXX, 'g++', 'c++', 'clang++']) {
    if (program && (await runs(program))) return program;
  }
  return undefined;
}

async function runs(program: string): Promise<boolean> {
  try {
    await runFile(program, ['--version']);
    return true;
  } catch {
    return false;
  }
}

const compiling: Text = { en: 'Compiling the native engine', zh: '编译原生引擎' };

/**
 * Compiles with the system's compiler. Where there is none, or where it fails because its headers are
 * missing, fetches `ziglang` and compiles with that.
 *
 * @param args what both are given
 * @returns the compiler's name
 */
export async function compile(site: Site, args: string[], report: Report): Promise<string> {
  const compiler = await findCompiler();
  if (compiler) {
    report({ en: `compiling with ${compiler}`, zh: `正在用 ${compiler} 编译` });
    try {
      await runLogged(compiler, args, { title: compiling, log: 'addon' });
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
  await compileWithZig(site, args);
  return 'ziglang';
}

const fetching: Text = {
  en: 'There is no working C++ compiler here (sudo apt install g++ brings one), and fetching ziglang in its place',
  zh: '此处没有可用的 C++ 编译器（可用 sudo apt install g++ 安装），改为下载 ziglang 也',
};

// Node 20 runs on glibc 2.28 at the oldest, so no symbol of a newer one is used.
const target = ['-target', 'x86_64-linux-gnu.2.28'];

async function compileWithZig(site: Site, args: string[]): Promise<void> {
  const { environment, machine, python } = site;
  const lines = requirements(environment, machine, ['compiler']);
  const zig = lines.find(({ name }) => name === 'ziglang');
  if (!zig) throw new Error('Expected ziglang in environment.yml.');
  const cache = join(python.prefix, 'zig-cache');
  try {
    const locked = site.own ? ['--constraint', pipLock] : [];
    await pip(python, ['install', ...locked, zig.spec], { title: fetching });
    await runLogged(python.program('python'), ['-m', 'ziglang', 'c++', ...target, ...args], {
      title: compiling,
      log: 'addon',
      env: { ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
    });
    await pip(python, ['uninstall', '--yes', 'ziglang'], { title: fetching }); // 400 MB
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
