import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Compiler, zigIn } from './compiler';
import { fetchPackage, findPython } from './pypi';
import type { Run } from './run';
import { ZIGLANG } from './versions';

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
