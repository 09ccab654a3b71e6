import { deepEqual } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importFaults } from '../../lib/tools/import-rules';
import { temporaryFolder } from '../folder';

describe('the rules of the imports', () => {
  const NAMES = ['mnist-data-loader', 'tfjs-graph', 'digits', 'kernel', 'tools'];

  /** Returns the faults of five packages that have these files besides some that keep to the rules. */
  function faultsOf(files: Record<string, string>): string[] {
    const lib = temporaryFolder();
    const all: Record<string, string> = {
      ...Object.fromEntries(NAMES.map(name => [`${name}/package.json`, '{}'])),
      'tools/package.json': '{ "dependencies": { "digits": "1" } }',
      'tools/main.ts': "import 'digits'; import 'digits/low/y';",
      'digits/README.md': '| | |\n| --- | --- |\n| `top/` | a |\n| `low/` `a.ts` | b |\n',
      'digits/top/x.ts': "import '../low/y'; import 'node:fs'; import 'path';",
      'digits/low/y.ts': 'export {};',
      'digits/index.ts': "export * from './low/y'; // import 'kernel';",
      ...files,
    };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(lib, name)), { recursive: true });
      writeFileSync(join(lib, name), text);
    }
    return importFaults(lib);
  }

  it('lead down from package to package, however a module is imported, types included', () => {
    deepEqual(faultsOf({}), []);
    const ways = [
      "import type { Language } from 'digits';",
      "export type { Language } from 'digits';",
      "import digits = require('digits');",
      "export type Digits = typeof import('digits');",
      "export const later = () => import('digits');",
      "export const now = require('digits');",
      "export const file = require.resolve('digits');",
      "declare module 'digits' {}",
      '/// <reference types="digits" />',
    ];
    const rule =
      'tfjs-graph may import nothing of ours. Move down what it needs, or have it passed in.';
    for (const way of ways) {
      const faults = faultsOf({ 'tfjs-graph/a.ts': way });
      deepEqual(faults, [`lib/tfjs-graph/a.ts imports digits: ${rule}`], way);
    }
  });

  it('enter a package by its index and its name, declared, and keep to rooms and packages', () => {
    const faults = faultsOf({
      'digits/a.ts': "import './top/x';",
      'digits/b.ts': "import 'digits';",
      'kernel/a.ts': "import 'digits/low/y'; import 'nowhere/deep.css'; import 'node:os';",
      'sixth/index.ts': '',
      'tools/c.ts': "import '../digits/index';",
      'tools/package.json': '{ "dependencies": { "digits": "1", "@types/elsewhere": "1" } }',
    });
    deepEqual(faults.map(fault => fault.replace(/^lib\//, '')).sort(), [
      'digits/a.ts imports ./top/x: lib/digits/README.md lists that above. Move one of them.',
      'digits/b.ts imports digits: its own package. Import the file by its path.',
      'kernel/a.ts imports digits/low/y: a package is entered by its index. Export it from lib/digits/index.ts.',
      'kernel/a.ts imports nowhere/deep.css: lib/kernel/package.json does not declare it. Add it to the dependencies.',
      'sixth: no package of which it is known what it may import.',
      'tools/c.ts imports ../digits/index: a file outside of the package. Import a package by its name.',
      'tools/package.json declares @types/elsewhere: nothing there imports it. Remove it.',
    ]);
  });

  it('lead in no circle of files, nor of folders at whatever depth, types included', () => {
    const files = {
      'digits/one.ts': "export { b } from './two';",
      'digits/two.ts': "import type { A } from './one';",
      'kernel/one/a.ts': "import '../two/deep/b';",
      'kernel/two/c.ts': "import type { D } from '../one/d';",
      'kernel/one/d.ts': 'export type D = number;',
      'kernel/two/deep/b.ts': 'export const b = 1;',
    };
    const move = 'Move what they share to where all of them may import it.';
    deepEqual(faultsOf(files), [
      `lib/digits/one.ts imports ./two, lib/digits/two.ts imports ./one: a circle of lib/digits/one.ts, lib/digits/two.ts. ${move}`,
      `lib/kernel/one/a.ts imports ../two/deep/b, lib/kernel/two/c.ts imports ../one/d: a circle of lib/kernel/one, lib/kernel/two. ${move}`,
    ]);
  });
});
