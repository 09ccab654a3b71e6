/** How the kernel starts, and what by; how it ends: as it is told to, or with the process that has started it. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionInfo } from '../../lib/kernel/protocol/connection-file';
import type { Client } from './client';
import { connectionInfo, Kernel } from './kernel';

describe('a kernel', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  afterEach(() => kernel.stop());

  describe('with a connection file', () => {
    it('with a port that is taken names it', async () => {
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

    for (const [what, change] of [
      ['that signs nothing', { key: '' }],
      ['of files, signed by SHA-512', { signature_scheme: 'hmac-sha512', transport: 'ipc' }],
    ] satisfies [string, Partial<ConnectionInfo>][]) {
      it(`${what} serves`, async function () {
        if ('transport' in change && process.platform === 'win32') this.skip();
        const ip = 'transport' in change ? `/tmp/tslab-${process.pid}` : '127.0.0.1';
        const info = { ...(await connectionInfo()), ...change, ip };
        ({ kernel, client } = await Kernel.start(info));
        try {
          deepEqual(await client.printed('console.log("here")'), ['here\n']);
          equal(kernel.log, '');
        } finally {
          await kernel.stop();
          for (const [name, port] of Object.entries(info)) {
            if (name.endsWith('_port')) rmSync(`${ip}-${port}`, { force: true });
          }
        }
      });
    }
  });

  describe('ends', () => {
    for (const [what, code, channel, restart, end] of [
      ['as it is told to, to be started anew', 'setInterval(() => {}, 1000);', 'shell', true, 0],
      ['while a cell computes', 'for (;;);', 'control', false, 'SIGKILL'],
    ] as const) {
      it(what, async () => {
        ({ kernel, client } = await Kernel.start());
        await client.run(`console.log("begun"); ${code}`).printed('begun');
        const { reply } = client.ask('shutdown_request', { restart }, channel);
        deepEqual(await reply, { status: 'ok', restart });
        equal(await kernel.ended, end);
        equal(kernel.log + kernel.stdout, '');
      });
    }

    it('as its parent is killed, while a cell computes', async () => {
      kernel = await Kernel.launch({ shell: 'JPY_PARENT_PID=$$ "$@" & echo $!; wait' });
      client = await kernel.connect();
      await client.run('console.log("begun"); for (;;);').printed('begun');
      const id = Number(kernel.stdout);
      ok(lives(id));
      kernel.process.kill('SIGKILL');
      const until = Date.now() + 3000;
      while (lives(id) && Date.now() < until) await wait(50);
      ok(!lives(id), `process ${id} lives on`);
    });

    it('not with its parent if none is named', async () => {
      kernel = await Kernel.launch({ shell: '"$@" & echo $!' });
      client = await kernel.connect();
      const id = Number(kernel.stdout);
      try {
        // Longer than the kernel takes to see that its parent is gone.
        await wait(1500);
        deepEqual(await client.printed('console.log("here");'), ['here\n']);
        client.ask('shutdown_request', {}, 'control');
        while (lives(id)) await wait(50);
      } finally {
        if (lives(id)) process.kill(id, 'SIGKILL');
      }
    });
  });
});

function lives(id: number): boolean {
  try {
    process.kill(id, 0);
    // What has ended may wait for whoever asks how.
    const stat = `/proc/${id}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
