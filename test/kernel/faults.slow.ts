/** Interrupts, restarts and late errors on the real kernel: it lives, and so does what was learnt. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { itemAt } from '../../lib/digits/item-at';
import { survive } from '../survive';
import { ask, type Reply, type Request, run } from './support';

const PREPARE = `
import * as tf from '@tensorflow/tfjs';
import { divide, evaluate, fit, predict, setLanguage, useDevice } from 'digits';
import mnist from 'mnist-data-loader';
setLanguage('en');
await useDevice();`;
const LOAD = `console.log('loading');
const [[trainX, trainY], [testX, testY]] = await mnist.loadData();`;
const MODEL = `
const [xTrain, xTest] = [divide(trainX, 255), divide(testX, 255)];
const [yTrain, yTest] = [trainY, testY].map(y => tf.tensor1d(y.data, 'int32'));
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
const seeded = (seed: number) => tf.initializers.glorotUniform({ seed });
model.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer: seeded(1) }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: seeded(2) }));
model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
let pausing = 0;`;
/** Each epoch tells its end and waits a while where it is the one of \`pausing\`. */
const FIT = `
const onEpochEnd = async (epoch: number) => {
  if (epoch + 1 === pausing) await new Promise<void>(done => setTimeout(done, 3000));
};
await fit(model, xTrain, yTrain, { batchSize: 64, epochs: 5, shuffle: false, callbacks: { onEpochEnd } });`;
const MEASURE = 'const [loss, accuracy] = await evaluate(model, xTest, yTest);';
const READY = [run(PREPARE), run(LOAD), run(MODEL)];

/** The loss and the accuracy of an evaluation that went well. */
function measures({ status, printed }: Reply = { printed: '' }): [loss: number, accuracy: number] {
  equal(status, 'ok', printed);
  const [, loss, accuracy] = /313\/313 - \d+s - loss: (\S+) - acc\w*: (\S+)/.exec(printed) ?? [];
  return [Number(loss), Number(accuracy)];
}

/** Whether evaluation went well, of a model that has learnt for an epoch or more. */
function measured(reply?: Reply): void {
  const [loss, accuracy] = measures(reply);
  ok(loss < 1 && accuracy > 0.8, reply?.printed);
}

/** An interrupt that comes before evaluation ends the cell; evaluation itself goes on to its end. */
function evaluatedOrInterrupted({ status, printed }: Reply = { printed: '' }): void {
  if (status === 'ok') match(printed, /60000\/60000 - \d+s - loss: /);
  else match(printed, /[Ii]nterrupted/);
}

/** Asks a kernel that is ready, and gives the answers after that. */
async function askReady(...requests: Request[]): Promise<Reply[]> {
  const replies = await ask(...READY, ...requests);
  for (const { status, printed } of replies.slice(0, READY.length)) equal(status, 'ok', printed);
  return replies.slice(READY.length);
}

