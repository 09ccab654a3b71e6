/** Both kernels over Jupyter's protocol: each scenario runs on the installed kernel and in Chromium. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { tables } from '../../lib/kernel/cell/language';
import { page } from '../../lib/kernel/messages/en';
import { closePages } from '../browser';
import { readData } from '../texts';
import { type Host, hosts } from './cells';
import { type Asked, contentOf, isIdle, type KernelClient, type Message } from './client';

const QUESTIONS = readData<{
  complete: { code: string; replaced: string; first: string[]; kind?: string; host?: string }[];
  inspect: Record<string, string>;
  'is-complete': Record<string, string[]>;
}>('kernel/questions.yml');

/** The first cell. The scenarios use the names of this cell. */
const PREPARE = `
  import * as tf from '@tensorflow/tfjs';
  import * as digits from 'digits';
  import { nudge, setLanguage } from 'digits';
  import * as tslab from 'tslab';
  class Dog { name = 'Rex'; bark() {} get loud() { return 1; } private hidden = 1 }
  const dog = new Dog();
  const pets = { dog, list: [dog] };
  /** As told. @param n how often */ function computing(n: number) {}
  let total = 41;`;

type Scenario = (client: KernelClient, host: Host) => Promise<void>;

const typesOf = (published: readonly Message[]) =>
  published.map(({ type, content }) => (type === 'status' ? content.execution_state : type));

const statusesOf = async (cells: readonly Asked[]) =>
  (await Promise.all(cells.map(({ reply }) => reply))).map(({ status }) => status);

/** Waits until a cell runs: an earlier interrupt only drops the cell. */
const isTaken = (client: KernelClient, cell: Asked) => client.until(() => cell.published[0]);

/** Interrupts a cell, and checks the result. The second interrupt does not wait. */
async function interrupt(client: KernelClient, cell: Asked, times = 2): Promise<void> {
  for (let i = 0; i < times; i++) await client.interrupt();
  const { reply, published } = await cell.result();
  deepEqual([reply.ename, contentOf(published, 'error').ename], ['Interrupt', 'Interrupt']);
}

/** The next cell runs with the variables of earlier cells. */
const livesOn = async (client: KernelClient) =>
  match((await client.result('total += 1; total')).printed, /^\d+\n$/);

const sleep = (ms: number) => `await new Promise<void>(done => setTimeout(done, ${ms}));`;

/** Splits a marked code into the content of a question: Jupyter counts an emoji as one character. */
function requestOf(marked: string) {
  const [head = '', rest = ''] = marked.split('|');
  return { code: head + rest, cursor_pos: [...head].length };
}

const LINES = Array.from({ length: 10_000 }, (_, i) => `line ${i}\n`).join('');

