import { deepEqual, equal } from 'node:assert/strict';
import { mock } from 'node:test';
import type { Compiled } from '../../../lib/kernel/compiler/checker';
import { Compiler } from '../../../lib/kernel/compiler/compiler';

describe('the compiler, ahead of a cell,', () => {
  const compiler = new Compiler([]);
  const { mock: spy } = mock.method(compiler, 'call');
  /** The functions of the thread that were called in their turn. */
  const called = () => spy.calls.map(({ arguments: [name] }) => name);
  beforeEach(() => spy.resetCalls());
  after(() => compiler.end());

  /** As a kernel reads a cell in its turn, and runs it. */
  async function read(code: string) {
    const compiled = await compiler.compile(code);
    if (compiled.declaration) compiler.declare(compiled.declaration);
    return compiled;
  }

  /** The same of cells one after the other. */
  async function readAll(cells: readonly string[]) {
    const all: Compiled[] = [];
    for (const cell of cells) all.push(await read(cell));
    return all;
  }

  it('gives for cells read ahead what they are in their turn, without a call', async () => {
    const cells = ['const x = 1;', 'const y = x + 1; y', 'await Promise.resolve(y);', '// nothing'];
    for (const cell of cells) compiler.prefetch(cell);
    const ahead = await readAll(cells);
    deepEqual(called(), []);
    deepEqual(await readAll(cells), ahead);
    equal(called().length, cells.length);
    equal(ahead[1]?.output?.includes('return [__names.y]'), true);
  });

  it('reads a cell in its turn where what it mentions means something else by then', async () => {
    await read('const x = 1, y = 2;');
    spy.resetCalls();
    compiler.prefetch("const x = 'text';");
    compiler.prefetch('y');
    compiler.prefetch('x.length');
    // It was broken off before it ran.
    await compiler.compile("const x = 'text';");
    await read('y');
    deepEqual(called(), []);
    equal(
      (await read('x.length')).diagnostics[0]?.messageText,
      "Property 'length' does not exist on type '1'.",
    );
  });

  it('reads in its turn what may depend on what the cells before it do', async () => {
    const cells = {
      'import a module': "import { a } from './made'; a",
      'are a module': '/** @module made */ export const a = 1;',
      'are for a browser': '/** @browser */ 1',
      'have errors': 'no.such.name',
    };
    for (const [what, code] of Object.entries(cells)) {
      await read('1');
      spy.resetCalls();
      compiler.prefetch(code);
      compiler.prefetch('2');
      await read(code);
      deepEqual(called(), ['compile'], what);
      // Read after that cell, in its turn or a moment before.
      deepEqual(await read('2'), await compiler.call('compile', '2'), what);
    }
  });

  it('forgets the cells that will not run', async () => {
    await read('1');
    spy.resetCalls();
    compiler.prefetch('2');
    compiler.cancel();
    await read('2');
    deepEqual(called(), ['compile']);
  });
});
