/** Every example in the documentation runs with the results in the comments. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatWithOptions } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { transformSync } from 'esbuild';
import mnist from 'mnist-data-loader';
import { projectRoot } from '../lib/command/machine/paths';
import { temporaryFolder } from './folder';
import { itNative } from './native';
import { compiledModel, digitsOf } from './support';

const lib = join(projectRoot, 'lib');
/** Folders whose modules no notebook imports. */
const apart = /^(kernel|bench|class|command|lab|publish)\b|\b(node_modules|dist)\b/;

const modules = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts') && !apart.test(file))
  .sort();

/** Markdown with code, and the module that the code uses. */
const documents = {
  'digits/README.md': 'digits/index.ts',
  'tfjs-graph/REFERENCE.md': 'tfjs-graph/index.ts',
};

const sourceOf = (file: string) => readFileSync(join(lib, file), 'utf8');

/** The code of each example in a file, without the comment's asterisks. */
function examples(source: string): string[] {
  return Array.from(source.matchAll(/@example\n((?: \* ?.*\n)+?) \*\//g), ([, body = '']) =>
    body.replace(/^ \* ?/gm, ''),
  );
}

/** The code of each block in Markdown. */
const blocks = (source: string): string[] =>
  Array.from(source.matchAll(/```ts\n(.*?)```/gs), ([, code = '']) => code);

const sources = [
  ...modules.map(file => ({ file, module: file, codes: examples(sourceOf(file)) })),
  ...Object.entries(documents).map(([file, module]) => {
    return { file, module, codes: blocks(sourceOf(file)) };
  }),
].filter(({ codes }) => codes.length > 0);

/** Turns `expression; // value` and `console.log(expression); // text` into comparisons. */
const checked = (code: string): string =>
  code
    .replace(/^import mnist from .*$/m, '')
    .replace(
      /^console\.log\((.+)\); \/\/ (.+)$/gm,
      (_, code, text) => `printed(${JSON.stringify(text)}, ${code});`,
    )
    .replace(/^(?!printed\()(.+); *\/\/ (.+)$/gm, 'same($1, $2);');

describe('examples in the documentation', () => {
  before(async () => {
    await digits.useDevice('cpu');
    // Examples save files outside the project.
    process.chdir(temporaryFolder());
  });
  after(() => process.chdir(projectRoot));

  afterEach(() => digits.setLanguage('en'));

  it('finds them', () => {
    const files = sources.map(({ file }) => file);
    assert.ok(files.length >= 8, `only ${files.join(', ')}`);
    for (const file of Object.keys(documents)) assert.ok(files.includes(file), file);
  });

  for (const { file, module, codes } of sources) {
    codes.forEach((code, i) => {
      const run = module.startsWith('tfjs-graph') ? itNative : it;
      run(`${file}, example ${i + 1}`, async () => {
        const [xTrain, yTrain] = digitsOf(100);
        const [xTest, yTest] = digitsOf(20);
        const { default: _, ...exported } = require(join(lib, module));
        const scope = {
          tf,
          digits,
          ...digits,
          ...digits.figures,
          ...exported,
          model: compiledModel(),
          xTrain,
          yTrain,
          xTest,
          yTest,
          mnist,
          same: assert.deepEqual,
          printed: (text: string, ...values: unknown[]) =>
            assert.equal(formatWithOptions({}, ...(values as [unknown])), text),
          console: { log: () => {} },
          process: { stdout: { write: () => true } },
        };
        const { code: js } = transformSync(`async () => {${checked(code)}}`, { loader: 'ts' });
        const run = new Function(...Object.keys(scope), `return (${js.replace(/;\s*$/, '')})()`);
        await quietly(() => run(...Object.values(scope)));
      });
    });
  }
});

/** Keeps an example's progress line out of the test report. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
}
