/** Callbacks made from those of TensorFlow.js, in `fit`. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import type { Callbacks } from '../../../lib/tfjs-graph/train/callbacks';
import { fit } from '../../../lib/tfjs-graph/train/fit';
import { checksum, compiledModel, digitsOf } from '../../support';

describe('callbacks', () => {
  let x: tf.Tensor;
  let y: tf.Tensor;
  before(async () => {
    await useDevice('cpu');
    [x, y] = digitsOf(100);
  });

  /** Takes 16 steps. */
  const train = (model: tf.LayersModel, callbacks: Callbacks) =>
    fit(model, x, y, { batchSize: 10, epochs: 2, validationSplit: 0.2, callbacks: [callbacks] });

  it('that TensorFlow.js made of your functions are called', async () => {
    const model = compiledModel();
    const losses: number[] = [];
    const weights = new Set<number>();
    const callback = new tf.CustomCallback({
      onBatchEnd: async () => void weights.add(checksum(model)),
      onEpochEnd: async (_epoch, logs) => void losses.push(Number(logs?.loss)),
    });
    const { history } = await train(model, callback);
    assert.deepEqual(losses, history.loss);
    assert.equal(weights.size, 16, 'other weights after each step');
  });

  it('of a class of yours see the weights of each step', async () => {
    const model = compiledModel();
    const weights = new Set<number>();
    class Watch extends tf.CustomCallback {
      override async onBatchEnd() {
        weights.add(checksum(model));
      }
    }
    await train(model, new Watch({}));
    assert.equal(weights.size, 16);
  });
});
