/** ■ over the wire: when it comes early, often, or for no cell. `cells/stopping.yml` lists the cells that it ends. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { type Asked, type Client, contentOf } from './client';
import { Kernel } from './kernel';

/** Waits until the kernel has taken it in hand: by the other channel, an interrupt might else be there before. */
const isTaken = (client: Client, cell: Asked) => client.until(() => cell.published[0]);

/** Interrupts, and checks how the cell ends. The second time it does not wait. */
async function interrupt(client: Client, cell: Asked, times = 2): Promise<void> {
  for (let i = 0; i < times; i++) equal((await client.interrupt()).status, 'ok');
  const { reply, published } = await cell.result();
  deepEqual([reply.ename, contentOf(published, 'error').ename], ['Interrupt', 'Interrupt']);
}

/** The next cell runs, on the variables of those before. */
const livesOn = async (client: Client) =>
  match((await client.result('kept += 1; kept')).printed, /^\d+\n$/);

describe('an interrupt', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    // Of a kernel that starts, it ends the first cell.
    kernel = await Kernel.launch();
    client = await kernel.connect();
    const cell = client.run('for (;;);');
    await isTaken(client, cell);
    await interrupt(client, cell);
    await client.result('let kept = 41;');
  });
  after(() => kernel.stop());

  it('ends the output of an endless loop', async () => {
    const cell = client.run('console.log("begun"); for (let i = 0; ; i++) console.log(i);');
    await cell.printed('begun\n');
    await interrupt(client, cell);
    const printed = cell.published.length;
    await livesOn(client);
    // Nothing is printed afterwards.
    await client.result('await new Promise<void>(done => setTimeout(done, 100));');
    equal(cell.published.length, printed);
  });

  it('of no cell leaves the next one alone', async () => {
    for (let i = 0; i < 3; i++) await client.interrupt();
    await livesOn(client);
  });

  it('ends twenty cells one after the other, some before they have begun', async () => {
    for (let i = 0; i < 20; i++) {
      const cell = client.run('console.log("begun"); await new Promise(() => {});');
      await (i % 5 > 0 ? cell.printed('begun\n') : isTaken(client, cell));
      await interrupt(client, cell, 1 + (i % 2));
    }
    await livesOn(client);
  });
});
