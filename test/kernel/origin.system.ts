/** What a cell causes is shown below it, whatever runs by then, and so is what other programs print. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { readData } from '../texts';
import { contentOf, textOf } from './client';
import { describeKernel } from './kernel';

const { prepare, causes } = readData<{ causing: Readonly<Record<'prepare' | 'causes', string>> }>(
  'kernel/cells.yml',
).causing;

describeKernel(
  'what a cell causes',
  the => {
    it('is shown below it while another cell runs: of timers, promises, errors and programs', async () => {
      const first = the.client.run(causes);
      const wait = 'while (left > 0) await new Promise<void>(done => setTimeout(done, 10));';
      const second = await the.client.result(
        `console.log("begins"); ${wait} events.emit("asked");`,
      );
      // Who emits an event, and not who listens, has caused what comes of it.
      deepEqual(textOf(second.published, 'stdout'), 'begins\nevent\n');
      equal(textOf(second.published, 'stderr'), '');
      const { published } = first;
      const words = textOf(published, 'stdout').split(/\s+/).filter(Boolean).sort();
      const expected = ['timer', 'promise', 'function', 'nested', 'closes', 'pipes'];
      deepEqual(words, [...expected, 'inherits', 'inherits'].sort());
      const wrong = textOf(published, 'stderr');
      for (const each of [/: thrown$/m, /: rejected$/m, /^complains$/m]) match(wrong, each);
      deepEqual(contentOf(published, 'display_data').data, { 'text/html': '<b>shown</b>' });
    });

    it('is shown in order if the cell waits for a program, and not in the log', async () => {
      const inherits = '{ stdio: "inherit" }';
      const cell = await the.client.result(`console.log("before");
execSync('node -e "console.log(1); console.error(2)"', ${inherits});
console.log("behind");
execSync('node -e "console.error(3)"');
console.log(execSync('node -e "console.log(4)"').toString());`);
      equal(cell.stdout, 'before\n1\nbehind\n4\n\n');
      equal(textOf(cell.published, 'stderr'), '2\n3\n');
      equal(the.kernel.log + the.kernel.stdout, '');
    });

    it('keeps characters whole that come in parts', async () => {
      const cell =
        'for (const byte of Buffer.from("你😀")) process.stdout.write(Buffer.from([byte]));';
      equal((await the.client.result(cell)).stdout, '你😀');
    });
  },
  prepare,
);
