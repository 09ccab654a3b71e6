import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../lib/device/use';
import { type FitOptions, fit } from '../lib/fit';
import { setLanguage } from '../lib/language';
import { requestInterrupt } from '../lib/notebook/interrupt';
import { compiledModel, digitsOf } from './support';

/** Trains on 100 samples and returns the history with what was shown. */
async function train(options: FitOptions = {}, model = compiledModel()) {
  const [x, y] = digitsOf(100);
  let shown = '';
  const history = await fit(model, x, y, {
    batchSize: 10,
    epochs: 2,
    validationSplit: 0.2,
    write: text => {
      shown += text;
    },
    ...options,
  });
  return { ...history, shown, model };
}

/** What stays on the screen: the text after the last return to the start of each line. */
const onScreen = (shown: string) =>
  shown.split('\n').map(line => line.slice(line.lastIndexOf('\r') + 1).trimEnd());

describe('fit', () => {
  before(async () => {
    await useDevice('cpu');
  });

  afterEach(() => setLanguage('en'));

  it('trains: the loss falls and the labels are learnt', async () => {
    const { history } = await train({ epochs: 30 });
    const { loss = [], sparseCategoricalAccuracy: accuracy = [] } = history;
    assert.equal(loss.length, 30);
    assert.ok((loss.at(-1) ?? 1) < (loss[0] ?? 0) / 10, `loss ${loss.join(' ')}`);
    assert.equal(accuracy.at(-1), 1);
  });

  it('returns a history of numbers, validation included', async () => {
    const { epoch, history } = await train();
    assert.deepEqual(epoch, [0, 1]);
    const names = ['loss', 'sparseCategoricalAccuracy'];
    assert.deepEqual(Object.keys(history).sort(), [...names, ...names.map(n => `val_${n}`)].sort());
    for (const values of Object.values(history)) {
      assert.equal(values.length, 2);
      for (const value of values) assert.equal(typeof value, 'number');
    }
  });

  it("shows Keras's line for each epoch, with the values of the history", async () => {
    const { history, shown } = await train();
    const lines = onScreen(shown);
    assert.deepEqual([lines[0], lines[2], lines[4]], ['Epoch 1/2', 'Epoch 2/2', '']);
    const { loss = [], val_loss = [] } = history;
    [1, 3].forEach((line, i) => {
      assert.match(lines[line] ?? '', /^8\/8 \[={30}\] - \d+s \d+(ms|us)\/step - loss: /);
      assert.ok(lines[line]?.includes(` - loss: ${loss[i]?.toFixed(4)} - `), lines[line]);
      assert.ok(lines[line]?.includes(` - val_loss: ${val_loss[i]?.toFixed(4)} - `), lines[line]);
    });
  });

  it('shows less where less is asked for', async () => {
    assert.equal((await train({ verbose: 0 })).shown, '');
    const { shown } = await train({ verbose: 2 });
    assert.match(
      shown,
      /^Epoch 1\/2\n8\/8 - 0s - loss: \S+ - sparse_categorical_accuracy: [^\r]+\n$/s,
    );
  });

  it('calls your own callbacks', async () => {
    const losses: number[] = [];
    const onEpochEnd = (_epoch: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
    const { history } = await train({ callbacks: { onEpochEnd } });
    assert.deepEqual(losses, history.loss);
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
    const { shown, epoch } = await train({ callbacks: { onBatchEnd }, epochs: 50 }, model);
    assert.equal(epoch.length, 1);
    assert.match(
      shown,
      /\nTraining was interrupted at epoch 1, step 3\/8\. The model keeps the weights of that step/,
    );
    assert.equal(checksum(model), after);
    assert.equal(requestInterrupt(), false, 'nobody is left to take an interrupt');
    assert.equal((await train({}, model)).epoch.length, 2, 'training can go on');
  });

  it('says so in Chinese in a Chinese lesson', async () => {
    setLanguage('zh');
    const { shown } = await train({ callbacks: { onBatchEnd: () => void requestInterrupt() } });
    assert.match(shown, /训练已中断：第 1 轮，第 1\/8 步。模型保留这一步的权重/);
  });

  it('leaves no registration behind when training fails', async () => {
    const onEpochEnd = () => {
      throw new Error('a fault in a callback');
    };
    await assert.rejects(train({ callbacks: { onEpochEnd } }), /a fault in a callback/);
    assert.equal(requestInterrupt(), false);
  });

  it('explains samples of the wrong shape and missing labels', async () => {
    const [x, y] = digitsOf(10);
    const model = compiledModel();
    await assert.rejects(
      fit(model, x.reshape([10, 784]), y, { verbose: 0 }),
      /^ShapeError: The model expects a batch of samples of shape \(None, 28, 28\) but received \(10, 784\)/,
    );
    await assert.rejects(
      fit(model, x, y.slice(0, 9), { verbose: 0 }),
      /as many labels as samples, and at least one, but received 10 samples and 9 labels/,
    );
    await assert.rejects(
      fit(model, x.slice(0, 0), y.slice(0, 0)),
      /received 0 samples and 0 labels/,
    );
  });

  it('leaves no tensor behind', async () => {
    const model = compiledModel();
    const [x, y] = digitsOf(100);
    await fit(model, x, y, { verbose: 0 });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) await fit(model, x, y, { verbose: 0, validationSplit: 0.2 });
    assert.equal(tf.memory().numTensors, before);
  });
});

/** A number that changes when any weight does. */
const checksum = (model: tf.LayersModel) =>
  model.getWeights().reduce((sum, weight) => sum + (weight.square().sum().dataSync()[0] ?? 0), 0);
