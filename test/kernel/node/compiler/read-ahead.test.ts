import { deepEqual, equal, match } from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Compiler } from '../../../../lib/kernel/node/compiler/compiler';

const cache = join(dirname(require.resolve('kernel/package.json')), 'dist', 'cells');

describe('the compiler, ahead of a cell,', () => {
  const compiler = new Compiler();
  after(() => compiler.stop());

  /** Compiles cells in order; returns the diagnostics of each. */
  async function faultsOf(...cells: readonly string[]) {
    const faults: (string | undefined)[] = [];
    for (const cell of cells) {
      const compiled = await compiler.compile(cell);
      faults.push(compiled?.diagnostics[0]?.messageText);
    }
    return faults;
  }

  it('reads what waits, and gives what it would be in its turn', async () => {
    const cells = [`const x = ${Date.now()};`, 'const y = x + 1; y', 'await Promise.resolve(y);'];
    // The first stored cell creates the folder.
    const count = () => (existsSync(cache) ? readdirSync(cache).length : 0);
    const countBefore = count();
    for (const cell of cells) compiler.prefetch(cell);
    while (count() < countBefore + cells.length) await wait(20);
    const ahead = [];
    for (const cell of cells) ahead.push(await compiler.compile(cell));
    for (const [i, cell] of cells.entries()) deepEqual(await compiler.compile(cell), ahead[i]);
    equal(ahead[1]?.output?.includes('return [__names.y]'), true);
  });

  it('reads a cell in its turn where what it mentions means something else by then', async () => {
    compiler.prefetch("const x = 'text';");
    compiler.prefetch('x.length');
    const length = "Property 'length' does not exist on type '1'.";
    deepEqual(await faultsOf('const x = 1;', 'x.length'), [undefined, length]);
  });

  it('reads in its turn what may depend on what the cells before it do', async () => {
    for (const code of ["import { a } from './made'; a", 'no.such.name']) {
      for (const cell of [code, '2']) compiler.prefetch(cell);
      const [wrong = '', right] = await faultsOf(code, '2');
      match(wrong, /^Cannot find/);
      equal(right, undefined);
    }
  });

  it('forgets the cells that will not run', async () => {
    compiler.prefetch('const gone = 1;');
    compiler.cancel();
    compiler.prefetch('gone');
    deepEqual(await faultsOf('gone'), ["Cannot find name 'gone'."]);
  });
});
