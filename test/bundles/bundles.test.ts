/** The packages, bundled for a browser by esbuild without a plugin. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, sep } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { type Bundle, bundled } from './support';

const isBuiltin = (name: string) =>
  name.startsWith('node:') || builtinModules.includes(name.split('/')[0] ?? '');

/** Modules that a bundle expects from its host. */
const missing = ({ metafile }: Bundle) =>
  Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));

/** Node's modules that our files import. TensorFlow.js imports some, and works without these modules. */
const builtins = ({ metafile }: Bundle) =>
  Object.entries(metafile.inputs)
    .filter(([file]) => file.startsWith('lib/'))
    .flatMap(([, { imports }]) => imports.map(({ original = '' }) => original).filter(isBuiltin));

it('keeps tfjs-graph in a bundle that imports it without using an export', async () => {
  const { metafile } = await bundled("import './lib/tfjs-graph/index.ts'");
  const [output] = Object.values(metafile.outputs);
  assert.ok(output?.inputs['lib/tfjs-graph/train/accelerate.ts']?.bytesInOutput);
});

for (const name of ['digits', 'mnist-data-loader', 'tfjs-graph']) {
  describe(`${name}, bundled for a browser`, () => {
    const folder = join(projectRoot, 'lib', name);
    const { browser } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      /** False for a file that has no twin. */
      browser: Record<string, string | false>;
    };
    const twinFiles = Object.values(browser).filter(twin => twin !== false);

    it('needs nothing more: neither Node nor a file of its own', async () => {
      const bundle = await bundled(`export * from './lib/${name}/index.ts'`);
      assert.deepEqual(missing(bundle), []);
      assert.deepEqual(builtins(bundle), []);
      const inputs = Object.keys(bundle.metafile.inputs);
      assert.ok(inputs.includes(`lib/${name}/index.ts`), String(inputs));
      for (const twin of twinFiles) {
        assert.ok(inputs.includes(posix.join('lib', name, twin)), twin);
      }
      for (const original of Object.keys(browser)) {
        assert.ok(!inputs.includes(posix.join('lib', name, original)), original);
      }
    });

    it('names each twin that there is, and no other', () => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      const twins = files
        .filter(file => file.endsWith('.browser.ts'))
        .map(file => `./${file.split(sep).join('/')}`);
      const browserFiles = twinFiles.filter(file => file.endsWith('.browser.ts'));
      assert.deepEqual([...new Set(browserFiles)].sort(), twins.sort());
      for (const original of Object.keys(browser)) assert.ok(existsSync(join(folder, original)));
    });
  });
}
