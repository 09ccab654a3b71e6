/** Binary cross-entropy from the logits of a sigmoid: as tfjs-layers takes it, and where that has no gradient. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { fit } from 'tfjs-graph';
import { useDevice } from '../../../../lib/digits/device/use';
import { describeNative } from '../../../native';
import { assertTrainsAlike, build, type Case, twins } from '../against-stock';

/** A layer with sigmoids for outputs, on samples of this shape. */
const example = (inputShape: number[], units: number, value = 0.1): Case => ({
  layers: () => {
    const kernelInitializer = tf.initializers.constant({ value });
    return [tf.layers.dense({ units, activation: 'sigmoid', inputShape, kernelInitializer })];
  },
  optimizer: () => tf.train.sgd(0.5),
  compile: { loss: 'binaryCrossentropy', metrics: [] },
});

const tests = (device: 'cpu' | 'wasm') => () => {
  before(() => useDevice(device));
  after(() => useDevice('cpu'));

  for (const [shape, units] of [
    [[4], 1],
    [[4], 19],
    [[5, 2], 2],
  ] as const) {
    it(`of outputs [${[...shape.slice(0, -1), units]}] trains as in tfjs-layers`, async () => {
      const x = tf.randomNormal([20, ...shape], 0, 1, 'float32', 3);
      const y = tf.randomUniform([20, ...shape.slice(0, -1), units], 0, 1, 'float32', 4).round();
      await assertTrainsAlike(twins(example([...shape], units)), [x, y], { epochs: 40 });
    });
  }

  it('teaches a network that is wrongly sure', async () => {
    const model = build(example([1], 1, 50));
    const { history } = await fit(model, tf.ones([32, 1]), tf.zeros([32, 1]), { batchSize: 16 });
    assert.equal(Number(history.loss?.[0]).toFixed(2), '49.50');
    assert.equal(model.getWeights()[0]?.dataSync()[0]?.toFixed(3), '49.000');
  });
};

describeNative('binary cross-entropy on the native engine', tests('cpu'));
describe('binary cross-entropy on WebAssembly', tests('wasm'));
