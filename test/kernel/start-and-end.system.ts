/** The start of the kernel, and the end: on request, or with the parent process. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../../lib/command/processes/watch-parent.mjs';
import type { ConnectionInfo } from '../../lib/kernel/node/protocol/connection-file';
import type { Client } from './client';
import { connectionInfo, Kernel } from './kernel';

describe('a kernel', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  afterEach(() => kernel.stop());

  it('names a port that is taken', async () => {
    const info = await connectionInfo();
    const server = createServer().listen(info.iopub_port, '127.0.0.1');
    await once(server, 'listening');
    try {
      kernel = await Kernel.launch({ info });
      equal(await kernel.ended, 1);
      match(kernel.log, /^\[tslab\] .*\n$/, 'it says more than a line');
      match(kernel.log, new RegExp(`127\\.0\\.0\\.1:${info.iopub_port}.*in use`, 'i'));
    } finally {
      server.close();
    }
  });

  const files = {
    ...{ signature_scheme: 'hmac-sha512', transport: 'ipc' },
    ip: `/tmp/tslab-${process.pid}`,
  };
  for (const [what, change, code, channel, restart] of [
    ['that signs nothing', { key: '' }, 'setInterval(() => {}, 1000);', 'shell', true],
    ['of files, signed by SHA-512', files, 'for (;;);', 'control', false],
  ] as const) {
    it(`${what} serves, and ends by a request on ${channel} during ${code}`, async function () {
      if (change === files && process.platform === 'win32') this.skip();
      const info: ConnectionInfo = { ...(await connectionInfo()), ...change };
      ({ kernel, client } = await Kernel.start({ info }));
      try {
        await client.run(`console.log("begun"); ${code}`).printed('begun');
        const { reply } = client.ask('shutdown_request', { restart }, channel);
        deepEqual(await reply, { status: 'ok', restart });
        equal(await kernel.ended, 0);
        equal(kernel.log + kernel.stdout, '');
      } finally {
        await kernel.stop();
        for (const [name, port] of Object.entries(info)) {
          if (name.endsWith('_port')) rmSync(`${info.ip}-${port}`, { force: true });
        }
      }
    });
  }

  it('ends as its parent is killed, while a cell computes', async () => {
    kernel = await Kernel.launch({ shell: 'JPY_PARENT_PID=$$ "$@" & echo $!; wait' });
    client = await kernel.connect();
    await client.run('console.log("begun"); for (;;);').printed('begun');
    const id = Number(kernel.stdout);
    ok(isAlive(id));
    kernel.process.kill('SIGKILL');
    const until = Date.now() + 3000;
    while (isAlive(id) && Date.now() < until) await wait(50);
    ok(!isAlive(id), `process ${id} lives on`);
  });
});
