/** Compiles the WebAssembly kernels: `npm run kernels -w tfjs-graph`, after each change of their source. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folder = join(__dirname, '..', 'train', 'wasm');
const compiler = join(dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js');

export const BINARY_FILE = join(folder, 'binary.ts');

/** Returns the content of `binary.ts`, compiled from the source. */
export function compileKernels(): string {
  return `/** Compiled from \`assembly/kernels.ts\` by \`npm run kernels -w tfjs-graph\`. */
export const BINARY =
  '${compile()}';
`;
}

function compile(): string {
  const target = mkdtempSync(join(tmpdir(), 'tfjs-graph-kernels-'));
  try {
    const binary = join(target, 'kernels.wasm');
    execFileSync(process.execPath, [
      ...[compiler, join(folder, 'assembly', 'kernels.ts'), '--outFile', binary],
      ...['-O3', '--converge', '--noAssert', '--enable', 'simd'],
      ...['--runtime', 'stub', '--importMemory', '--noExportMemory'],
    ]);
    return readFileSync(binary, 'base64');
  } finally {
    rmSync(target, { recursive: true });
  }
}

if (require.main === module) writeFileSync(BINARY_FILE, compileKernels());
