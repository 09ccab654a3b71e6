/** All exports of the package have documentation, and functions and classes an example that runs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';

const folder = join(projectRoot, 'lib', 'tfjs-graph');
const contentOf = (file: string) => readFileSync(join(folder, file), 'utf8');

/** Each name that the index exports, with the comment above the declaration, and the declaration. */
const exported = Array.from(
  contentOf('index.ts').matchAll(/\{([^}]*)\} from '(.+)'/g),
  ([, names = '', file]) => {
    const declared = /(?:\/\*\*((?:(?!\*\/).)*)\*\/\n)?^export (?:async )?(\w+) (\w+)/gms;
    const all = Array.from(
      contentOf(`${file}.ts`).matchAll(declared),
      ([, doc, kind = '', name]) => ({
        name,
        doc: doc?.trim() ?? '',
        called: kind !== 'interface' && kind !== 'type' && !/Error$/.test(name ?? ''),
      }),
    );
    return names.match(/\w+(?=,|\s*$)/g)?.map(name => all.find(item => item.name === name)) ?? [];
  },
).flat();

describe('the documentation of tfjs-graph', () => {
  const names = (chosen: (each: NonNullable<(typeof exported)[number]>) => boolean) =>
    exported.flatMap(item => (!item || chosen(item) ? item?.name : []));

  it('is there for each export', () => {
    assert.ok(exported.length >= 15, String(exported.length));
    assert.deepEqual(
      names(({ doc }) => doc === ''),
      [],
    );
  });

  it('has an example for each function and class that is called', () => {
    assert.ok(names(({ called }) => called).includes('accelerate'));
    assert.deepEqual(
      names(({ called, doc }) => called && !doc.includes('@example')),
      [],
    );
  });

  it('has each error class in the table of errors', () => {
    const inTable = Array.from(
      contentOf('REFERENCE.md').matchAll(/^\| `(\w+Error)`/gm),
      ([, name]) => name,
    );
    assert.deepEqual(inTable.sort(), names(({ name = '' }) => name.endsWith('Error')).sort());
  });
});
