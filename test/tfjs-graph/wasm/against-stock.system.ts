/** Twelve steps of models that WebAssembly's own step trains, against tfjs-layers' own on the plain processor. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { readData } from '../../texts';
import { assertTrainsAlike, fitQuietly, fitStock, twins } from '../train/against-stock';
import { layerOf, type Written } from '../train/written-layers';

const cases = readData<Record<string, Written[]>>('tfjs-graph/wasm/against-stock.yml');

describe('training by our own WebAssembly, against tfjs-layers', () => {
  before(() => tf.setBackend('cpu'));

  for (const [name, example] of Object.entries(cases)) {
    it(name, async () => {
      const models = twins({ layers: () => example.map(layerOf) });
      const shape = models[0].inputs[0]?.shape.slice(1) as number[];
      const x = tf.randomUniform([70, ...shape], 0, 1, 'float32', 3);
      const y = tf.randomUniform([70], 0, 4, 'int32', 5).toFloat();
      // Six steps an epoch, the last of a single sample.
      await assertTrainsAlike(models, [x, y], { batchSize: 11, epochs: 2 });
    });
  }

  it('takes the smallest gradients by plain descent', async () => {
    const [ours, stock] = twins({
      layers: () => [tf.layers.dense({ units: 1, kernelInitializer: 'zeros', inputShape: [1] })],
      optimizer: () => tf.train.sgd(0.5),
      classes: 0,
    });
    const [x, y] = [tf.fill([8, 1], 1e-20), tf.ones([8, 1])];
    assert.equal((await fitQuietly(ours, x, y, { epochs: 9 })).said, '');
    await fitStock(stock, x, y, { epochs: 9 });
    const [actual, expected] = [ours, stock].map(model => model.getWeights()[0]?.dataSync()[0]);
    assert.ok(expected && Math.abs((actual ?? 0) / expected - 1) < 1e-5, `${actual}, ${expected}`);
  });
});
