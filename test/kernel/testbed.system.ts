/** The 27 checks of kernel-testbed, Jupyter's scorecard of kernels, which the workflow runs itself. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Request } from 'zeromq';
import { addressOf } from '../../lib/kernel/protocol/connection-file';
import { type Client, type Content, contentOf, type Result } from './client';
import { Kernel } from './kernel';

const SETUP = 'const testVariableForCompletion = 42;';
const SHOW =
  'import { newDisplay } from "tslab"; const shown = newDisplay(); shown.html("<b>1</b>");';

describe('kernel-testbed', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
    await client.result(SETUP);
  });
  after(() => kernel.stop());

  const ask = (type: string, content: Content = {}) => client.ask(type, content).reply;
  const info = () => ask('kernel_info_request');
  const types = ({ published }: Result) => published.map(({ type }) => type);
  const states = ({ published }: Result) =>
    published.flatMap(({ type, content }) => (type === 'status' ? [content.execution_state] : []));

  const CHECKS: Record<string, () => Promise<void>> = {
    async heartbeat_responds() {
      const heart = new Request();
      heart.connect(addressOf(kernel.info, kernel.info.hb_port));
      await heart.send('beat');
      equal(String(await heart.receive()), 'beat');
      heart.close();
    },
    async iopub_welcome() {
      const { parent, content } =
        client.published.find(({ type }) => type === 'iopub_welcome') ?? {};
      deepEqual([parent, content], [undefined, { subscription: '' }]);
    },
    kernel_info_reply_valid: async () => equal((await info()).status, 'ok'),
    kernel_info_has_language_info: async () =>
      equal(((await info()).language_info as Content).name, 'typescript'),
    kernel_info_has_protocol_version: async () =>
      match(String((await info()).protocol_version), /^5\./),
    execute_stdout: async () =>
      equal((await client.result("console.log('hello')")).stdout, 'hello\n'),
    async execute_stderr() {
      const { published } = await client.result("console.error('error')");
      deepEqual(contentOf(published, 'stream'), { name: 'stderr', text: 'error\n' });
    },
    execute_reply_ok: async () => equal((await client.result('const x = 1')).reply.status, 'ok'),
    status_busy_idle_lifecycle: async () =>
      deepEqual(states(await client.result('const x = 1')), ['busy', 'idle']),
    execute_input_broadcast: async () =>
      ok(types(await client.result('const x = 1')).includes('execute_input')),
    async complete_request() {
      const code = 'testVariableFor';
      const { status, matches } = await ask('complete_request', { code, cursor_pos: code.length });
      deepEqual([status, matches], ['ok', ['testVariableForCompletion']]);
    },
    async inspect_request() {
      const code = 'testVariableForCompletion';
      const { status, found } = await ask('inspect_request', { code, cursor_pos: code.length });
      deepEqual([status, found], ['ok', true]);
    },
    is_complete_complete: async () =>
      equal((await ask('is_complete_request', { code: 'const x = 1' })).status, 'complete'),
    is_complete_incomplete: async () =>
      equal((await ask('is_complete_request', { code: 'const x = {' })).status, 'incomplete'),
    async history_request() {
      const wanted = { hist_access_type: 'tail', n: 10, output: false, raw: true };
      const { status, history } = await ask('history_request', wanted);
      equal(status, 'ok');
      ok((history as unknown[][]).some(([, , code]) => code === SETUP));
    },
    comm_info_request: async () =>
      deepEqual(await ask('comm_info_request'), { status: 'ok', comms: {} }),
    async error_handling() {
      const { reply, published } = await client.result('function function');
      deepEqual([reply.status, contentOf(published, 'error').ename], ['error', 'SyntaxError']);
    },
    display_data: async () => ok(types(await client.result(SHOW)).includes('display_data')),
    update_display_data: async () =>
      ok(types(await client.result('shown.html("<b>2</b>");')).includes('update_display_data')),
    execute_result: async () => equal((await client.result('1 + 1')).printed, '2\n'),
    async rich_execute_result() {
      const { published } = await client.result('[{ letter: "A", frequency: 0.08 }]');
      ok((contentOf(published, 'execute_result').data as Content)['text/plain']);
    },
    async stdin_input_request() {
      const cell = client.run("prompt('Enter: ')", { allow_stdin: true });
      equal(await client.type('"test_input_42"', cell), 'Enter: ');
      equal((await cell.result()).printed, `'"test_input_42"'\n`);
    },
    async comms_lifecycle() {
      const comm_id = randomUUID();
      const asked = client.ask('comm_open', { comm_id, target_name: 'test', data: {} });
      await asked.idle;
      deepEqual(contentOf(asked.published, 'comm_close'), { comm_id, data: {} });
    },
    interrupt_request: async () => equal((await client.interrupt()).status, 'ok'),
    async execution_count_increments() {
      const [first, second] = [await client.result('1'), await client.result('1')];
      equal(Number(second.reply.execution_count), Number(first.reply.execution_count) + 1);
    },
    async parent_header_correlation() {
      const before = client.published.length;
      const { published } = await client.result("console.log('hello')");
      deepEqual(client.published.slice(before), published);
    },
    async shutdown_reply() {
      const { reply } = client.ask('shutdown_request', { restart: false }, 'control');
      equal((await reply).status, 'ok');
      equal(await kernel.ended, 0);
    },
  };
  for (const [name, check] of Object.entries(CHECKS)) it(name, check);
});
