import { deepEqual } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importFaults } from '../../lib/tools/import-rules';
import { temporaryFolder } from '../folder';

const MOVE = 'Move what they share to where all of them may import it.';

describe('the rules of the imports', () => {
  const NAMES = ['mnist-data-loader', 'tfjs-graph', 'digits', 'kernel', 'tools'];
  const README = '| | |\n| --- | --- |\n| `top/` | a |\n| `low/` `a.ts` | b |\n';

  /** Returns the faults of five packages with these files, of which `kernel` declares something. */
  function faultsOf(files: Record<string, string>, declared: readonly string[] = []): string[] {
    const lib = temporaryFolder();
    const dependencies = Object.fromEntries(declared.map(name => [name, '1']));
    const manifests = NAMES.map(name => [`${name}/package.json`, '{}']);
    const all: Record<string, string> = {
      ...Object.fromEntries(manifests),
      'kernel/package.json': JSON.stringify({ dependencies }),
      'tools/package.json': '{ "dependencies": { "digits": "1" } }',
      'tools/main.ts': "import 'digits';",
      'digits/README.md': README,
      ...files,
    };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(lib, name)), { recursive: true });
      writeFileSync(join(lib, name), text);
    }
    return importFaults(lib);
  }

  it('pass what keeps to them', () => {
    const files = {
      'digits/top/x.ts': "import '../low/y'; import 'node:fs'; import 'path';",
      'digits/low/y.ts': 'export {};',
      'digits/index.ts': "export * from './low/y'; require.resolve('zeromq', { paths: [] });",
      'tools/deep.ts': "import 'digits/low/y';",
    };
    deepEqual(faultsOf(files), []);
  });

  it('lead down from package to package, however a module is imported, types included', () => {
    const ways = [
      "import type { Language } from 'digits';",
      "export type { Language } from 'digits';",
      "import digits = require('digits');",
      "export type Digits = typeof import('digits');",
      "export const later = () => import('digits');",
      "export const now = require('digits');",
      "export const file = require.resolve('digits');",
      `export const text = \`in \${require('digits')}\`;`,
      "declare module 'digits' {}",
      '/// <reference types="digits" />',
    ];
    const rule =
      'tfjs-graph may import nothing of ours. Move down what it needs, or have it passed in.';
    for (const way of ways) {
      const faults = faultsOf({ 'tfjs-graph/a.ts': way });
      deepEqual(faults, [`lib/tfjs-graph/a.ts imports digits: ${rule}`], way);
    }
    deepEqual(faultsOf({ 'tfjs-graph/a.ts': "// import 'digits';" }), []);
    deepEqual(faultsOf({ 'digits/a.ts': "import 'kernel/deep';" }), [
      'lib/digits/a.ts imports kernel/deep: digits may import only mnist-data-loader, tfjs-graph. Move down what it needs, or have it passed in.',
    ]);
  });

  it('enter a package by its index, and by its name', () => {
    const files = {
      'kernel/a.ts': "import 'digits/low/y';",
      'digits/b.ts': "import 'digits';",
      'tools/c.ts': "import '../digits/index';",
    };
    deepEqual(faultsOf(files, ['digits']), [
      'lib/digits/b.ts imports digits: its own package. Import the file by its path.',
      'lib/kernel/a.ts imports digits/low/y: a package is entered by its index. Export it from lib/digits/index.ts.',
      'lib/tools/c.ts imports ../digits/index: a file outside of the package. Import a package by its name.',
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
      'tools/below.d.mts': "export * from './inner/b.mjs';",
      'tools/below.mjs': '',
      'tools/inner/a.mjs': "import '../below.mjs';",
      'tools/inner/b.mjs': '',
    };
    deepEqual(faultsOf(files), [
      `lib/digits/one.ts imports ./two, lib/digits/two.ts imports ./one: a circle of lib/digits/one.ts, lib/digits/two.ts. ${MOVE}`,
      `lib/kernel/one/a.ts imports ../two/deep/b, lib/kernel/two/c.ts imports ../one/d: a circle of lib/kernel/one, lib/kernel/two. ${MOVE}`,
      `lib/tools/below.d.mts imports ./inner/b.mjs, lib/tools/inner/a.mjs imports ../below.mjs: a circle of lib/tools/below.mjs, lib/tools/inner. ${MOVE}`,
    ]);
  });

  it('keep the order of the rooms that a README lists', () => {
    deepEqual(faultsOf({ 'digits/a.ts': "import './top/x';", 'digits/top/x.ts': '' }), [
      'lib/digits/a.ts imports ./top/x: lib/digits/README.md lists that above. Move one of them.',
    ]);
  });

  it('want each package declared that is imported, and none besides', () => {
    const text =
      "import 'nowhere/deep.css'; import type { A } from '@some/types'; import 'plotly';";
    const rule = 'lib/kernel/package.json does not declare it. Add it to the dependencies.';
    deepEqual(faultsOf({ 'kernel/a.ts': text }, ['@types/some__types', 'plotly']), [
      `lib/kernel/a.ts imports nowhere/deep.css: ${rule}`,
    ]);
    deepEqual(faultsOf({}, ['@types/nowhere', 'elsewhere']), [
      'lib/kernel/package.json declares @types/nowhere: nothing there imports it. Remove it.',
      'lib/kernel/package.json declares elsewhere: nothing there imports it. Remove it.',
    ]);
  });

  it('are known of each package', () => {
    deepEqual(faultsOf({ 'sixth/index.ts': '' }), [
      'lib/sixth: no package of which it is known what it may import.',
    ]);
  });
});
