/** How the kernel ends: as it is told to, or with the process that has started it. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { projectRoot, pythonEnvironment } from '../../lib/tools/project/paths';
import { Client } from './wire/client';
import { Kernel } from './wire/kernel';

describe('the kernel ends', function () {
  this.retries(1);

  for (const channel of ['control', 'shell'] as const) {
    for (const restart of [false, true]) {
      it(`by the ${channel} channel, ${restart ? 'to be started anew' : 'for good'}`, async () => {
        const { kernel, client } = await Kernel.start();
        try {
          await client.result('setInterval(() => {}, 1000);');
          const { reply } = client.ask('shutdown_request', { restart }, channel);
          deepEqual(await reply, { status: 'ok', restart });
          equal(await kernel.ended, 0);
          equal(kernel.log, '');
          equal(kernel.stdout, '');
        } finally {
          await kernel.stop();
        }
      });
    }
  }

  it('also while a cell computes', async () => {
    const { kernel, client } = await Kernel.start();
    try {
      const cell = client.run('console.log("begun"); for (;;);');
      await cell.printed('begun');
      equal((await client.ask('shutdown_request', {}, 'control').reply).status, 'ok');
      equal(await kernel.ended, 'SIGKILL');
      equal(kernel.log, '');
    } finally {
      await kernel.stop();
    }
  });
});

describe('the kernel, as its parent is killed,', function () {
  this.retries(1);

  for (const [what, code] of [
    ['while it waits', 'console.log("begun");'],
    ['while a cell waits', 'console.log("begun"); await new Promise(() => {});'],
    ['while a cell computes', 'console.log("begun"); for (;;);'],
  ] as const) {
    it(`ends within three seconds, ${what}`, async () => {
      const python = pythonEnvironment().program('python');
      const parent = spawn(python, [join(__dirname, 'parent.py'), code], {
        cwd: projectRoot,
        env: jupyterEnvironment(),
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const [kernel = 0, begun] = await linesOf(parent, 2);
      equal(begun, 'begun');
      const [id] = JSON.parse(String(kernel)) as [number, string];
      ok(lives(id));
      parent.kill('SIGKILL');
      await once(parent, 'close');
      const until = Date.now() + 3000;
      while (lives(id) && Date.now() < until) await wait(50);
      ok(!lives(id), `process ${id} lives on`);
    });
  }

  it('lives on where none is named', async () => {
    const parent = spawn(
      process.execPath,
      ['--import=tsx', join(__dirname, 'wire', 'launch-alone.ts')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const [line = ''] = await linesOf(parent, 1);
    const { id, info, folder } = JSON.parse(line);
    parent.kill('SIGKILL');
    await once(parent, 'close');
    const client = await Client.connect(info);
    try {
      // Longer than the kernel takes to see that its parent is gone.
      const { stdout } = await client.result(
        'await new Promise<void>(done => setTimeout(done, 1500)); console.log("here");',
      );
      equal(stdout, 'here\n');
      client.ask('shutdown_request', {}, 'control');
      while (lives(id)) await wait(50);
    } finally {
      client.close();
      if (lives(id)) process.kill(id, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Returns the first lines that a process prints. */
async function linesOf(from: ChildProcess, count: number): Promise<string[]> {
  const lines: string[] = [];
  if (!from.stdout) return lines;
  for await (const line of createInterface({ input: from.stdout })) {
    if (lines.push(line) === count) break;
  }
  return lines;
}

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
