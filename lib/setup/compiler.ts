/** The C++ compiler: one of the system's, otherwise the `ziglang` package from PyPI. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { requirements } from './environment';
import type { Text } from './ground.mjs';
import { pip } from './pip';
import type { Site } from './steps/step';

const runFile = promisify(execFile);

/** The first of `CXX`, `g++`, `c++` and `clang++` that runs. */
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

const title: Text = { en: 'Installing a C++ compiler (ziglang)', zh: '安装 C++ 编译器（ziglang）' };

/** How to call a compiler; with none on the system, `ziglang` is installed and called. */
export async function compilerCommand(site: Site, compiler?: string): Promise<string[]> {
  if (compiler) return [compiler];
  const zig = requirements(site.environment, site.machine, ['compiler']).find(
    ({ name }) => name === 'ziglang',
  );
  await pip(site.python, ['install', zig?.spec ?? 'ziglang'], { title });
  // The oldest glibc that Node 20 runs on, so that newer symbols are not called for.
  return [
    site.python.program('python'),
    '-m',
    'ziglang',
    'c++',
    '-target',
    'x86_64-linux-gnu.2.28',
  ];
}
