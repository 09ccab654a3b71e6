/** How the kernel ends: as it is told to, or with the process that has started it. */
import { deepEqual, equal } from 'node:assert/strict';
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
