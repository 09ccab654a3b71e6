import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closePages } from '../../browser';
import { bundled, open, serve } from '../../bundles/support';
import { assertClose } from '../train/against-stock';
import { assertTrained, Project, type Trained } from './project';

describe('tfjs-graph as a package', function () {
  this.timeout(240_000);
  let project: Project;
  before(async () => {
    project = await Project.with(['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm']);
  });
  after(() => project?.remove());

  const installed = () => project.path('node_modules', 'tfjs-graph');

  it('brings compiled code, types, a README and a licence, and no source', () => {
    const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' });
    for (const name of ['README.md', 'LICENSE', 'dist/cli.js', 'dist/engine.js']) {
      assert.ok(files.includes(join(name)), name);
    }
    const source = files.filter(name => /\.[cm]?ts$/.test(name) && !/\.d\.[cm]?ts$/.test(name));
    assert.deepEqual(source, []);
  });

  it('leaves TensorFlow.js to the project, of which there is one copy', () => {
    const manifest = JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8'));
    assert.equal(manifest.dependencies, undefined);
    assert.equal(manifest.private, undefined);
    assert.ok('@tensorflow/tfjs' in manifest.peerDependencies);
    assert.ok(!existsSync(join(installed(), 'node_modules')));
    assert.ok(!existsSync(project.path('node_modules', 'tsx')));
  });

  for (const program of ['wasm.cjs', 'wasm.mjs']) {
    it(`trains on WebAssembly: ${program}`, async () =>
      assertTrained(await project.tried([program]), 'wasm'));
  }

  it('compiles the steps of a program that does not know of it, by -r and --import', async () => {
    const programs = [
      ['-r', 'tfjs-graph/register', 'plain.cjs'],
      ['--import', 'tfjs-graph/register', 'plain.mjs'],
    ];
    const stock = await project.tried(programs[0] ?? [], { TFJS_GRAPH: 'off' });
    assert.deepEqual([stock.isCompiled, stock.hasLearned], [false, true]);
    for (const args of programs) {
      const { isCompiled, losses } = await project.tried(args);
      assert.ok(isCompiled, args[0]);
      assertClose(losses, stock.losses, 1e-5, 'losses');
    }
  });

  it('gives each export its own name, and the same one by import and require', async () => {
    project.put(
      'names.mjs',
      `import { createRequire } from 'node:module';
import * as esm from 'tfjs-graph';
const cjs = createRequire(import.meta.url)('tfjs-graph/register');
const names = Object.keys(cjs);
console.log(JSON.stringify([
  names.filter(name => esm[name] !== cjs[name]),
  names.filter(name => cjs[name].name !== name),
  names.length,
]));
`,
    );
    const { stdout, stderr } = await project.run(['names.mjs']);
    const [unresolved, misnamed, count] = JSON.parse(stdout || stderr);
    assert.deepEqual([unresolved, misnamed], [[], []]);
    assert.ok(count > 10, `${count}`);
  });

  it('refuses to accelerate a model of another copy of TensorFlow.js', async () => {
    project.put(
      'copies.cjs',
      `const tf = require('@tensorflow/tfjs');
const { accelerate } = require('tfjs-graph');
for (const path of Object.keys(require.cache)) delete require.cache[path];
const other = require('tfjs-graph');
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
try {
  other.accelerate(model);
} catch ({ name, code, message }) {
  console.log(JSON.stringify([name, code, message, accelerate(model) === model]));
}`,
    );
    const { stdout, stderr } = await project.run(['copies.cjs']);
    const [name, code, message, isSame] = JSON.parse(stdout || stderr);
    assert.deepEqual([name, code, isSame], ['InputError', 'other-copy', true]);
    assert.match(message, /two copies of it\. `npm ls @tensorflow\/tfjs`/);
  });

  describe('for browsers', () => {
    const page = `
      import 'tfjs-graph/register';
      export * as graph from 'tfjs-graph';
      export * as tf from '@tensorflow/tfjs';
      export { tryAll } from './program.cjs';
      globalThis.process ??= { versions: {} };`;

    it('is bundled without Node’s modules, with one copy of TensorFlow.js, and trains', async () => {
      const bundle = await bundled('', { stdin: { contents: page, resolveDir: project.folder } });
      const [output] = Object.values(bundle.metafile.outputs);
      const externals = output?.imports.filter(({ external }) => external);
      assert.deepEqual(externals, []);
      const inputs = Object.keys(bundle.metafile.inputs).join('\n');
      assert.deepEqual(inputs.match(/(?<=\/tfjs-graph\/).*$/gm), ['dist/browser.mjs']);
      const code = readFileSync(join(installed(), 'dist', 'browser.mjs'), 'utf8');
      assert.doesNotMatch(code, /\b(Buffer|__dirname)\b/);
      assert.equal(inputs.match(/tfjs-core\/dist\/(engine|tf-core\.node)\.js$/gm)?.length, 1);
      const site = await serve();
      try {
        const [run] = await open(site, bundle.code, 'page');
        const tried = await run<Trained>(`
          await lib.tf.setBackend('cpu');
          return lib.tryAll(lib.tf, lib.graph);`);
        assertTrained(tried, 'cpu');
      } finally {
        await closePages();
        await site.close();
      }
    });
  });

  it('has types, for require, for import and for bundlers', async () => {
    const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const source = readFileSync(join(__dirname, 'consumer', 'types.ts'), 'utf8');
    // The only error is expected; other errors are printed.
    const wrong = source.replace(/^.*@ts-expect-error.*\n/m, '');
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom'];
    for (const [file, module, resolution] of [
      ['try.cts', 'node16', 'node16'],
      ['try.mts', 'nodenext', 'nodenext'],
      ['try.ts', 'esnext', 'bundler'],
    ] as const) {
      project.put(file, wrong);
      const modules = ['--module', module, '--moduleResolution', resolution, '--skipLibCheck'];
      const { stdout } = await project.run([tsc, ...options, ...modules, file]);
      const [first, ...rest] = stdout.split('\n').filter(line => /error TS\d+/.test(line));
      assert.match(first ?? '', /^try.+ error TS2322: Type '"some"'/);
      assert.deepEqual(rest, []);
    }
  });

  it('has a program that tells what it can do', async () => {
    const { code, stderr } = await project.command([]);
    assert.equal(code, 1);
    assert.match(stderr, /^Usage: npx tfjs-graph libraries\n/);
  });
});
