/** What a cell causes is shown below it, whatever runs by then, and so is what other programs print. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { contentOf, textOf } from './client';
import { describeKernel } from './kernel';

const PREPARE = `import { EventEmitter } from 'node:events';
import { execSync, spawn } from 'node:child_process';
import { display } from 'tslab';
let left = 0;
const events = new EventEmitter();
events.on('asked', () => console.log('event'));`;

/** Each of these has its turn only after the cell has ended. */
const CAUSES = `left = 8;
const say = (text: string) => { console.log(text); left -= 1; };
const later = () => new Promise<void>(done => setTimeout(done, 20));
setTimeout(() => say('timer'), 200);
later().then(() => say('promise'));
(async () => { await later(); await later(); say('function'); })();
queueMicrotask(() => setImmediate(() => setTimeout(() => say('nested'), 50)));
setTimeout(() => { left -= 1; throw new Error('thrown'); }, 60);
setTimeout(() => { left -= 1; void Promise.reject(new Error('rejected')); }, 70);
setTimeout(() => display.html('<b>shown</b>'), 80);
const program = ['-e', 'setTimeout(() => { console.log("inherits"); console.error("complains"); }, 50)'];
spawn(process.execPath, program, { stdio: 'inherit' }).on('close', () => say('closes'));
spawn(process.execPath, program).stdout.on('data', text => say('pipes ' + text));`;

describeKernel(
  'what a cell causes',
  the => {
    it('is shown below it while another cell runs: of timers, promises, errors and programs', async () => {
      const first = the.client.run(CAUSES);
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
  PREPARE,
);
