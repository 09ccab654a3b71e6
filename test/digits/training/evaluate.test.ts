import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { divide, isPending } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { itNative } from '../../native';
import { compiledModel, digitsOf, printed } from '../../support';
import { assertNothingLeft, settledCounts } from '../../tfjs-graph/train/counts';

describe('evaluate', () => {
  before(() => useDevice('cpu'));

  it("prints Keras's line and returns what it says", async () => {
    const [x, y] = digitsOf(130);
    const model = compiledModel();
    let values: number[] = [];
    const shown = await printed(async () => {
      values = await evaluate(model, x, y, { batchSize: 64 });
    });
    const [loss = 0, accuracy = 0] = values;
    assert.equal(
      shown.replace(/ \d+s /, ' 0s '),
      `3/3 - 0s - loss: ${loss.toFixed(4)} - sparse_categorical_accuracy: ${accuracy.toFixed(4)}`,
    );
  });

  it('gives what tfjs-layers gives, recorded for many steps, step by step for few', async () => {
    const model = tf.sequential();
    model.add(tf.layers.flatten({ inputShape: [28, 28] }));
    model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
    // A metric that depends on which samples are in a step together.
    const spread = (_: tf.Tensor, probabilities: tf.Tensor) => probabilities.max().square();
    model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy', metrics: [spread] });
    for (const samples of [1003, 30]) {
      const labels = Uint8Array.from({ length: samples }, (_, i) => i % 10);
      const data = Uint8Array.from({ length: samples * 784 }, (_, i) => (i * i) % 251);
      const x = divide({ data, shape: [samples, 28, 28] }, 255);
      const y = tf.tensor1d(labels, 'float32');
      const ours = await evaluate(model, x, y, { batchSize: 10, verbose: 0 });
      const pending = isPending(x);
      const stock = model.evaluate(x, y, { batchSize: 10 }) as tf.Scalar[];
      stock.forEach((value, i) => {
        const expected = value.arraySync();
        const got = itemAt(ours, i);
        assert.ok(Math.abs(got / expected - 1) < 1e-5, `${samples}: ${got}, ${expected}`);
      });
      assert.ok(pending, 'bytes stay bytes');
      tf.dispose([x, y, stock]);
    }
  });

  itNative(
    'counts what it is surely wrong about in full, as in Keras and as fit does',
    async () => {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 2, activation: 'softmax', inputShape: [1] }));
      model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
      model.setWeights([tf.tensor2d([[50, -50]]), tf.zeros([2])]);
      for (const samples of [1, 100]) {
        const [loss] = await evaluate(model, tf.ones([samples, 1]), tf.ones([samples]), {
          batchSize: 1,
          verbose: 0,
        });
        assert.equal(loss, 100);
      }
    },
  );

  it('prints nothing with verbose 0, and leaves no tensor behind', async () => {
    const [x, y] = digitsOf(20);
    const model = compiledModel();
    await evaluate(model, x, y, { verbose: 0 });
    const before = await settledCounts();
    assert.equal(await printed(() => evaluate(model, x, y, { verbose: 0 })), '');
    assertNothingLeft(before);
  });
});
