/** Recorded steps on a GPU, and with the logs of several steps at once, against tfjs-layers' own. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { nativeBackend } from '../../../lib/tfjs-graph/backend';
import { setParts } from '../../../lib/tfjs-graph/train/settings';
import { describeNative } from '../../native';
import { bytePictures } from '../../support';
import {
  assertSameHistory,
  assertSameWeights,
  assertTrainsAlike,
  type Case,
  data,
  dense,
  fitQuietly,
  fitStock,
  mlp,
  SAMPLES,
  twins,
} from './against-stock';

/** Pictures of bytes, with a fifth of the bytes not 0. */
const onBytes: Case = {
  layers: () => [
    tf.layers.flatten({ inputShape: [8, 8, 1] }),
    dense(70, 'relu'),
    dense(4, 'softmax'),
  ],
  x: () => bytePictures(5, [SAMPLES, 8, 8, 1] as const),
};

describeNative('the recorded step', () => {
  before(() => useDevice('cpu'));

  it('keeps the data in the session on a GPU, with the same result', async () => {
    const backend = nativeBackend() as { isUsingGpuDevice: boolean };
    const [x, y] = data(onBytes);
    const [native, wasm] = twins(onBytes);
    const onCpu = await fitQuietly(native, x, y);
    backend.isUsingGpuDevice = true;
    try {
      assertSameHistory(await fitQuietly(wasm, x, y), onCpu, 1e-4);
    } finally {
      backend.isUsingGpuDevice = false;
    }
  });

  it('computes shards of a small product with their biases', async () => {
    const layers = () => [...mlp('tanh').slice(0, 1), dense(2048, 'relu'), dense(64, 'relu')];
    const wide: Case = { layers: () => [...layers(), dense(4, 'softmax')] };
    setParts(2);
    try {
      await assertTrainsAlike(twins(wide), data(), { batchSize: 3 }, { tolerance: 1e-3 });
    } finally {
      setParts(undefined);
    }
  });

  it('has the weights of the last step of a call in which it was to end', async () => {
    const [samples, batchSize] = [200, 5];
    const options = { batchSize, validationSplit: 0 };
    const normalization = () => tf.layers.batchNormalization();
    const layers = () => [...mlp('tanh').slice(0, 1), normalization(), dense(4, 'softmax')];
    const [ours, stock] = twins({ layers, optimizer: () => tf.train.sgd(0.1) });
    const x = tf.randomUniform([samples, 6], 0, 1, 'float32', 3);
    const y = tf.randomUniform([samples], 0, 4, 'int32', 5).toFloat();
    let steps = 0;
    // The first calls have one step each; the observer receives the logs of all steps after a call.
    class Ending extends tf.Callback {
      readonly weightsAt = [];
      override async onBatchEnd(): Promise<void> {
        if (++steps === 3) ours.stopTraining = true;
      }
    }
    await fitQuietly(ours, x, y, { ...options, epochs: 2, callbacks: new Ending() });
    assert.ok(steps >= 3 && steps <= samples / batchSize, String(steps));
    const count = steps * batchSize;
    await fitStock(stock, x.slice(0, count), y.slice(0, count), { ...options, epochs: 1 });
    assertSameWeights(ours, stock, 1e-5);
  });
});
