import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/device/use';
import { denseLayers } from '../../../lib/training/dense/layers';
import { OptimizerState } from '../../../lib/training/optimizer-state';
import type { InnerModel } from '../../../lib/training/trainer';

type Compile = Partial<tf.ModelCompileArgs>;

/** What is recognised of a sequential model of these layers. */
async function recognised(layers: tf.layers.Layer[], compile: Compile = {}) {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', ...compile });
  const inner = (model as unknown as { model: InnerModel }).model;
  const optimizer = new OptimizerState(inner.optimizer);
  await optimizer.prepare(inner.collectedTrainableWeights.map(weight => weight.read()));
  return denseLayers(inner, optimizer);
}

const flatten = () => tf.layers.flatten({ inputShape: [4, 4] });
const dense = (units: number, options: Partial<Parameters<typeof tf.layers.dense>[0]> = {}) =>
  tf.layers.dense({ units, ...options });
const softmax = (options = {}) => dense(3, { activation: 'softmax', ...options });

describe('stacks of Flatten and Dense', () => {
  before(async () => {
    await useDevice('cpu');
  });

  it('recognises the lesson’s model', async () => {
    const layers = await recognised([flatten(), dense(5, { activation: 'relu' }), softmax()], {
      metrics: [tf.metrics.sparseCategoricalAccuracy],
    });
    const sizes = layers?.map(({ inputs, units }) => [inputs, units]);
    assert.deepEqual(sizes, [
      [16, 5],
      [5, 3],
    ]);
  });

  it('recognises other activations, layers without bias, and SGD', async () => {
    const stack = ['tanh', 'sigmoid', 'linear'].map(name =>
      dense(4, { activation: name as 'tanh' }),
    );
    const layers = await recognised([flatten(), ...stack, softmax({ useBias: false })], {
      optimizer: 'sgd',
      metrics: ['accuracy'],
    });
    assert.equal(layers?.length, 4);
    assert.equal(layers?.[3]?.bias, undefined);
  });

  const others: Record<string, () => [tf.layers.Layer[], Compile?]> = {
    'another layer': () => [[flatten(), dense(5), tf.layers.dropout({ rate: 0.1 }), softmax()]],
    'another activation': () => [[flatten(), dense(5, { activation: 'elu' }), softmax()]],
    'no softmax at the end': () => [[flatten(), dense(3, { activation: 'relu' })]],
    'softmax in between': () => [[flatten(), softmax(), softmax()]],
    'a penalty': () => [[flatten(), dense(5, { kernelRegularizer: 'l1l2' }), softmax()]],
    'a constraint': () => [[flatten(), dense(5, { kernelConstraint: 'nonNeg' }), softmax()]],
    'a frozen layer': () => [[flatten(), dense(5, { trainable: false }), softmax()]],
    'another loss': () => [[flatten(), softmax()], { loss: 'categoricalCrossentropy' }],
    'another metric': () => [[flatten(), softmax()], { metrics: ['mse'] }],
  };
  for (const [name, make] of Object.entries(others)) {
    it(`leaves to others a model with ${name}`, async () => {
      assert.equal(await recognised(...make()), undefined);
    });
  }

  it('leaves to others a layer that is used twice', async () => {
    const shared = dense(16, { activation: 'relu' });
    assert.equal(
      await recognised([flatten(), shared, shared, softmax()]).catch(() => undefined),
      undefined,
    );
  });
});
