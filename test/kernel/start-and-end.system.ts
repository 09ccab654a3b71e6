/** How the kernel starts, and what by; how it ends: as it is told to, or with the process that has started it. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionInfo } from '../../lib/kernel/protocol/connection-file';
import { connectionInfo, Kernel } from './kernel';

describe('a connection file', function () {
  this.retries(1);

  /** Returns what the kernel has written to its log, once it has ended. */
  async function refused(file: string): Promise<string> {
    const kernel = await Kernel.launch({ file });
    try {
      equal(await kernel.ended, 1);
      match(kernel.log, /^\[tslab\] .*\n$/, 'it says more than a line');
      return kernel.log;
    } finally {
      await kernel.stop();
    }
  }

  it('that is damaged is named', async () => {
    match(
      await refused('{"ip": '),
      /Expected the connection file of a Jupyter client at .*connection\.json: .*JSON/,
    );
  });

  it('with a port that is taken is named', async () => {
    const info = await connectionInfo();
    const server = createServer().listen(info.iopub_port, '127.0.0.1');
    await once(server, 'listening');
    try {
      const log = await refused(JSON.stringify(info));
      match(log, new RegExp(`127\\.0\\.0\\.1:${info.iopub_port}.*in use`, 'i'));
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
      const { kernel, client } = await Kernel.start(info);
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

describe('the kernel ends', function () {
  this.retries(1);

  for (const [what, code, channel, restart, end] of [
    ['as the control channel says', 'setInterval(() => {}, 1000);', 'control', false, 0],
    ['to be started anew', 'setInterval(() => {}, 1000);', 'shell', true, 0],
    ['while a cell computes', 'for (;;);', 'control', false, 'SIGKILL'],
  ] as const) {
    it(what, async () => {
      const { kernel, client } = await Kernel.start();
      try {
        await client.run(`console.log("begun"); ${code}`).printed('begun');
        const { reply } = client.ask('shutdown_request', { restart }, channel);
        deepEqual(await reply, { status: 'ok', restart });
        equal(await kernel.ended, end);
        equal(kernel.log + kernel.stdout, '');
      } finally {
        await kernel.stop();
      }
    });
  }

  for (const [what, code] of [
    ['while it waits', ''],
    ['while a cell computes', 'for (;;);'],
  ]) {
    it(`as its parent is killed, ${what}`, async () => {
      const kernel = await Kernel.launch({ shell: 'JPY_PARENT_PID=$$ "$@" & echo $!; wait' });
      const client = await kernel.connect();
      try {
        await client.run(`console.log("begun"); ${code}`).printed('begun');
        const id = Number(kernel.stdout);
        ok(lives(id));
        kernel.process.kill('SIGKILL');
        const until = Date.now() + 3000;
        while (lives(id) && Date.now() < until) await wait(50);
        ok(!lives(id), `process ${id} lives on`);
      } finally {
        await kernel.stop();
      }
    });
  }

  it('not with its parent if none is named', async () => {
    const kernel = await Kernel.launch({ shell: '"$@" & echo $!' });
    const client = await kernel.connect();
    const id = Number(kernel.stdout);
    try {
      // Longer than the kernel takes to see that its parent is gone.
      await wait(1500);
      deepEqual(await client.printed('console.log("here");'), ['here\n']);
      client.ask('shutdown_request', {}, 'control');
      while (lives(id)) await wait(50);
    } finally {
      if (lives(id)) process.kill(id, 'SIGKILL');
      await kernel.stop();
    }
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
