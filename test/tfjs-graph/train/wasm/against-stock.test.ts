/** Twenty steps of models that WebAssembly's own step trains, against tfjs-layers' own on the plain processor. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { fit } from 'tfjs-graph';
import { readData } from '../../../texts';
import { assertSameHistory, assertSameWeights, fitStock, twins } from '../against-stock';
import { assertNothingLeft, settledCounts } from '../counts';
import { layerOf, type Written } from '../written-layers';

const cases = readData<Record<string, Written[]>>('tfjs-graph/train/wasm/against-stock.yml');

describe('training by our own WebAssembly, against tfjs-layers', () => {
  before(() => tf.setBackend('cpu'));

  for (const [name, example] of Object.entries(cases)) {
    it(name, async () => {
      const [ours, stock] = twins({ layers: () => example.map(layerOf) });
      const shape = ours.inputs[0]?.shape.slice(1) as number[];
      const x = tf.randomUniform([130, ...shape], 0, 1, 'float32', 3);
      const y = tf.randomUniform([130], 0, 4, 'int32', 5).toFloat();
      // Ten steps an epoch, the last of fewer samples.
      const options = { batchSize: 11, epochs: 2, shuffle: false, validationSplit: 0.2 };
      const own = { ...options, verbose: 0 } as const;
      const train = () => fit(ours, x, y, { ...own, onFallback: why => assert.fail(why) });
      const trained = await train();
      assertSameHistory(trained, await fitStock(stock, x, y, options), 1e-5);
      assertSameWeights(ours, stock, 1e-5);
      const before = await settledCounts();
      await train();
      assertNothingLeft(before);
    });
  }
});