describe('faults on the kernel', function () {
  this.timeout(300_000);

  it('an interrupt while loading data: they load when asked again', () =>
    survive(
      'kernel',
      { en: 'an interrupt while loading data', zh: '加载数据时中断' },
      2,
      async i => {
        const sizes = run('console.log(trainX.shape, testY.shape);');
        const [, interrupted, again, shown] = await ask(
          run(PREPARE),
          ['interrupt', LOAD, i === 0 ? 'loading' : 0.1],
          run(LOAD),
          sizes,
        );
        if (interrupted?.status === 'error') match(interrupted.printed, /[Ii]nterrupted/);
        equal(again?.status, 'ok', again?.printed);
        equal(shown?.printed, '[ 60000, 28, 28 ] [ 10000 ]\n');
      },
    ));

  it('an interrupt in each epoch of training: the weights stay, and training goes on', async () => {
    const epochs = [1, 2, 3, 4, 5];
    const [untrained, ...replies] = await askReady(
      run(MEASURE),
      ...epochs.flatMap((epoch): Request[] => [
        run(`pausing = ${epoch};`),
        ['interrupt', FIT, `Epoch ${epoch}/5\\n\\r`],
        run(MEASURE),
      ]),
      run('await fit(model, xTrain, yTrain, { batchSize: 64 });'),
      run(MEASURE),
    );
    await survive(
      'kernel',
      { en: 'an interrupt in each epoch of training', zh: '在训练的每一轮中断' },
      epochs.length,
      i => {
        const [, interrupted, evaluated] = replies.slice(3 * i);
        equal(interrupted?.status, 'ok', interrupted?.printed);
        const said = `Training was interrupted at epoch ${i + 1}, step `;
        ok(interrupted?.printed.includes(said), interrupted?.printed);
        equal(interrupted?.printed.includes(`Epoch ${i + 2}/5`), false);
        // The first may come after a step of the first epoch, of which little is learnt, and the
        // others after an epoch at least.
        if (i === 0) ok(measures(evaluated)[0] < measures(untrained)[0], evaluated?.printed);
        else measured(evaluated);
      },
    );
    match(replies.at(-2)?.printed ?? '', /938\/938/);
    measured(replies.at(-1));
  });

  it('an interrupt of what measures or predicts: all goes on', async () => {
    const state = run(
      `console.log(tf.memory().numTensors, predict(model, xTest.slice(0, 1)).argMax(1).dataSync()[0]);`,
    );
    const cells: Record<string, Request> = {
      // Seconds of work, on any machine, between two looks at what came in.
      evaluate: ['interrupt', 'await evaluate(model, xTrain, yTrain, { batchSize: 1 });', 0.5],
      predict: [
        'interrupt',
        'for (let i = 0; i < 1e9; i++) predict(model, xTest.slice(0, 1000)).dispose();',
        1,
      ],
    };
    const replies = await askReady(
      run('await fit(model, xTrain, yTrain, { batchSize: 64 });'),
      ...Object.values(cells).flatMap(cell => [cell, run(MEASURE), state]),
      run('await fit(model, xTrain, yTrain, { batchSize: 64 });'),
      run(MEASURE),
    );
    await survive(
      'kernel',
      {
        en: 'an interrupt of evaluate, and in the middle of an operation of predict',
        zh: '中断 evaluate，以及在 predict 的运算途中中断',
      },
      2,
      i => {
        const [interrupted, evaluated, shown] = replies.slice(1 + 3 * i);
        ok(interrupted?.interrupts, 'It has ended before it could be interrupted.');
        if (i === 1) equal(interrupted?.ename, 'Interrupt');
        else evaluatedOrInterrupted(interrupted);
        measured(evaluated);
        match(shown?.printed ?? '', /^\d+ 7\n$/);
      },
    );
    match(replies.at(-2)?.printed ?? '', /938\/938/);
    measured(replies.at(-1));
  });

  it('a restart in the middle of training: no process is left, and the new kernel trains', () =>
    survive(
      'kernel',
      { en: 'a restart in the middle of training', zh: '训练途中重启内核' },
      2,
      async i => {
        const [restarted, gone, ...replies] = await askReady(
          ['restart', FIT, 'Epoch 2/5', i === 0],
          run('console.log(typeof model);'),
          ...READY,
          run('await fit(model, xTrain, yTrain, { batchSize: 64 });'),
          run(MEASURE),
        );
        ok(restarted?.before?.length);
        deepEqual(restarted?.left, []);
        match(gone?.printed ?? '', /Cannot find name 'model'/);
        measured(replies.at(-1));
      },
    ));

  it('errors that nobody catches: the kernel prints them and lives', async () => {
    const faults: [code: string, said: RegExp][] = [
      ["setTimeout(() => { throw new Error('thrown late'); }, 10);", /thrown late/],
      ["Promise.reject(new Error('rejected late'));", /rejected late/],
      [
        "import { EventEmitter } from 'node:events'; setTimeout(() => new EventEmitter().emit('error', new Error('emitted late')), 10);",
        /emitted late/,
      ],
      ['const forever = (): never => forever(); setTimeout(forever, 10);', /Maximum call stack/],
    ];
    const wait = 'await new Promise<void>(done => setTimeout(done, 300));';
    const replies = await ask(
      run('const kept = 42;'),
      ...faults.flatMap(([code]) => [run(`${code}\n${wait}`), run('console.log(kept);')]),
    );
    await survive(
      'kernel',
      { en: 'uncaught errors in a cell', zh: '单元格中没有捕获的错误' },
      faults.length,
      i => {
        const [failed, next] = replies.slice(1 + 2 * i);
        match(failed?.printed ?? '', /^Uncaught (\(in promise\) )?/);
        match(failed?.printed ?? '', itemAt(faults, i)[1]);
        equal(next?.printed, '42\n');
      },
    );
  });

  it("an end of the compiler's thread: the next cell is read by a new one", async () => {
    const kill = `
const file = Object.keys(require.cache).find(name => name.endsWith('compiler/started.ts'));
(require.cache[file ?? ''] as any).exports.precompiler.compiler.connection.worker.terminate();`;
    const [, killed, next] = await ask(
      run('const kept = 42;'),
      run(kill),
      run('console.log(kept);'),
    );
    equal(killed?.status, 'ok', killed?.printed);
    equal(next?.printed, '42\n');
  });
});
