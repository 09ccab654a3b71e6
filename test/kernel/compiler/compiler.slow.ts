import { deepEqual, equal, match, notEqual, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

  const convert = (from: Compiler, code: string) => from.call('convert', '', code);

  it('answers in the order of the calls, also to one that came before it was ready', async () => {
    const one = compiler();
    const whole = one.call('completeness', '1 + 1');
    const { output, diagnostics } = await convert(
      one,
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
      await one.call('addModule', 'greet', "export const hi: string = 'hi';", {});
      const ended = worker.terminate();
      // Whether this thread has heard of it or not.
      if (i > 0) await ended;
      const { diagnostics, output } = await convert(one, "import { hi } from './greet'; hi.length");
      deepEqual(diagnostics, []);
      equal(output?.includes(`__member("./greet", "hi"`), true, output);
    }));

  it('says so at once where its thread ends whenever a cell waits, and is started anew', () =>
    survive('kernel', "the compiler's thread out of memory", 2, async () => {
      const one = compiler([], { maxOldGenerationSizeMb: 24 });
      const first = one.start().worker;
      await once(first, 'online');
      await rejects(convert(one, '1'), { message: messages().compiler.ended });
      notEqual(one.start().worker, first);
    }));

  it('goes on where files appear in which a cell looked for an import in vain', async () => {
    const args = ['--import', 'tsx', join(__dirname, 'watched.ts')];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 });
    match(stdout, /^true\n.*\b1 \+ 1;.*\b1 \+ 2;\n/s);
  });
});
