/** Twenty steps of models that WebAssembly's own step trains, against tfjs-layers' own on the plain processor. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { fit } from 'tfjs-graph';
import { assertSameHistory, assertSameWeights, type Case, fitStock, twins } from '../against-stock';
import { assertNothingLeft, settledCounts } from '../counts';

const { layers } = tf;

const picture = (height = 9, width = 8, channels = 2) => ({
  inputShape: [height, width, channels],
});
const conv = (filters: number, kernelSize: number | [number, number], options: object = {}) =>
  layers.conv2d({ filters, kernelSize, ...options });
const relu = { activation: 'relu' };
const same = { padding: 'same' };
const end = () => [layers.flatten(), layers.dense({ units: 4, activation: 'softmax' })];
/** The small convolution of exercise 10.4, only smaller. */
const usual = () => [
  conv(5, 3, { ...relu, ...picture() }),
  layers.maxPooling2d({ poolSize: 2 }),
  layers.flatten(),
  layers.dense({ units: 6, activation: 'relu' }),
  layers.dense({ units: 4, activation: 'softmax' }),
];

const cases: Record<string, Case> = {
  'a convolution, pooling and Dense layers': { layers: usual },
  'margins around the pictures': {
    layers: () => [
      conv(4, 3, { ...same, ...relu, ...picture() }),
      layers.maxPooling2d({ poolSize: 2, padding: 'same' }),
      conv(6, [3, 2], { ...same, activation: 'sigmoid' }),
      ...end(),
    ],
  },
  'strides with margins': {
    layers: () => [
      conv(2, 1, picture(11, 10, 3)),
      conv(6, 4, { ...same, strides: [3, 2] }),
      conv(5, 3, { ...same, strides: 2 }),
      ...end(),
    ],
  },
  'windows of pooling that overlap': {
    layers: () => [
      conv(2, 2, picture()),
      layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
      layers.maxPooling2d({ poolSize: [3, 2], strides: [2, 1] }),
      ...end(),
    ],
  },
  'pooling and Dropout at the beginning': {
    layers: () => [
      layers.maxPooling2d({ poolSize: 2, ...picture() }),
      layers.dropout({ rate: 0.2, seed: 5 }),
      layers.dropout({ rate: 0 }),
      conv(2, 2, relu),
      ...end(),
    ],
  },
  'Dropout of pictures and of units': {
    layers: () => [
      conv(3, 3, { ...relu, ...picture() }),
      layers.dropout({ rate: 0.3, seed: 7 }),
      layers.flatten(),
      layers.dense({ units: 6, activation: 'tanh', useBias: false }),
      layers.dropout({ rate: 0.5, seed: 8 }),
      layers.dense({ units: 4, activation: 'softmax' }),
    ],
  },
  'activations as layers, and Reshape': {
    layers: () => [
      layers.reshape({ targetShape: [8, 6, 3], ...picture() }),
      conv(3, 3),
      layers.activation({ activation: 'relu' }),
      layers.flatten(),
      layers.dense({ units: 4 }),
      layers.activation({ activation: 'softmax' }),
    ],
  },
};

describe('training by our own WebAssembly, against tfjs-layers', () => {
  before(() => tf.setBackend('cpu'));

  for (const [name, example] of Object.entries(cases)) {
    it(name, async () => {
      const [ours, stock] = twins(example);
      const shape = ours.inputs[0]?.shape.slice(1) as number[];
      const x = tf.randomUniform([130, ...shape], 0, 1, 'float32', 3);
      const y = tf.randomUniform([130], 0, 4, 'int32', 5).toFloat();
      // Ten steps an epoch, the last of fewer samples.
      const options = { batchSize: 11, epochs: 2, shuffle: false, validationSplit: 0.2 };
      const train = () => fit(ours, x, y, { ...options, onFallback: why => assert.fail(why) });
      const trained = await train();
      assertSameHistory(trained, await fitStock(stock, x, y, options), 1e-5);
      assertSameWeights(ours, stock, 1e-5);
      const before = await settledCounts();
      await train();
      assertNothingLeft(before);
    });
  }
});
