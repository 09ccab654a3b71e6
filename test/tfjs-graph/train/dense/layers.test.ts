import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import { fallbackText } from '../../../../lib/digits/words';
import { NotDenseError } from '../../../../lib/tfjs-graph/errors';
import { denseLayers } from '../../../../lib/tfjs-graph/train/dense/read-model';
import { OptimizerState } from '../../../../lib/tfjs-graph/train/optimizer-state';
import type { InnerModel } from '../../../../lib/tfjs-graph/train/trainer';

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

  type Example = [
    reason: RegExp,
    layers: tf.layers.Layer[],
    compile?: Compile,
    afterwards?: Change,
  ];
  const others: Record<string, () => Example> = {
    'another layer': () => [
      /stack of Flatten and Dense/,
      [flatten(), dense(5), tf.layers.dropout({ rate: 0.1 }), softmax()],
    ],
    'another activation': () => [
      /activations/,
      [flatten(), dense(5, { activation: 'elu' }), softmax()],
    ],
    'no softmax at the end': () => [/activations/, [flatten(), dense(3, { activation: 'relu' })]],
    'softmax in between': () => [/activations/, [flatten(), softmax(), softmax()]],
    'a penalty': () => [
      /regularizers/,
      [flatten(), dense(5, { kernelRegularizer: 'l1l2' }), softmax()],
    ],
    'a constraint': () => [
      /constraints/,
      [flatten(), dense(5, { kernelConstraint: 'nonNeg' }), softmax()],
    ],
    'a frozen layer': () => [/frozen/, [flatten(), dense(5, { trainable: false }), softmax()]],
    'a layer that is unfrozen after it was compiled': () => [
      /frozen/,
      [flatten(), dense(5, { trainable: false }), softmax()],
      {},
      ({ layers }) => {
        (layers[2] as tf.layers.Layer).trainable = true;
      },
    ],
    'weights that are frozen together': () => [
      /frozen/,
      [flatten(), dense(5), softmax()],
      {},
      model => {
        // As a container does it: its layers still say that they are trainable.
        (model as unknown as { trainable: boolean }).trainable = false;
        assert.ok(model.layers[2]?.trainable);
      },
    ],
    'another loss': () => [/loss/, [flatten(), softmax()], { loss: 'categoricalCrossentropy' }],
    'another metric': () => [/metrics/, [flatten(), softmax()], { metrics: ['mse'] }],
  };
  for (const [name, make] of Object.entries(others)) {
    it(`leaves to others a model with ${name}, and says why`, async () => {
      const [reason, ...example] = make();
      await assert.rejects(recognised(...example), error => {
        assert.ok(error instanceof NotDenseError, String(error));
        assert.match(error.reason, reason);
        assert.match(fallbackText(error).zh, /原因：[^。]*[\u4e00-\u9fff]/);
        return true;
      });
    });
  }

  it('leaves to others a layer that is used twice', async () => {
    const shared = dense(16, { activation: 'relu' });
    const example = recognised([flatten(), shared, shared, softmax()]);
    await assert.rejects(example, /stack of Flatten and Dense/);
  });
});
