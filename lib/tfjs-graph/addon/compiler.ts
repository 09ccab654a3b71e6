/** The C++ compiler: one of the system's, else `ziglang` from PyPI. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Interrupted, type Run, works } from './process';
import { fetchPackage, findPython, ZIGLANG } from './pypi';

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

interface Library {
  readonly sources: readonly string[];
  readonly compilerFlags: readonly string[];
  readonly linkerFlags: readonly string[];
  readonly parts: string;
  readonly output: string;
}

export interface Compiler {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Tools {
  readonly run: Run;
  readonly withZig: (compile: (compiler: Compiler) => Promise<void>) => Promise<void>;
  readonly tell: (news: News) => void;
}

/** The compiler that starts, and why it is `ziglang`. */
export type News =
  | { readonly code: 'compiling'; readonly compiler: string }
  | { readonly code: 'compiler-failed'; readonly compiler: string }
  | { readonly code: 'no-compiler' };

/**
 * Compiles with the system's compiler. Where there is none, or where it fails because its headers are
 * missing, compiles with `ziglang`.
 *
 * @returns the compiler's name
 */
export async function compile(library: Library, { run, withZig, tell }: Tools): Promise<string> {
  const compiler = await findCompiler();
  if (compiler) {
    tell({ code: 'compiling', compiler });
    try {
      await build(library, { program: compiler, args: [] }, run);
      return compiler;
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      tell({ code: 'compiler-failed', compiler });
    }
  } else {
    tell({ code: 'no-compiler' });
  }
  await withZig(zig => build(library, zig, run));
  return 'ziglang';
}

/** Compiles the sources, as many at once as there are cores, and links them. */
async function build(library: Library, compiler: Compiler, run: Run): Promise<void> {
  const { sources, compilerFlags, linkerFlags, parts, output } = library;
  const { program, args, env } = compiler;
  const objectOf = (source: string) => join(parts, `${basename(source)}.o`);
  // The longest first, so that none is left over at the end.
  const waiting = [...sources].sort((a, b) => statSync(b).size - statSync(a).size).values();
  const work = async () => {
    for (const source of waiting) {
      await run(program, [...args, ...compilerFlags, '-c', source, '-o', objectOf(source)], env);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: availableParallelism() }, work));
  const failed = results.find(
    (result): result is PromiseRejectedResult => result.status === 'rejected',
  );
  if (failed) throw failed.reason;
  await run(program, [...args, ...sources.map(objectOf), ...linkerFlags, '-o', output], env);
}

/** Node 20 runs on glibc 2.28 at the oldest, so no symbol of a newer one is used. */
const TARGETS: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-linux-gnu.2.28',
  'linux-arm64': 'aarch64-linux-gnu.2.28',
  // As the wheel's own libraries.
  'darwin-arm64': 'aarch64-macos.12.0',
};

/** Zig's C++ compiler, from the package `ziglang` in a folder, which takes its caches as well. */
export function zigIn(folder: string, python: string, machine: string): Compiler {
  const target = TARGETS[machine];
  const cache = join(folder, 'cache');
  return {
    program: python,
    args: ['-m', 'ziglang', 'c++', ...(target ? ['-target', target] : [])],
    env: { PYTHONPATH: folder, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  };
}

/** Fetches `ziglang` from PyPI, compiles with it, and removes it: it takes 400 MB. */
export async function withZig(
  machine: string,
  { python, run }: { readonly python: string | undefined; readonly run: Run },
  compile: (compiler: Compiler) => Promise<void>,
): Promise<void> {
  const program = await findPython(python);
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-graph-zig-'));
  try {
    await fetchPackage(`ziglang==${ZIGLANG}`, folder, { python, run });
    await compile(zigIn(folder, program, machine));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
