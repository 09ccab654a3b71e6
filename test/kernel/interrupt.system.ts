/** ■ over the wire: whatever a cell does, it ends, its variables stay, and the next one runs. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { type Asked, type Client, contentOf } from './wire/client';
import { Kernel } from './wire/kernel';

/** Each prints `begun` once it has. */
const CELLS: Readonly<Record<string, string>> = {
  'a loop that never waits': 'console.log("begun"); for (;;);',
  'a loop behind an await': 'await Promise.resolve(); console.log("begun"); for (;;);',
  'a loop behind a timer':
    'await new Promise<void>(done => setTimeout(done, 20)); console.log("begun"); for (;;);',
  "a loop in a timer's callback":
    'setTimeout(() => { console.log("begun"); for (;;); }, 20); await new Promise(() => {});',
  'a loop of promises that gives nothing else its turn':
    'console.log("begun"); for (;;) await undefined;',
  'a promise that never comes': 'console.log("begun"); await new Promise(() => {});',
  'a loop of awaits that prints': `console.log("begun");
for (let i = 0; ; i++) { await new Promise<void>(done => setTimeout(done, 5)); console.log(i); }`,
  'a loop that catches all': 'console.log("begun"); for (;;) { try { for (;;); } catch {} }',
  'a loop with a finally':
    'console.log("begun"); try { for (;;); } finally { console.log("finally"); }',
  'a regular expression that backtracks':
    'console.log("begun"); /^(a+)+$/.test("a".repeat(60) + "b")',
  'a sort that never ends': 'console.log("begun"); [3, 1, 2].sort(() => { for (;;); });',
  'a function of an earlier cell': 'console.log("begun"); spin();',
  'a loop beside what runs at each turn':
    'const turn = () => void setImmediate(turn); turn(); console.log("begun"); for (;;);',
  'output without end': 'console.log("begun"); for (let i = 0; ; i++) console.log(i);',
};

const PREPARE = 'let kept = 41; function spin(): void { for (;;); }';

/** Asks once more where it is asked again. */
const interrupt = (client: Client) => client.ask('interrupt_request', {}, 'control');

/** The kernel has taken it in hand: by the other channel, an interrupt might else be there before. */
const isTaken = (client: Client, cell: Asked) => client.until(() => cell.published[0]);

async function isInterrupted(cell: Asked): Promise<void> {
  const { reply, published } = await cell.result();
  deepEqual(
    [reply.status, reply.ename, contentOf(published, 'error').ename],
    ['error', 'Interrupt', 'Interrupt'],
  );
}

/** The next cell runs, on the variables of those before. */
async function livesOn(client: Client): Promise<void> {
  const { reply, published, stdout } = await client.result('kept += 1; kept');
  equal(reply.status, 'ok', JSON.stringify(reply));
  match(JSON.stringify(contentOf(published, 'execute_result').data), /"\d+"/);
  equal(stdout, '');
}

describe('an interrupt of two kernels at once', function () {
  this.timeout(60_000);
  this.retries(1);
  let started: { kernel: Kernel; client: Client }[];
  const onEach = (act: (client: Client) => Promise<void>) =>
    Promise.all(started.map(({ client }) => act(client)));

  before(async () => {
    started = await Promise.all([Kernel.start(), Kernel.start()]);
    await onEach(async client => void (await client.result(PREPARE)));
  });
  after(async () => void (await Promise.all(started.map(({ kernel }) => kernel.stop()))));

  for (const [what, code] of Object.entries(CELLS)) {
    it(`ends ${what}`, () =>
      onEach(async client => {
        const cell = client.run(code);
        await cell.printed('begun\n');
        // The second one does not wait.
        for (const { reply } of [interrupt(client), interrupt(client)]) {
          equal((await reply).status, 'ok');
        }
        await isInterrupted(cell);
        const printed = cell.published.length;
        await livesOn(client);
        // Nothing is printed afterwards.
        await client.result('await new Promise<void>(done => setTimeout(done, 100));');
        equal(cell.published.length, printed);
      }));
  }

  it('ends by itself what does not hear', () =>
    onEach(async client => {
      const cell = client.run('console.log("begun"); for (;;);');
      await cell.printed('begun\n');
      equal((await interrupt(client).reply).status, 'ok');
      await isInterrupted(cell);
      await livesOn(client);
    }));

  it('has a module that it breaks off loaded anew', () =>
    onEach(async client => {
      await client.result(`const { writeFileSync } = require("node:fs");
writeFileSync("half.cjs", "exports.part = 1; console.log('begun'); for (;;);");`);
      const cell = client.run('require("./half.cjs");');
      await cell.printed('begun\n');
      interrupt(client);
      interrupt(client);
      await isInterrupted(cell);
      const { published } = await client.result(
        'writeFileSync("half.cjs", "exports.whole = 2;"); require("./half.cjs")',
      );
      deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': '{ whole: 2 }' });
    }));

  it('drops the cells behind', () =>
    onEach(async client => {
      const cells = ['console.log("begun"); for (;;);', 'kept = -1;'].map(code =>
        client.run(code),
      ) as [Asked, Asked];
      await cells[0].printed('begun\n');
      interrupt(client);
      await isInterrupted(cells[0]);
      equal((await cells[1].reply).status, 'aborted');
      await livesOn(client);
    }));

  it('of no cell leaves the next one alone', () =>
    onEach(async client => {
      for (let i = 0; i < 3; i++) equal((await interrupt(client).reply).status, 'ok');
      await livesOn(client);
    }));

  it('ends fifty cells one after the other', () =>
    onEach(async client => {
      for (let i = 0; i < 50; i++) {
        const cell = client.run('console.log("begun"); await new Promise(() => {});');
        // Some before they have begun.
        if (i % 5 > 0) await cell.printed('begun\n');
        else await isTaken(client, cell);
        interrupt(client);
        if (i % 2 > 0) interrupt(client);
        await isInterrupted(cell);
      }
      await livesOn(client);
    }));

  it('ends ten loops one after the other', () =>
    onEach(async client => {
      for (let i = 0; i < 10; i++) {
        const cell = client.run('console.log("begun"); for (;;);');
        await cell.printed('begun\n');
        interrupt(client);
        interrupt(client);
        await isInterrupted(cell);
        await livesOn(client);
      }
    }));
});

describe('an interrupt of a kernel that starts', function () {
  this.retries(1);

  it('ends its first cell', async () => {
    const kernel = await Kernel.launch();
    try {
      const client = await kernel.connect();
      const cell = client.run('for (;;);');
      await isTaken(client, cell);
      interrupt(client);
      interrupt(client);
      await isInterrupted(cell);
      await client.result('let kept = 41;');
      await livesOn(client);
    } finally {
      await kernel.stop();
    }
  });
});
