import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compiler } from '../../../../lib/kernel/node/compiler/compiler';
import { survive } from '../../../survive';

describe('the compiler', () => {
  let compiler: Compiler;
  beforeEach(() => {
    compiler = new Compiler();
  });
  afterEach(() => compiler.stop());

  it('is started anew, with the names that it had, where its thread was killed', () =>
    survive('kernel', "the compiler's thread killed between cells", 2, async i => {
      await compiler.compile('const count: number = 1;');
      const ended = compiler.start().terminate();
      // Whether or not the thread has received the message.
      if (i > 0) await ended;
      const { diagnostics, output } = (await compiler.compile('count + 1')) ?? {};
      deepEqual(diagnostics, []);
      equal(output?.includes('__names.count'), true, output);
    }));

  it('says so at once where its thread ends whenever a cell waits, and is started anew', () =>
    survive('kernel', "the compiler's thread out of memory", 2, async () => {
      const compiler = new Compiler({ maxOldGenerationSizeMb: 24 });
      const first = compiler.start();
      await once(first, 'online');
      equal(
        await compiler.compile('/** @node */ // beside the notebook, which is not kept: "./"'),
        undefined,
      );
      notEqual(compiler.start(), first);
      compiler.stop();
    }));

  it('finds what was not there when a cell looked for it before', async () => {
    const cell = "import { late } from './late'; late";
    equal((await compiler.compile(cell))?.diagnostics[0]?.code, 2307);
    const file = join(process.cwd(), 'late.ts');
    writeFileSync(file, 'export const late = 1;');
    try {
      deepEqual((await compiler.compile(cell))?.diagnostics, []);
    } finally {
      rmSync(file);
    }
  });
});
