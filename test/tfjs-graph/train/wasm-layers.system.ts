/** Each layer of tfjs-layers, as `fit` trains it on WebAssembly, against `model.fit` in plain JavaScript. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/tfjs-graph/train/fit';
import { assertClose, fitStock } from './against-stock';
import { layerCases } from './layer-models';

const SAMPLES = 21;
const options = { batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.2 };

describe('each layer of tfjs-layers on WebAssembly', () => {
  before(() => useDevice('wasm'));
  after(() => tf.setBackend('cpu'));

  for (const [name, { model, x: given, fails }] of Object.entries(layerCases)) {
    if (fails) continue;
    it(`${name} is trained as elsewhere`, async () => {
      const compiled = () => {
        const made = model();
        made.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
        made.trainableWeights.forEach((weight, i) => {
          weight.write(tf.randomUniform(weight.shape as number[], -0.5, 0.5, 'float32', i + 1));
        });
        const shape = made.inputs[0]?.shape.slice(1) as number[];
        const x = given?.(SAMPLES) ?? tf.randomUniform([SAMPLES, ...shape], 0, 1, 'float32', 3);
        return [made, x, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5)] as const;
      };
      await tf.setBackend('cpu');
      const stock = compiled();
      const { history } = await fitStock(...stock, options);
      const expected = stock[0].getWeights().map(weight => weight.dataSync());
      await tf.setBackend('wasm');
      const [ours, x, y] = compiled();
      const own = await fit(ours, x, y, options);
      assert.deepEqual(Object.keys(own.history).sort(), Object.keys(history).sort());
      for (const [key, values] of Object.entries(history)) {
        assertClose(own.history[key] as number[], values as number[], 1e-4, key);
      }
      ours.getWeights().forEach((weight, i) => {
        assertClose(weight.dataSync(), expected[i] ?? [], 1e-4, `weight ${i}`);
      });
    });
  }
});