const SCENARIOS: Record<string, Scenario> = {
  async 'runs the cells behind one that fails, if they are to run'(client) {
    const options = { stop_on_error: false };
    const cells = [
      client.run('let ran = 0;'),
      client.run('throw new Error("go on")', options),
      client.run('ran = 1;'),
    ];
    deepEqual(await statusesOf(cells), ['ok', 'error', 'ok']);
    deepEqual(await client.printed('ran'), ['1\n']);
  },

  async 'answers a cell that is silent, or not to be kept, without a number'(client) {
    const { execution_count } = (await client.result('"kept"')).reply;
    const silent = await client.result('console.log("out"); 5', { silent: true });
    deepEqual(typesOf(silent.published), ['busy', 'stream', 'idle']);
    equal(silent.stdout, 'out\n');
    const { reply } = await client.result('throw new RangeError("quietly")', { silent: true });
    deepEqual([reply.status, reply.evalue], ['error', 'quietly']);
    const unkept = await client.result('"unkept"', { store_history: false });
    equal(unkept.printed, "'unkept'\n");
    for (const { reply } of [silent, unkept]) equal(reply.execution_count, execution_count);
    const tail = await client.ask('history_request', { hist_access_type: 'tail', n: 1 }).reply;
    deepEqual(tail.history, [[1, execution_count, '"kept"']]);
  },

  async 'tells of an error that cannot be read in the answer as in what is published'(client) {
    const code = 'throw new Proxy({}, { get() { throw new Error("no"); } });';
    const { reply, published } = await client.result(code);
    const { ename, evalue, traceback } = contentOf(published, 'error');
    deepEqual([ename, evalue, traceback], [reply.ename, reply.evalue, reply.traceback]);
  },

  async 'shows what a cell prints once it has ended'(client) {
    const cell = client.run('setTimeout(() => console.log("late"), 50); 1');
    await cell.idle;
    await cell.printed('late\n');
  },

  async 'completes what is typed'(client, { name }) {
    for (const { code: marked, replaced, first, kind, host = name } of QUESTIONS.complete) {
      if (host !== name) continue;
      const question = requestOf(marked);
      const { reply } = client.ask('complete_request', question);
      const { matches, cursor_start, cursor_end, metadata } = await reply;
      deepEqual([marked, matches.slice(0, Math.max(1, first.length))], [marked, first]);
      equal([...question.code].slice(cursor_start, cursor_end).join(''), replaced);
      if (kind) equal(metadata._jupyter_types_experimental[0].type, kind, marked);
    }
  },

  async 'explains a name, or a call, with its documentation'(client) {
    for (const [marked, pattern] of Object.entries(QUESTIONS.inspect)) {
      const { data } = await client.ask('inspect_request', requestOf(marked)).reply;
      match(data['text/plain'] ?? '', new RegExp(pattern));
    }
  },

  async 'tells code that is not finished from code that is wrong'(client) {
    const statusOf = async (code: string) => {
      for (;;) {
        const { status } = await client.ask('is_complete_request', { code }).reply;
        if (status !== 'unknown') return status; // as TypeScript is late on a busy machine
      }
    };
    for (const [status, codes] of Object.entries(QUESTIONS['is-complete'])) {
      for (const code of codes) equal(await statusOf(code), status, code);
    }
  },

  async 'answers while a cell computes, and says that it is still busy'(client) {
    const stateOf = () =>
      client.published.filter(({ type }) => type === 'status').at(-1)?.content.execution_state;
    const cell = client.run('console.log("begun"); while (Date.now() % 1e6 >= 0);');
    await cell.printed('begun');
    const question = client.ask('complete_request', requestOf('pets.'));
    equal((await question.reply).matches[0], 'dog');
    const info = client.ask('kernel_info_request');
    const { implementation, language_info, protocol_version } = await info.reply;
    deepEqual([implementation, language_info.name], ['tslab', 'typescript']);
    match(protocol_version, /^5\./);
    await info.idle;
    await client.until(() => (stateOf() === 'busy' ? true : undefined));
    equal(cell.published.some(isIdle), false);
    await interrupt(client, cell, 1);
    equal(stateOf(), 'idle');
  },

  async 'shows content of several types, also in place'(client) {
    const { published } = await client.result(`
      tslab.display.html('<b>1</b>');
      tslab.display.png(Uint8Array.of(137, 80));
      tslab.display.latex('$x$');
      tslab.display.pdf(Uint8Array.of(37, 80));
      const display = tslab.newDisplay();
      display.markdown('*2*');`);
    const later = await client.result("display.markdown('*3*');");
    const displays = [...published, ...later.published].filter(({ type }) => /display/.test(type));
    deepEqual(
      displays.map(({ type, content: { data } }) => [type, data]),
      [
        ['display_data', { 'text/html': '<b>1</b>' }],
        ['display_data', { 'image/png': 'iVA=' }],
        ['display_data', { 'text/latex': '$x$' }],
        ['display_data', { 'application/pdf': 'JVA=' }],
        ['display_data', { 'text/markdown': '*2*' }],
        ['update_display_data', { 'text/markdown': '*3*' }],
      ],
    );
    const [first, second] = displays.slice(-2).map(({ content }) => content.transient?.display_id);
    ok(first && first === second);
  },

  async 'closes a comm, and answers a request that it does not know with an error'(client) {
    const comm = { comm_id: 'one', data: {} };
    const opened = client.ask('comm_open', { ...comm, target_name: 'test' });
    await opened.idle;
    deepEqual(contentOf(opened.published, 'comm_close'), comm);
    deepEqual(await client.ask('comm_info_request').reply, { status: 'ok', comms: {} });
    const unknown = client.ask('debug_request', { command: 'initialize' });
    const { status, evalue } = await unknown.reply;
    equal(status, 'error');
    match(evalue, /received debug_request/);
    await unknown.idle;
  },

  async 'takes a cell of two megabytes'(client) {
    const code = `const big = "${'a'.repeat(1_000_000)}";\n${'// comment\n'.repeat(91_000)}big.length`;
    const { printed, published } = await client.result(code);
    equal(printed, '1000000\n');
    equal(contentOf(published, 'execute_input').code, code);
    // The type is as long for all later cells.
    await client.result('const big = 0;');
  },

  async 'prints ten thousand lines in their order, at once and slowly'(client) {
    const print = 'console.log("line " + i)';
    const slowly = `for (let i = 0; i < 10_000; i++) { ${print}; if (i % 100 === 0) ${sleep(1)} }`;
    const quickly = `for (let i = 0; i < 10_000; i++) ${print}; console.error("red"); ${print.replace('i)', '9)')}`;
    equal((await client.result(quickly)).printed, `${LINES}red\nline 9\n`);
    equal((await client.result(slowly)).stdout, LINES);
  },

  async 'prints a million characters at most in a browser, 20 million otherwise'(client, { name }) {
    const limit = name === 'installed' ? 20_000_000 : 1_000_000;
    const line = 'x'.repeat(9999);
    const { stdout } = await client.result(
      `for (let i = 0; i < ${limit / 5000}; i++) console.log("${line}");`,
    );
    ok(stdout.length < limit * 1.02, String(stdout.length));
    ok(stdout.endsWith(`\n${tables.en.cells.tooMuchOutput}\n`), stdout.slice(-100));
    deepEqual(await client.printed("console.log('again')"), ['again\n']);
  },

  async 'answers a message with fields of a wrong kind'(client) {
    for (const content of [{}, { code: null }, { code: 3 }, { code: ['a'] }]) {
      await client.ask('execute_request', content).reply;
    }
    for (const wrong of [null, 'x', -5, 1e9, {}]) {
      for (const [type, content] of [
        ['complete_request', { code: 'Math.ma', cursor_pos: wrong }],
        ['inspect_request', { code: 'Math.max', cursor_pos: wrong }],
        ['complete_request', { code: wrong, cursor_pos: 2 }],
        ['is_complete_request', { code: wrong }],
        ['history_request', { hist_access_type: wrong, n: wrong }],
      ] as const) {
        await client.ask(type, content).reply;
      }
      await client.result('1', { silent: wrong, stop_on_error: wrong });
    }
    deepEqual(await client.printed('6 * 7'), ['42\n']);
  },

  async 'ends the output of an endless loop at ■, and prints nothing afterwards'(client) {
    const cell = client.run('console.log("begun"); for (let i = 0; ; i++) console.log(i);');
    await cell.printed('begun\n');
    await interrupt(client, cell);
    const printed = cell.published.length;
    await livesOn(client);
    await client.result(sleep(100));
    equal(cell.published.length, printed);
  },

  async 'leaves the next cell alone at a ■ of no cell'(client) {
    for (let i = 0; i < 3; i++) await client.interrupt();
    await livesOn(client);
  },

  async 'ends twenty cells one after the other at ■, some before they have begun'(client) {
    for (let i = 0; i < 20; i++) {
      const cell = client.run('console.log("begun"); await new Promise(() => {});');
      await (i % 5 > 0 ? cell.printed('begun\n') : isTaken(client, cell));
      await interrupt(client, cell, 1 + (i % 2));
    }
    await livesOn(client);
  },

  async 'answers a cell that ends the kernel, says what is lost, and runs again'(client, { name }) {
    const isInstalled = name === 'installed';
    const { exit } = isInstalled ? tables.en.ended : page.ended;
    for (const end of ['process.exit(3)', ...(isInstalled ? [] : ['self.close()'])]) {
      await client.result('let lost = 1;');
      const cell = client.run(`console.log("last words"); try { ${end} } finally {}`);
      const behind = client.run('lost');
      const explained = client.ask('inspect_request', { code: 'lost', cursor_pos: 1 });
      const { reply, printed } = await cell.result();
      deepEqual([reply.status, reply.ename, reply.evalue], ['error', 'KernelEnded', exit]);
      equal(printed, `last words\nKernelEnded: ${exit}\n`);
      equal((await behind.reply).status, 'aborted');
      ok((await explained.reply).status);
      match((await client.result('lost')).printed, /^(ReferenceError|TypeScriptError): .*lost/);
    }
    const late = client.run('setTimeout(() => process.exit(), 300);');
    await client.until(() => late.published.find(({ content }) => content.text === `${exit}\n`));
    deepEqual(await client.printed('let total = 2; total'), ['2\n']);
  },
};

for (const host of hosts) {
  describe(`A kernel over Jupyter’s protocol: ${host.name}`, function () {
    this.retries(1);
    this.timeout(120_000);
    let client: KernelClient;
    let close = async (): Promise<void> => {};
    before(async () => {
      ({ client, close } = await host.open());
      const { reply, printed } = await client.result(PREPARE);
      equal(reply.status, 'ok', printed);
    });
    after(() => close());
    for (const [title, scenario] of Object.entries(SCENARIOS)) {
      it(title, () => scenario(client, host));
    }
  });
}
after(closePages);
