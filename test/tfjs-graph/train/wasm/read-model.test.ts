import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import type { NotWasmError } from '../../../../lib/tfjs-graph/errors';
import { OptimizerState } from '../../../../lib/tfjs-graph/train/optimizer-state';
import type { InnerModel } from '../../../../lib/tfjs-graph/train/trainer';
import { readModel } from '../../../../lib/tfjs-graph/train/wasm/read-model';

type Compile = Partial<tf.ModelCompileArgs>;
/** What happens to a model after it was compiled. */
type Change = (model: InnerModel) => void;

/** What is recognised of a sequential model of these layers. */
async function recognised(layers: tf.layers.Layer[], compile: Compile = {}, afterwards?: Change) {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', ...compile });
  const inner = (model as unknown as { model: InnerModel }).model;
  afterwards?.(inner);
  const optimizer = new OptimizerState(inner.optimizer);
  await optimizer.prepare(inner.collectedTrainableWeights.map(weight => weight.read()));
  return readModel(inner, optimizer);
}

const flatten = () => tf.layers.flatten({ inputShape: [4, 4] });
const dense = (units: number, options: Partial<Parameters<typeof tf.layers.dense>[0]> = {}) =>
  tf.layers.dense({ units, ...options });
const softmax = (options = {}) => dense(3, { activation: 'softmax', ...options });

const pictures = (options: object = {}) => [
  tf.layers.conv2d({ filters: 2, kernelSize: 2, inputShape: [4, 4, 1], ...options }),
];

describe('stacks of layers for WebAssembly', () => {
  before(async () => {
    await useDevice('cpu');
  });

  interface Example {
    readonly layers: () => tf.layers.Layer[];
    readonly compile?: Compile;
    readonly afterwards?: Change;
  }
  const { conv2d, reshape, dropout, activation } = tf.layers;
  const first = { dataFormat: 'channelsFirst' } as const;
  const onPictures = (options: object, ...more: tf.layers.Layer[]): Example => ({
    layers: () => [...pictures(options), ...more, tf.layers.flatten(), softmax()],
  });
  const onVectors = (...more: tf.layers.Layer[]): Example => ({
    layers: () => [flatten(), ...more],
  });
  const refused: Record<NotWasmError['code'], Record<string, Example>> = {
    layers: {
      'a layer that is used twice': {
        layers: () => {
          const shared = dense(16, { activation: 'relu' });
          return [flatten(), shared, shared, softmax()];
        },
      },
      'another layer': onVectors(dense(5), tf.layers.elu(), softmax()),
      'a layer that turns the pictures': {
        layers: () => [tf.layers.flatten({ inputShape: [4, 4], ...first }), softmax()],
      },
      'channels first': onPictures(first),
      'a dilated convolution': onPictures({ dilationRate: 2 }),
      'pictures of any size': {
        layers: () => [
          conv2d({ filters: 2, kernelSize: 2, inputShape: [null, 4, 1] }),
          reshape({ targetShape: [18] }),
          softmax(),
        ],
      },
      'a Dense layer on each pixel': onPictures({}, dense(2)),
      'a shape for the noise of Dropout': onVectors(
        dropout({ rate: 0.5, noiseShape: [1, 16] }),
        softmax(),
      ),
      'an activation after Flatten': {
        layers: () => [
          ...pictures(),
          tf.layers.flatten(),
          activation({ activation: 'relu' }),
          softmax(),
        ],
      },
      'an activation of an activation': onVectors(
        dense(3, { activation: 'relu' }),
        activation({ activation: 'softmax' }),
      ),
    },
    activation: {
      'Dropout at the end': onVectors(softmax(), dropout({ rate: 0.5 })),
      'another activation': onVectors(dense(5, { activation: 'elu' }), softmax()),
      'no softmax at the end': onVectors(dense(3, { activation: 'relu' })),
      'softmax in between': onVectors(softmax(), softmax()),
    },
    penalty: {
      'a regularizer': onVectors(dense(5, { kernelRegularizer: 'l1l2' }), softmax()),
      'a constraint': onVectors(dense(5, { kernelConstraint: 'nonNeg' }), softmax()),
    },
    frozen: {
      'a frozen layer': onVectors(dense(5, { trainable: false }), softmax()),
      'a layer that is unfrozen after it was compiled': {
        ...onVectors(dense(5, { trainable: false }), softmax()),
        afterwards: ({ layers }) => {
          (layers[2] as tf.layers.Layer).trainable = true;
        },
      },
    },
    loss: {
      'another loss': { ...onVectors(softmax()), compile: { loss: 'meanSquaredError' } },
      'another metric': { ...onVectors(softmax()), compile: { metrics: ['mse'] } },
    },
    labels: {},
    optimizer: {},
  };
  for (const [code, examples] of Object.entries(refused)) {
    for (const [name, { layers, compile, afterwards }] of Object.entries(examples)) {
      it(`leaves to others a model with ${name}, and says why`, async () => {
        const reading = recognised(layers(), compile, afterwards);
        await assert.rejects(reading, { name: 'NotWasmError', code });
      });
    }
  }
});
