import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import type { Messages } from '../../../lib/digits/messages/en';
import { denseLayers } from '../../../lib/digits/pad/dense-layers';
import {
  activations,
  type DenseLayer,
  output,
  pack,
  unpack,
} from '../../../lib/digits/pad/plain-network';
import { testDigits, trainedModel } from './support';

const largest = (values: Float32Array | number[]): number => values.indexOf(Math.max(...values));

/** TensorFlow.js's results for each digit. */
function predictions(model: tf.LayersModel, digits: Float32Array[]): number[][] {
  return tf.tidy(() => {
    const pixels = Float32Array.from(digits.flatMap(digit => Array.from(digit)));
    const sample = itemAt(model.inputs, 0).shape.slice(1).map(Number);
    return (
      model.predict(tf.tensor(pixels, [digits.length, ...sample])) as tf.Tensor2D
    ).arraySync();
  });
}

/** The largest difference between two networks' outputs. */
function worst(layers: DenseLayer[], model: tf.LayersModel, digits: Float32Array[]): number {
  const expected = predictions(model, digits);
  const differences = digits.flatMap((pixels, i) =>
    Array.from(output(layers, pixels), (value, k) => Math.abs(value - (expected[i]?.[k] ?? 9))),
  );
  return Math.max(...differences);
}

const modelOf = (...layers: tf.layers.Layer[]) => tf.sequential({ layers });

describe("the pad's network", () => {
  let model: tf.Sequential;
  let digits: Float32Array[];
  before(async function () {
    this.timeout(60_000);
    model = await trainedModel();
    digits = await testDigits(1000);
  });

  it('computes what TensorFlow.js computes; packed it differs by less than 0.05, and answers alike', () => {
    assert.ok(worst(denseLayers(model), model, digits) < 1e-5);
    const packed = denseLayers(model)
      .map(layer => pack(layer))
      .map(unpack);
    assert.ok(worst(packed, model, digits) < 0.05);
    const expected = predictions(model, digits).map(largest);
    const same = digits.filter((pixels, i) => largest(output(packed, pixels)) === expected[i]);
    assert.ok(same.length >= 998, `${same.length} of 1000`);
  });

  it('computes each activation, with several layers, without bias, and with a Dropout', () => {
    for (const activation of activations) {
      const other = modelOf(
        tf.layers.flatten({ inputShape: [28, 28, 1] }),
        tf.layers.dense({ units: 12, activation, biasInitializer: 'randomNormal' }),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 7, activation, useBias: false }),
        tf.layers.dense({ units: 10, activation: 'softmax' }),
      );
      assert.ok(worst(denseLayers(other), other, digits.slice(0, 20)) < 1e-5, activation);
    }
    const other = modelOf(tf.layers.dense({ units: 10, activation: 'sigmoid', inputShape: [784] }));
    assert.ok(worst(denseLayers(other), other, digits.slice(0, 20)) < 1e-5, '784 values');
  });

  it('packs a layer whose weights are all 0', () => {
    const zeros = new Float32Array(4);
    const layer = { kernel: zeros, bias: Float32Array.of(1, 2), activation: 'linear' } as const;
    assert.deepEqual(unpack(pack(layer)), layer);
  });

  it('explains by which models it cannot read', () => {
    const softmax = () => tf.layers.dense({ units: 10, activation: 'softmax' });
    const flat = (...layers: tf.layers.Layer[]) =>
      modelOf(tf.layers.flatten({ inputShape: [28, 28] }), ...layers);
    const functional = () => {
      const input = tf.input({ shape: [784] });
      const outputs = softmax().apply(input) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs });
    };
    const look = { inputShape: [28, 28, 1], filters: 2, kernelSize: 3, name: 'look' };
    const mish = tf.layers.dense({ units: 4, activation: 'mish', name: 'odd' });
    const failed = flat(tf.layers.dense({ units: 10, activation: 'softmax', name: 'lost' }));
    failed.setWeights(failed.getWeights().map(weight => tf.fill(weight.shape, Number.NaN)));
    type Texts = Messages['pad'];
    for (const [other, told] of [
      [
        modelOf(tf.layers.flatten({ inputShape: [8, 8] }), softmax()),
        t => t.otherShapes('(8, 8) → (10,)'),
      ],
      [functional(), t => t.otherShapes('Model')],
      [
        modelOf(tf.layers.conv2d(look), tf.layers.flatten(), softmax()),
        t => t.otherLayer(activations, 'look', 'Conv2D'),
      ],
      [flat(mish, softmax()), t => t.otherLayer(activations, 'odd', 'Dense, mish')],
      [flat(tf.layers.dense({ units: 10 })), t => t.noProbabilities('linear')],
      [failed, t => t.notFinite('lost')],
    ] as [tf.LayersModel, (texts: Texts) => string][]) {
      const message = told(tables.en.pad);
      assert.throws(() => denseLayers(other), { name: 'PadModelError', message });
    }
  });
});
