/** Connection files and messages that are damaged: the kernel says what it expected, and hangs nowhere. */
import { equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { ConnectionInfo } from '../../lib/kernel/protocol/connection-file';
import type { Client } from './wire/client';
import { connectionInfo, Kernel, MISSING } from './wire/kernel';

describe('a connection file', function () {
  this.retries(1);

  /** Returns what the kernel has written to its log, once it has ended. */
  async function refused(file: string): Promise<string> {
    const began = Date.now();
    const kernel = await Kernel.launch({ file });
    try {
      equal(await kernel.ended, 1);
      equal(Date.now() - began < 3000, true, 'it took more than three seconds');
      match(kernel.log, /^\[tslab\] .*\n$/, 'it says more than a line');
      return kernel.log;
    } finally {
      await kernel.stop();
    }
  }
  const expected = /Expected the connection file of a Jupyter client at .*connection\.json: /;

  for (const [what, file, said] of [
    ['is missing', MISSING, /no such file/],
    ['is empty', '', /JSON/],
    ['holds no JSON', '{"ip": ', /JSON/],
    ['holds null', 'null', /it has no "ip"/],
    ['holds a list', '[1]', /it has no "ip"/],
    ['has no port', '{"ip": "127.0.0.1", "shell_port": 1}', /its "control_port" is undefined/],
    ['has a port in words', '{"ip": "127.0.0.1", "shell_port": "x"}', /its "shell_port" is x/],
  ] as const) {
    it(`that ${what} is named`, async () => {
      const log = await refused(file);
      match(log, expected);
      match(log, said);
    });
  }

  it('with a scheme that is unknown is named', async () => {
    const info = { ...(await connectionInfo()), signature_scheme: 'hmac-md1' };
    match(await refused(JSON.stringify(info)), /its "signature_scheme" is hmac-md1/);
  });

  it('with a port that is taken is named', async () => {
    const info = await connectionInfo();
    const server = createServer().listen(info.iopub_port, '127.0.0.1');
    await once(server, 'listening');
    try {
      const log = await refused(JSON.stringify(info));
      match(log, new RegExp(`127\\.0\\.0\\.1:${info.iopub_port}`));
      match(log, /in use/i);
    } finally {
      server.close();
    }
  });
});

describe('a message', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
  });
  after(() => kernel.stop());

  /** Sends it on both channels; then all is answered as before, and the log says why not. */
  async function leftOut(frames: readonly (string | Buffer)[], said: RegExp): Promise<void> {
    const before = kernel.log.length;
    for (const channel of ['shell', 'control'] as const) {
      client.send(frames, channel);
      equal((await client.ask('kernel_info_request', {}, channel).reply).status, 'ok');
    }
    equal((await client.result('6 * 7')).reply.status, 'ok');
    const lines = kernel.log.slice(before).trim().split('\n');
    equal(lines.length, 2, kernel.log);
    for (const line of lines) match(line, said);
  }
  const partsOf = (type: string, content: unknown) =>
    [client.header(type), {}, {}, content].map(part => JSON.stringify(part));

  it('with a wrong signature is left out', async () => {
    const parts = partsOf('execute_request', { code: 'process.exit()' });
    await leftOut(client.signed(parts, 'another key'), /refused: .*signed by the key/);
    await leftOut(client.signed(parts, ''), /refused: .*signed by the key/);
  });

  it('without a delimiter, or with too few frames, is left out', async () => {
    await leftOut(['', 'no', 'message'], /refused: Expected a message of Jupyter/);
    await leftOut([''], /refused: Expected a message of Jupyter/);
    await leftOut(['<IDS|MSG>', 'x', '{}'], /refused: Expected a message of Jupyter/);
  });

  it('of garbage is left out', async () => {
    const garbage = Array.from({ length: 9 }, (_, i) => Buffer.alloc(1000, 37 * i));
    await leftOut(garbage, /refused: Expected a message of Jupyter/);
    await leftOut(['<IDS|MSG>', ...garbage], /refused: .*signed by the key/);
  });

  it('that is signed and no JSON is left out', async () => {
    for (const text of ['{"code": ', '', '\xff']) {
      const parts = partsOf('execute_request', {});
      await leftOut(client.signed([...parts.slice(0, 3), text]), /refused: .*JSON/);
    }
  });

  it('that is signed and JSON of another kind is left out', async () => {
    for (const other of ['null', '3', '[]', '"text"']) {
      const [header = '', ...parts] = partsOf('execute_request', {});
      await leftOut(client.signed([other, ...parts]), /refused: Expected a header/);
      const content = [header, '{}', '{}', other];
      await leftOut(client.signed(content), /refused: Expected a content/);
    }
    await leftOut(client.signed(['{}', '{}', '{}', '{}']), /refused: Expected a header/);
  });

  it('of an unknown type is left unanswered', async () => {
    const frames = client.signed(partsOf('wonder_request', {}));
    await leftOut(frames, /a message of the type "?wonder_request"? .*unanswered/i);
  });

  it('that wants a cell without code is answered', async () => {
    for (const content of [{}, { code: null }, { code: 3 }, { code: ['a'] }]) {
      const { reply } = await client.ask('execute_request', content).result();
      equal(reply.status, 'error');
      match(String(reply.evalue), /code/);
    }
  });

  it('with fields of a wrong kind is answered', async () => {
    const reply = (type: string, content: Record<string, unknown>) =>
      client.ask(type, content).reply;
    for (const wrong of [null, 'x', -5, 1e9, {}]) {
      await reply('complete_request', { code: 'Math.ma', cursor_pos: wrong });
      await reply('inspect_request', { code: 'Math.max', cursor_pos: wrong });
      await reply('complete_request', { code: wrong, cursor_pos: 2 });
      await reply('is_complete_request', { code: wrong });
      await reply('history_request', { hist_access_type: wrong, n: wrong, pattern: wrong });
      await reply('history_request', { hist_access_type: 'search', pattern: wrong });
      await reply('history_request', { hist_access_type: 'range', start: wrong, stop: wrong });
      await client.result('1', { user_expressions: wrong, silent: wrong, stop_on_error: wrong });
      await client.result('1', { user_expressions: { a: wrong } });
    }
    equal((await client.result('6 * 7')).reply.status, 'ok');
  });
});

describe('a connection', function () {
  this.retries(1);

  for (const [what, change] of [
    ['that nobody signs', { key: '' }],
    ['signed by SHA-512', { signature_scheme: 'hmac-sha512' }],
    ['by files', { transport: 'ipc', ip: `/tmp/tslab-${process.pid}` }],
  ] satisfies [string, Partial<ConnectionInfo>][]) {
    it(`${what} serves`, async function () {
      if ('transport' in change && process.platform === 'win32') this.skip();
      const info = { ...(await connectionInfo()), ...change };
      const { kernel, client } = await Kernel.start(info);
      try {
        equal((await client.result('console.log("here")')).stdout, 'here\n');
        equal(kernel.log, '');
      } finally {
        await kernel.stop();
        for (const [name, port] of Object.entries(info)) {
          if (name.endsWith('_port')) rmSync(`${info.ip}-${port}`, { force: true });
        }
      }
    });
  }
});
