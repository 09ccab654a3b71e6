/** Each layer of tfjs-layers, as `fit` trains it on either engine, against tfjs-layers' own `fit`. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { fit } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { assertClose, assertTrainsAlike, fitQuietly, fitStock } from './against-stock';
import { type LayerCase, layerCases } from './layer-models';

/** Of `tf.layers`, what makes no layer of its own. */
const OTHERS = {
  Layer: 'the base of all layers',
  RNN: 'the class that `rnn` makes',
  RNNCell: 'the base of the cells',
  input: 'an alias of tf.input, which makes a tensor',
  avgPool1d: 'averagePooling1d',
  avgPooling1d: 'averagePooling1d',
  avgPool2d: 'averagePooling2d',
  avgPooling2d: 'averagePooling2d',
  avgPool3d: 'averagePooling3d',
  avgPooling3d: 'averagePooling3d',
  globalMaxPool1d: 'globalMaxPooling1d',
  globalMaxPool2d: 'globalMaxPooling2d',
  maxPool1d: 'maxPooling1d',
  maxPool2d: 'maxPooling2d',
};

const SAMPLES = 21;
/** The last step is given one sample, whose axis a careless reshape would lose. */
const options = { batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.2 };

/** Makes a layer's model, if asked to with the same weights each time, and data for it. */
function compiled({ model, x: given }: LayerCase, isSeeded = false) {
  const made = model();
  made.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError', metrics: ['mae'] });
  const weights = isSeeded ? made.trainableWeights : [];
  weights.forEach((weight, i) => {
    weight.write(tf.randomUniform(weight.shape as number[], -0.5, 0.5, 'float32', i + 1));
  });
  const shape = made.inputs[0]?.shape.slice(1) as number[];
  const x = given?.(SAMPLES) ?? tf.randomUniform([SAMPLES, ...shape], 0, 1, 'float32', 3);
  return [made, x, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5)] as const;
}

describe('each layer of tfjs-layers', () => {
  before(async () => {
    await useDevice('wasm');
    await useDevice('cpu');
  });

  it('has a line in the table', () => {
    const known = [...Object.keys(layerCases), ...Object.keys(OTHERS)];
    assert.deepEqual(known.sort(), Object.keys(tf.layers).sort());
  });

  for (const [name, example] of Object.entries(layerCases)) {
    const { fallsBack, fails } = example;
    if (fails) {
      it(`${name} is trained by neither`, async () => {
        for (const train of [fitQuietly, fitStock]) {
          await assert.rejects(async () => train(...compiled(example), options), fails);
        }
      });
      continue;
    }

    it(`${name} ${fallsBack ? 'falls back, and says why' : 'is recorded'}`, async () => {
      const [ours, ...data] = compiled(example);
      const [stock] = compiled(example);
      stock.setWeights(ours.getWeights());
      await assertTrainsAlike([ours, stock], data, options, { said: fallsBack });

      // On WebAssembly, against the engine in plain JavaScript.
      const native = tf.getBackend();
      try {
        await tf.setBackend('cpu');
        const [plain, ...own] = compiled(example, true);
        const { history } = await fitStock(plain, ...own, options);
        const expected = plain.getWeights().map(weight => weight.dataSync());
        await tf.setBackend('wasm');
        const [there, ...others] = compiled(example, true);
        const onWasm = await fit(there, ...others, options);
        for (const [key, values] of Object.entries(history)) {
          assertClose(onWasm.history[key] as number[], values as number[], 1e-4, key);
        }
        there.getWeights().forEach((weight, i) => {
          assertClose(weight.dataSync(), expected[i] ?? [], 1e-4, `weight ${i} on WebAssembly`);
        });
      } finally {
        await tf.setBackend(native);
      }
    });
  }
});
