/** Jupyter's protocol beyond what its own suite of tests asks; `protocol.system.ts` runs that one. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type Client, type Content, contentOf, type Message } from './wire/client';
import { Kernel } from './wire/kernel';

const typesOf = (published: readonly Message[]) =>
  published.map(({ type, content }) => (type === 'status' ? content.execution_state : type));

describe('the kernel answers', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
  });
  after(() => kernel.stop());

  describe('a cell', () => {
    it('with its code, its number and its value', async () => {
      const before = await client.result('1');
      const count = Number(before.reply.execution_count) + 1;
      const { reply, published } = await client.result('20 + 22');
      deepEqual(typesOf(published), ['busy', 'execute_input', 'execute_result', 'idle']);
      deepEqual(contentOf(published, 'execute_input'), { code: '20 + 22', execution_count: count });
      deepEqual(contentOf(published, 'execute_result'), {
        execution_count: count,
        data: { 'text/plain': '42' },
        metadata: {},
      });
      deepEqual(reply, {
        ...{ status: 'ok', execution_count: count },
        ...{ payload: [], user_expressions: {} },
      });
    });

    it('that is silent, without value and number', async () => {
      const before = await client.result('1');
      const { reply, published, stdout } = await client.result('console.log("out"); 5', {
        silent: true,
      });
      deepEqual(typesOf(published), ['busy', 'stream', 'idle']);
      equal(stdout, 'out\n');
      equal(reply.execution_count, before.reply.execution_count);
      const after = await client.result('1');
      equal(after.reply.execution_count, Number(before.reply.execution_count) + 1);
    });

    it('that is silent and fails, as failed', async () => {
      const { reply } = await client.result('throw new RangeError("quietly")', { silent: true });
      deepEqual([reply.status, reply.ename, reply.evalue], ['error', 'RangeError', 'quietly']);
    });

    it('that is not to be kept, with its value and without a number', async () => {
      const before = await client.result('1');
      const { reply, published } = await client.result('"unkept"', { store_history: false });
      equal(reply.execution_count, before.reply.execution_count);
      deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': "'unkept'" });
      const { history } = await client.ask('history_request', { hist_access_type: 'tail', n: 1 })
        .reply;
      equal((history as string[][])[0]?.[2], '1');
    });

    it('that is empty, or a comment', async () => {
      for (const code of ['', '  \n', '// nothing']) {
        const { reply, published } = await client.result(code);
        equal(reply.status, 'ok');
        deepEqual(typesOf(published), ['busy', 'execute_input', 'idle']);
      }
    });

    it('with expressions beside it', async () => {
      const { reply, published } = await client.result('const five = 5;', {
        user_expressions: {
          right: 'five * 2',
          wrong: 'five.length',
          throws: '(() => { throw new RangeError("too far"); })()',
          nothing: 'undefined',
          later: 'await Promise.resolve(five)',
        },
      });
      equal(reply.status, 'ok');
      deepEqual(typesOf(published), ['busy', 'execute_input', 'idle']);
      const { right, wrong, throws, nothing, later } = reply.user_expressions as Record<
        string,
        Content
      >;
      deepEqual(right, { status: 'ok', data: { 'text/plain': '10' }, metadata: {} });
      deepEqual([wrong?.status, wrong?.ename], ['error', 'TypeScriptError']);
      match(String(wrong?.evalue), /'length' does not exist on type '5'/);
      deepEqual(
        [throws?.status, throws?.ename, throws?.evalue],
        ['error', 'RangeError', 'too far'],
      );
      ok(Array.isArray(throws?.traceback));
      deepEqual(nothing, { status: 'ok', data: { 'text/plain': 'undefined' }, metadata: {} });
      deepEqual(later?.data, { 'text/plain': '5' });
    });

    it('with what an earlier one prints late, in that cell or the next one', async () => {
      const early = client.run('setTimeout(() => console.log("late"), 50); 1');
      await early.idle;
      const next = client.run('await new Promise<void>(done => setTimeout(done, 200));');
      await next.idle;
      match((await early.result()).stdout + (await next.result()).stdout, /^late\n$/);
    });

    it('with what it prints once it has ended', async () => {
      const cell = client.run('setTimeout(() => console.log("late"), 50); 1');
      await cell.idle;
      await cell.printed('late\n');
    });
  });

  describe('cells behind one that fails', () => {
    it('by dropping them', async () => {
      const cells = [
        client.run('let dropped = 0;'),
        client.run('throw new Error("stop")'),
        client.run('dropped = 1;'),
        client.run('dropped = 2;'),
      ];
      const results = await Promise.all(cells.map(cell => cell.result()));
      deepEqual(
        results.map(({ reply }) => reply.status),
        ['ok', 'error', 'aborted', 'aborted'],
      );
      deepEqual(typesOf(results[3]?.published ?? []), ['busy', 'idle']);
      const { published } = await client.result('dropped');
      deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': '0' });
    });

    it('by running them where they are to run', async () => {
      const cells = [
        client.run('let ran = 0;'),
        client.run('throw new Error("go on")', { stop_on_error: false }),
        client.run('ran = 1;'),
      ];
      const results = await Promise.all(cells.map(cell => cell.result()));
      deepEqual(
        results.map(({ reply }) => reply.status),
        ['ok', 'error', 'ok'],
      );
      const { published } = await client.result('ran');
      deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': '1' });
    });
  });

  describe('while a cell computes', () => {
    it('who it is, and that it is still busy', async () => {
      const cell = client.run('console.log("begun"); while (Date.now() % 1e6 >= 0);');
      await cell.printed('begun');
      for (const channel of ['shell', 'control'] as const) {
        const asked = client.ask('kernel_info_request', {}, channel);
        equal((await asked.reply).implementation, 'tslab');
        await asked.idle;
        await client.until(() => (stateOf(client) === 'busy' ? true : undefined));
      }
      equal(cell.published.some(isIdle), false);
      client.ask('interrupt_request', {}, 'control');
      equal((await cell.reply).status, 'error');
      await cell.idle;
      equal(stateOf(client), 'idle');
    });

    it('whether a cell looks whole', async () => {
      const cell = client.run('console.log("begun"); while (Date.now() % 1e6 >= 0);');
      await cell.printed('begun');
      for (const [code, status] of [
        ['f(', 'incomplete'],
        ['f()', 'complete'],
      ]) {
        equal((await client.ask('is_complete_request', { code }).reply).status, status);
      }
      equal(cell.published.some(isIdle), false);
      client.ask('interrupt_request', {}, 'control');
      equal((await cell.reply).status, 'error');
      await cell.idle;
    });

    it('a completion, and that it is still busy', async () => {
      const cell = client.run('await new Promise<void>(done => setTimeout(done, 1000));');
      const asked = client.ask('complete_request', { code: 'Math.ma', cursor_pos: 7 });
      ok(((await asked.reply).matches as string[]).includes('max'));
      await client.until(() => (stateOf(client) === 'busy' ? true : undefined));
      equal(cell.published.some(isIdle), false);
      await cell.idle;
      equal(stateOf(client), 'idle');
    });
  });

  describe('widgets', () => {
    it('that there are none', async () => {
      const { status, comms } = await client.ask('comm_info_request').reply;
      deepEqual({ status, comms }, { status: 'ok', comms: {} });
    });

    it('by closing one that is opened', async () => {
      const opened = { comm_id: 'c1', target_name: 'jupyter.widget', data: {} };
      const asked = client.ask('comm_open', opened);
      await asked.idle;
      deepEqual(contentOf(asked.published, 'comm_close'), { comm_id: 'c1', data: {} });
    });
  });

  const isIdle = ({ type, content }: Message) =>
    type === 'status' && content.execution_state === 'idle';
  const stateOf = ({ published }: Client) =>
    published.filter(({ type }) => type === 'status').at(-1)?.content.execution_state;
});
