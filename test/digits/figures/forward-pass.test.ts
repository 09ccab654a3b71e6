import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { forwardPass } from '../../../lib/digits/figures';
import { traces } from './support';

/** Compares rows of numbers, of which the figure rounds the first to thousandths at most. */
function near(shown: readonly number[] = [], expected: ArrayLike<number> = []) {
  assert.equal(shown.length, expected.length);
  for (const [i, value] of shown.entries()) assert.ok(Math.abs(value - Number(expected[i])) < 6e-4);
}

describe('forwardPass', () => {
  before(() => useDevice('cpu'));

  it('passes other networks, to what they predict, and leaves no tensor behind', () => {
    const { conv2d, dense, dropout, flatten } = tf.layers;
    const filters = conv2d({ inputShape: [12, 12, 1], filters: 4, kernelSize: 3 });
    const hidden = dense({ units: 7, activation: 'tanh' });
    const last = dense({ units: 5, activation: 'softmax', useBias: false });
    const single = dense({ inputShape: [3], units: 2, activation: 'softmax' });
    for (const [layers, x] of [
      [[filters, flatten(), dropout({ rate: 0.5 }), hidden, last], tf.ones([1, 12, 12, 1])],
      [[single], tf.tensor2d([[1, 2, 3]])],
    ] as [tf.layers.Layer[], tf.Tensor][]) {
      const model = tf.sequential({ layers });
      const before = tf.memory().numTensors;
      const probabilities = traces(forwardPass(model, x)).at(-1)?.y;
      assert.equal(tf.memory().numTensors, before);
      near(probabilities, (model.predict(x) as tf.Tensor).dataSync());
    }
  });
});
