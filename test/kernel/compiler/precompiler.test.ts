import { deepEqual, equal } from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { Compiler } from '../../../lib/kernel/compiler/compiler';
import { Precompiler } from '../../../lib/kernel/compiler/precompiler';
import { ReadCache } from '../../../lib/kernel/compiler/read-cache';

describe('the precompiler', () => {
  const compiler = new Compiler([]);
  const { mock: spy } = mock.method(compiler, 'call');
  /** The functions of the thread that were called and waited for. */
  const called = () => spy.calls.map(({ arguments: [name] }) => name);
  const folder = join(tmpdir(), `cells-${process.pid}`);
  let precompiler: Precompiler;
  let declared = '';
  beforeEach(() => {
    precompiler = new Precompiler(compiler, new ReadCache(folder));
    spy.resetCalls();
  });
  after(() => compiler.close());

  /** As tslab reads a cell in its turn. */
  function read(code: string) {
    const converted = precompiler.convert(declared, code);
    declared = converted.declOutput ?? declared;
    return converted;
  }

  it('gives for cells read ahead what they are in their turn, without a call', () => {
    const cells = ['const x = 1;', 'const y = x + 1; y', 'await Promise.resolve(y);', '// nothing'];
    declared = '';
    for (const cell of cells) precompiler.prefetch(cell);
    const ahead = cells.map(read);
    deepEqual(called(), []);
    declared = '';
    deepEqual(cells.map(read), ahead);
    equal(called().length, cells.length);
    equal(ahead[1]?.output?.includes('return [__names.y]'), true);
  });

  it('reads a cell in its turn where one before it did not declare what was read of it', () => {
    read('const x = 1;');
    precompiler.prefetch("const x = 'text';");
    precompiler.prefetch('x.length');
    read("const x = 'text';");
    declared = 'declare let x: number;\n';
    equal(
      read('x.length').diagnostics[0]?.messageText,
      "Property 'length' does not exist on type 'number'.",
    );
  });

  it('reads in its turn what may depend on what the cells before it do', () => {
    const cells = {
      'import a module': "import { a } from './made'; a",
      'are a module': '/** @module made */ export const a = 1;',
      'are for a browser': '/** @browser */ 1',
      'have errors': 'no.such.name',
    };
    for (const [what, code] of Object.entries(cells)) {
      read('1');
      spy.resetCalls();
      precompiler.prefetch(code);
      precompiler.prefetch('2');
      read(code);
      deepEqual(called(), ['convert'], what);
      // Read after that cell, in its turn or a moment before.
      const before = declared;
      deepEqual(read('2'), compiler.call('convert', before, '2'), what);
    }
  });

  it('forgets the cells that will not run', () => {
    read('1');
    spy.resetCalls();
    precompiler.prefetch('2');
    precompiler.cancel();
    read('2');
    deepEqual(called(), ['convert']);
  });
});
