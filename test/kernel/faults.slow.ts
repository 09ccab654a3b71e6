/** Interrupts and restarts of the real kernel: the kernel continues, and the model keeps the weights. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../../lib/command/processes/watch-parent.mjs';
import { itemAt } from '../../lib/digits/item-at';
import { familyOf } from '../processes';
import { survive } from '../survive';
import { readData } from '../texts';
import type { Client, Result } from './client';
import { Kernel } from './kernel';

const { cells } = readData<{
  readonly cells: Readonly<
    Record<'prepare' | 'load' | 'model' | 'fit' | 'measure' | 'train', string>
  >;
}>('kernel/faults.yml');

/** Returns the loss and the accuracy of an evaluation that went well. */
function measures({ reply, printed }: Result): [loss: number, accuracy: number] {
  equal(reply.status, 'ok', printed);
  const [, loss, accuracy] = /313\/313 - \d+s - loss: (\S+) - acc\w*: (\S+)/.exec(printed) ?? [];
  return [Number(loss), Number(accuracy)];
}

/** Measures a model that has learnt for an epoch or more. */
async function hasLearnt(client: Client): Promise<void> {
  const measured = await client.result(cells.measure);
  const [loss, accuracy] = measures(measured);
  ok(loss < 1 && accuracy > 0.8, measured.printed);
}

/** Training continues, and evaluation confirms the progress. */
async function goesOn(client: Client): Promise<void> {
  match((await client.result(cells.train)).printed, /938\/938/);
  await hasLearnt(client);
}

/** Runs a cell, and sends an interrupt after a text or after milliseconds. */
async function interrupted(client: Client, code: string, when: RegExp | string | number) {
  const cell = client.run(code);
  await (typeof when === 'number' ? wait(when) : cell.printed(when));
  await client.interrupt();
  return cell.result();
}

/** Runs cells that go well. */
async function runAll(client: Client, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const { reply, printed } = await client.result(code);
    equal(reply.status, 'ok', printed);
  }
}

describe('faults on the kernel', () => {
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
    await runAll(client, cells.prepare);
  });
  after(() => kernel.stop());

  it('an interrupt while loading data: they load when asked again', () =>
    survive('kernel', 'an interrupt while loading data', 2, async i => {
      const { reply, printed } = await interrupted(client, cells.load, i === 0 ? 'loading' : 100);
      if (reply.status === 'error') match(printed, /[Ii]nterrupted/);
      await runAll(client, cells.load);
      const [shapes] = await client.printed('console.log(trainImages.shape, testLabels.shape);');
      equal(shapes, '[ 60000, 28, 28 ] [ 10000 ]\n');
    }));

  it('an interrupt in each epoch of training: the weights stay, and training goes on', async () => {
    await runAll(client, cells.model);
    const [untrained] = measures(await client.result(cells.measure));
    await survive('kernel', 'an interrupt in each epoch of training', 5, async i => {
      const epoch = i + 1;
      await runAll(client, `pausing = ${epoch};`);
      const { reply, printed } = await interrupted(client, cells.fit, `Epoch ${epoch}/5\n\r`);
      equal(reply.status, 'ok', printed);
      ok(printed.includes(`Training was interrupted at epoch ${epoch}, step `), printed);
      ok(!printed.includes(`Epoch ${epoch + 1}/5`));
      // The first interrupt may come after a step of the first epoch, with little progress.
      if (i > 0) await hasLearnt(client);
      else ok(measures(await client.result(cells.measure))[0] < untrained);
    });
    await goesOn(client);
  });

  it('an interrupt of what measures or predicts: all goes on', async () => {
    // Seconds of work, on any machine, between two checks for messages.
    const work: [code: string, milliseconds: number][] = [
      ['await 0; model.evaluate(xTrain, yTrain, { batchSize: 1 });', 500],
      ['for (let i = 0; i < 1e9; i++) model.predict(xTest.slice(0, 1000)).dispose();', 1000],
    ];
    await survive(
      'kernel',
      'an interrupt of evaluate, and in the middle of an operation of predict',
      work.length,
      async i => {
        const { reply, printed } = await interrupted(client, ...itemAt(work, i));
        // Evaluation itself continues to the end; an earlier interrupt ends the cell.
        if (i === 0 && reply.status === 'ok') match(printed, /60000\/60000 - \d+s - loss: /);
        else equal(reply.ename, 'Interrupt');
        await hasLearnt(client);
        const [seven] = await client.printed(
          'console.log(model.predict(xTest.slice(0, 1)).argMax(1).dataSync()[0]);',
        );
        equal(seven, '7\n');
      },
    );
    await goesOn(client);
  });

  it('a restart in the middle of training: no process is left, and the new kernel trains', () =>
    survive('kernel', 'a restart in the middle of training', 2, async i => {
      const old = await Kernel.start();
      await runAll(old.client, cells.prepare, cells.load, cells.model);
      await old.client.run(cells.fit).printed('Epoch 2/5');
      const [, ...started] = familyOf(old.kernel.process.pid ?? 0);
      ok(started.length > 0);
      if (i === 0) old.kernel.process.kill('SIGKILL');
      else old.client.ask('shutdown_request', { restart: true }, 'control');
      await old.kernel.ended;
      // The cells' process ends soon after the kernel's end.
      const survivors = () => started.filter(isAlive);
      for (let looks = 0; survivors().length > 0 && looks < 100; looks++) await wait(50);
      deepEqual(survivors(), []);
      const { kernel, client } = await Kernel.start({ info: old.kernel.info });
      try {
        match((await client.printed('console.log(typeof model);'))[0] ?? '', /Cannot find name/);
        await runAll(client, cells.prepare, cells.load, cells.model);
        await goesOn(client);
      } finally {
        await kernel.stop();
        await old.kernel.stop();
      }
    }));

  it('the end of its parent, if none is named: it goes on', async () => {
    const kernel = await Kernel.launch({ shell: '"$@" & echo $!' });
    const client = await kernel.connect();
    const id = Number(kernel.stdout);
    try {
      // Longer than the kernel's check for the end of the parent.
      await wait(1500);
      deepEqual(await client.printed('console.log("here");'), ['here\n']);
      client.ask('shutdown_request', {}, 'control');
      while (isAlive(id)) await wait(50);
    } finally {
      if (isAlive(id)) process.kill(id, 'SIGKILL');
      await kernel.stop();
    }
  });
});
