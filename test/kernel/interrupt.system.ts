/** ■ over the wire: whatever a cell does, it ends, its variables stay, and the next one runs. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { readData } from '../texts';
import { type Asked, type Client, contentOf } from './client';
import { Kernel } from './kernel';

const { endless, cutOff, aroundCutOff } =
  readData<Readonly<Record<'endless' | 'cutOff' | 'aroundCutOff', string[]>>>('kernel/cells.yml');
const [prepare = '', overflow = '', trains = ''] = aroundCutOff;
const PREPARE = 'let kept = 41;';
const LOOP = 'console.log("begun"); for (;;);';

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
    await client.result(PREPARE);
  });
  after(() => kernel.stop());

  async function begun(code: string): Promise<Asked> {
    const cell = client.run(code);
    await cell.printed('begun\n');
    return cell;
  }

  for (const [what, code] of Object.entries(endless)) {
    it(`ends ${what}`, async () => {
      const cell = await begun(code);
      await interrupt(client, cell);
      const printed = cell.published.length;
      await livesOn(client);
      // Nothing is printed afterwards.
      await client.result('await new Promise<void>(done => setTimeout(done, 100));');
      equal(cell.published.length, printed);
    });
  }

  it('leaves no call of TensorFlow.js open, so that models still train', async () => {
    await client.result(prepare);
    for (const code of cutOff) await interrupt(client, await begun(code));
    equal((await client.result(overflow)).reply.ename, 'RangeError');
    deepEqual(await client.printed(trains), ['2 0 0 0 false\n']);
  });

  it('ends by itself what does not hear, and drops the cells behind', async () => {
    const cell = await begun(LOOP);
    const behind = client.run('kept = -1;');
    await interrupt(client, cell, 1);
    equal((await behind.reply).status, 'aborted');
    await livesOn(client);
  });

  it('drops the cells behind a training, too, which ends well', async () => {
    const cell = await begun(`
      const training = fit(model, tf.ones([1000, 300]), tf.zeros([1000, 300]), { epochs: 1e4 });
      console.log('begun');
      await training;`);
    const behind = client.run('kept = -1;');
    equal((await client.interrupt()).status, 'ok');
    const { reply, printed } = await cell.result();
    equal(reply.status, 'ok', printed);
    equal((await behind.reply).status, 'aborted');
    await livesOn(client);
  });

  it('has a module that it breaks off loaded anew', async () => {
    await client.result(`const { writeFileSync } = require("node:fs");
writeFileSync("half.cjs", "exports.part = 1; console.log('begun'); for (;;);");`);
    await interrupt(client, await begun('require("./half.cjs");'));
    const whole = 'writeFileSync("half.cjs", "exports.whole = 2;"); require("./half.cjs")';
    deepEqual(await client.printed(whole), ['{ whole: 2 }\n']);
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
