/** What training leaves behind: no tensor and no session. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { type FitOptions, fit } from '../../../lib/digits/training/fit';
import { counts } from './counts';

const [SAMPLES, FEATURES, CLASSES] = [60, 6, 4];
const quiet = { verbose: 0, write: () => undefined } as const;
const common: FitOptions = { ...quiet, batchSize: 8, epochs: 2, validationSplit: 0.2 };

const noise = () => tf.layers.gaussianNoise({ stddev: 0.1 });
const dropout = () => tf.layers.dropout({ rate: 0.3 });
const normalization = () => tf.layers.batchNormalization();
const block = () => [
  tf.layers.reshape({ targetShape: [4, 2, 1] }),
  tf.layers.conv2d({ filters: 3, kernelSize: 2, padding: 'same', activation: 'relu' }),
  tf.layers.maxPooling2d({ poolSize: 2 }),
  tf.layers.flatten(),
];

function build(
  optimizer: () => tf.Optimizer | string = () => 'adam',
  between: () => tf.layers.Layer[] = () => [],
) {
  const layers = [
    tf.layers.dense({ units: 8, activation: 'relu', inputShape: [FEATURES] }),
    ...between(),
    tf.layers.dense({ units: CLASSES, activation: 'softmax' }),
  ];
  const model = tf.sequential({ layers });
  const loss = 'sparseCategoricalCrossentropy';
  model.compile({ optimizer: optimizer() as tf.Optimizer, loss, metrics: ['accuracy'] });
  return model;
}

describe('training leaves nothing behind', () => {
  let x: tf.Tensor;
  let y: tf.Tensor;

  before(async () => {
    await useDevice('cpu');
    x = tf.randomUniform([SAMPLES, FEATURES], 0, 1, 'float32', 3);
    y = tf.randomUniform([SAMPLES], 0, CLASSES, 'int32', 5);
  });

  const models: Record<string, () => tf.Sequential> = {
    Adam: () => build(),
    'SGD with momentum': () => build(() => tf.train.momentum(0.1, 0.9)),
    'Adadelta, whose own update is recorded': () => build(() => tf.train.adadelta(0.5)),
    Dropout: () => build(undefined, () => [dropout()]),
    'batch normalization': () => build(undefined, () => [normalization()]),
    'a block of convolution, activation and pooling': () => build(undefined, block),
    'noise, which TensorFlow.js trains itself': () => build(undefined, () => [noise()]),
  };

  /** Trains once, then thrice, which must leave nothing more behind. */
  async function leavesNothing(model: tf.Sequential, options: FitOptions = common): Promise<void> {
    await fit(model, x, y, options);
    const before = counts();
    for (let i = 0; i < 3; i++) await fit(model, x, y, options);
    assert.deepEqual(counts(), before);
    model.dispose();
  }

  for (const [name, make] of Object.entries(models)) {
    it(`after fits of a model: ${name}`, () => leavesNothing(make()));
  }

  it('after a model that is trained, disposed of and made anew', async () => {
    const before = counts();
    for (let i = 0; i < 3; i++) {
      const model = build();
      await fit(model, x, y, common);
      model.dispose();
    }
    assert.deepEqual(counts(), before);
  });

  const sampleWeight = tf.fill([SAMPLES], 0.5);
  const variants: Record<string, () => FitOptions> = {
    'callbacks at each step': () => ({ callbacks: { onBatchEnd: () => undefined } }),
    'early stopping': () => ({ epochs: 20, callbacks: tf.callbacks.earlyStopping({}) }),
    'weights of classes and samples': () => ({
      classWeight: { 0: 1, 1: 2, 2: 1, 3: 1 },
      sampleWeight,
    }),
    'samples for validation': () => ({ validationData: [x, y], validationSplit: 0 }),
  };

  for (const [name, options] of Object.entries(variants)) {
    it(`after fits with ${name}`, () => leavesNothing(build(), { ...common, ...options() }));
  }

  it('after a fit that refuses its samples', async () => {
    const model = build();
    await fit(model, x, y, common);
    const before = counts();
    const wide = tf.ones([SAMPLES, FEATURES + 1]);
    await assert.rejects(fit(model, wide, y, common));
    await assert.rejects(fit(model, x, y, { ...common, validationData: [wide, y] }));
    wide.dispose();
    assert.deepEqual(counts(), before);
    model.dispose();
  });
});
