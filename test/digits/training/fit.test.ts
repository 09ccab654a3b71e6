import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { messages } from '../../../lib/digits/language';
import { markOpenCalls, requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import '../../../lib/digits/training/methods';
import type { FitArgs } from '../../../lib/digits/training/fit';
import { curves } from '../../../lib/digits/training/live-curves';
import { captureOutput, checksum, compiledModel, digitsOf, printed } from '../../support';
import { survive } from '../../survive';
import { assertNothingLeft, settledCounts } from '../../tfjs-graph/train/counts';

let x: tf.Tensor;
let y: tf.Tensor;

/** Trains on 100 samples and returns the history with the output. */
async function train(args: FitArgs = {}, model = compiledModel()) {
  const all = { batchSize: 10, epochs: 2, validationSplit: 0.2, ...args };
  let result: Awaited<ReturnType<typeof model.fit>> | undefined;
  const output = await captureOutput(async () => {
    result = await model.fit(x, y, all);
  });
  const { epoch, history } = result as NonNullable<typeof result>;
  return { epoch, history, output, model };
}

/** The text that stays on the screen: the part of each line after the last carriage return. */
const onScreen = (output: string) =>
  output.split('\n').map(line => line.slice(line.lastIndexOf('\r') + 1).trimEnd());

describe('model.fit', () => {
  before(async () => {
    await useDevice('cpu');
    [x, y] = digitsOf(100);
  });

  afterEach(requestInterrupt);

  it("shows Keras's line for each epoch, with the values of the history", async () => {
    const { epoch, history, output } = await train();
    assert.ok(Number(history.loss?.at(-1)) < Number(history.loss?.[0]), 'it learns');
    const names = ['loss', 'sparse_categorical_accuracy'];
    assert.deepEqual(Object.keys(history), [...names, ...names.map(n => `val_${n}`)]);
    assert.deepEqual(epoch, [0, 1]);
    const lines = onScreen(output);
    assert.deepEqual([lines[0], lines[2], lines[4]], ['Epoch 1/2', 'Epoch 2/2', '']);
    const { loss = [], val_loss = [] } = history;
    [1, 3].forEach((line, i) => {
      assert.match(lines[line] ?? '', /^8\/8 \[={30}\] - \d+s \d+(ms|us)\/step - loss: /);
      assert.ok(lines[line]?.includes(` - loss: ${loss[i]?.toFixed(4)} - `), lines[line]);
      assert.ok(lines[line]?.includes(` - val_loss: ${val_loss[i]?.toFixed(4)} - `), lines[line]);
      assert.deepEqual(lines[line]?.match(/\w+(?=: \S+( |$))/g)?.slice(-4), Object.keys(history));
      assert.equal(lines[line]?.split(' - ').length, 6, lines[line]);
    });
  });

  it('shows less where less is asked for', async () => {
    assert.equal((await train({ verbose: 0 })).output, '');
    const { output } = await train({ verbose: 2 });
    assert.match(
      output,
      /^Epoch 1\/2\n8\/8 - \d+s - loss: \S+ - sparse_categorical_accuracy: [^\r]+\n$/s,
    );
  });

  it('has the names that it prints in its history and in the logs of callbacks', async () => {
    const name = 'val_sparse_categorical_accuracy';
    const values: number[] = [];
    const steps = new Set<string>();
    const onEpochEnd = (_epoch: number, logs?: tf.Logs) => void values.push(Number(logs?.[name]));
    const onBatchEnd = (_: number, logs = {}) => void steps.add(Object.keys(logs).join());
    const { history, output } = await train({ callbacks: { onEpochEnd, onBatchEnd } });
    assert.deepEqual([...steps], ['batch,size,loss,sparse_categorical_accuracy']);
    assert.deepEqual(values, history[name]);
    assert.ok(output.includes(` - ${name}: ${values[0]?.toFixed(4)}`), output);
    assert.equal(output.split(name).length, output.split(' val_loss').length);
    const monitor = 'val_sparseCategoricalAccuracy';
    const callbacks = tf.callbacks.earlyStopping({ monitor, mode: 'min', patience: 0 });
    const { epoch } = await train({ callbacks, epochs: 50 });
    assert.ok(epoch.length < 50, 'TensorFlow.js’s own name serves, too');
  });

  it('stops at an interrupt, keeps the weights of that step and says so', async () => {
    let after = Number.NaN;
    const onBatchEnd = (batch: number) => {
      if (batch === 2) {
        assert.ok(requestInterrupt());
        after = checksum(model);
      }
    };
    const model = compiledModel();
    const { output, epoch } = await train({ callbacks: { onBatchEnd }, epochs: 50 }, model);
    assert.equal(epoch.length, 1);
    assert.match(
      output,
      /\nTraining was interrupted at epoch 1, step 3\/8\. The model keeps the weights of that step/,
    );
    assert.equal(checksum(model), after);
    assert.equal(requestInterrupt(), false, 'nobody is left to take an interrupt');
    assert.equal((await train({}, model)).epoch.length, 2, 'training can go on');
  });

  it('does not begin after an interrupt that came before its first step', async () => {
    const model = compiledModel();
    const checksumBefore = checksum(model);
    await printed(async () => {
      const training = train({ callbacks: curves() }, model);
      assert.ok(requestInterrupt());
      const { output, epoch } = await training;
      assert.equal(output, messages().training.interruptedAtOnce);
      assert.deepEqual(epoch, []);
    });
    assert.equal(checksum(model), checksumBefore);
    assert.equal((await train({}, model)).epoch.length, 2, 'training can go on');
  });

  it('leaves the model free if an interrupt cuts off a callback', async () => {
    const model = compiledModel();
    const endOpenCalls = markOpenCalls();
    await new Promise<void>(resolve => {
      // Nothing resumes after an interrupt, as here.
      const onBatchEnd = () => new Promise<void>(() => resolve());
      void model.fit(x, y, { verbose: 0, callbacks: { onBatchEnd } });
    });
    await assert.rejects(model.fit(x, y), /another fit\(\) call is ongoing/);
    endOpenCalls();
    assert.equal((await train({}, model)).epoch.length, 2);
    assert.equal(requestInterrupt(), false, 'nobody is left to take an interrupt');
  });

  it('hands on what a callback throws, as it is, and keeps the weights of that step', async () => {
    const hooks = ['Train', 'Epoch', 'Batch'].flatMap(part => [`on${part}Begin`, `on${part}End`]);
    const faults = hooks.flatMap(hook => [false, true].map(isAsync => ({ hook, isAsync })));
    const countsBefore = await settledCounts();
    const model = compiledModel();
    // Compiles steps of both kinds; the model keeps the steps.
    for (const callbacks of [{}, { onBatchEnd() {} }])
      await train({ verbose: 0, callbacks }, model);
    await survive('kernel', 'an exception inside a callback', faults.length, async i => {
      const { hook, isAsync } = itemAt(faults, i);
      const checksumBefore = checksum(model);
      const fault = new Error('a fault of the learner');
      let callbackSum = Number.NaN;
      const fail = () => {
        callbackSum = checksum(model);
        if (!isAsync) throw fault;
        return new Promise<void>((_, reject) => setTimeout(() => reject(fault), 5));
      };
      const thrown = await train({ callbacks: { [hook]: fail } }, model).catch(error => error);
      assert.equal(thrown, fault);
      assert.equal(checksum(model), callbackSum, 'the weights that the callback saw');
      if (/End$/.test(hook)) assert.notEqual(callbackSum, checksumBefore, 'those that were learnt');
      assert.equal(requestInterrupt(), false, 'nobody is left to take an interrupt');
      const { epoch } = await train({}, model);
      assert.equal(epoch.length, 2, 'training can go on');
      assert.ok(Number.isFinite(checksum(model)));
    });
    model.dispose();
    await settledCounts();
    assertNothingLeft(countsBefore);
  });
});
