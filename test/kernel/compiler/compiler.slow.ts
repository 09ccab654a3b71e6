import { deepEqual, equal, notEqual, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import { Compiler } from '../../../lib/kernel/compiler/compiler';
import { messages } from '../../../lib/kernel/language';
import { survive } from '../../survive';

describe('the compiler', () => {
  const started: Compiler[] = [];
  const compiler = (imports: string[] = [], limits: ResourceLimits = {}) => {
    const compiler = new Compiler(imports, limits);
    started.push(compiler);
    return compiler;
  };
  afterEach(() => {
    for (const compiler of started.splice(0)) compiler.end();
  });

  it('answers in the order of the calls, also to one that came before it was ready', async () => {
    const one = compiler();
    const whole = one.call('answer', { type: 'is-complete', code: '1 + 1' });
    const { output, diagnostics } = await one.compile(
      "import { sep } from 'node:path'; const s = sep;",
    );
    deepEqual(diagnostics, []);
    equal(output?.includes(`__member("node:path", "sep"`), true, output);
    deepEqual(await whole, { status: 'complete' });
  });

  it('is started anew, with the modules that it had, where its thread was killed', () =>
    survive('kernel', "the compiler's thread killed between cells", 2, async i => {
      const one = compiler();
      const { worker } = one.start();
      await once(worker, 'online');
      await one.call('addModule', 'greet', "export const hi: string = 'hi';", false);
      const ended = worker.terminate();
      // Whether this thread has heard of it or not.
      if (i > 0) await ended;
      const { diagnostics, output } = await one.compile("import { hi } from './greet'; hi.length");
      deepEqual(diagnostics, []);
      equal(output?.includes(`__member("./greet", "hi"`), true, output);
    }));

  it('says so at once where its thread ends whenever a cell waits, and is started anew', () =>
    survive('kernel', "the compiler's thread out of memory", 2, async () => {
      const one = compiler([], { maxOldGenerationSizeMb: 24 });
      const first = one.start().worker;
      await once(first, 'online');
      await rejects(
        one.compile('/** @node */ // a module beside the notebook, which is not kept: "./"'),
        { message: messages().compiler.ended },
      );
      notEqual(one.start().worker, first);
    }));

  it('finds what was not there when a cell looked for it before', async () => {
    const one = compiler();
    const cell = "import { late } from './late'; late";
    equal((await one.compile(cell)).diagnostics[0]?.code, 2307);
    const file = join(process.cwd(), 'late.ts');
    writeFileSync(file, 'export const late = 1;');
    try {
      deepEqual((await one.compile(cell)).diagnostics, []);
    } finally {
      rmSync(file);
    }
  });
});
