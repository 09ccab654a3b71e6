import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { setLanguage } from '../../../lib/digits/language';
import { computeForwardPass } from '../../../lib/digits/network/forward-pass';
import { compiledModel } from '../../support';

/** The largest difference between two rows of numbers. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - itemAt(b, i))));

const image = () => tf.randomUniform([1, 28, 28]);

function deeper(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [12, 12, 1], filters: 4, kernelSize: 3 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dropout({ rate: 0.5 }));
  model.add(tf.layers.dense({ units: 7, activation: 'tanh' }));
  model.add(tf.layers.dense({ units: 5, activation: 'softmax', useBias: false }));
  return model;
}

describe('computeForwardPass', () => {
  before(() => useDevice('cpu'));

  it('ends in the probabilities that the model predicts', () => {
    for (const [model, x] of [
      [compiledModel(), image()],
      [deeper(), tf.randomUniform([1, 12, 12, 1])],
    ] as const) {
      const { probabilities } = computeForwardPass(model, x);
      const predicted = (model.predict(x) as tf.Tensor).dataSync();
      assert.equal(probabilities.length, predicted.length);
      assert.ok(apart(probabilities, predicted) < 1e-6);
    }
  });

  it('keeps every step on the way, as the formulas of the lesson give it', () => {
    const model = compiledModel();
    const x = image();
    const { input, hidden, logits, probabilities, shape } = computeForwardPass(model, x);
    assert.deepEqual(shape, [28, 28]);
    assert.deepEqual(input, x.dataSync());
    const [kernel, bias, kernel2, bias2] = model.getWeights() as [
      tf.Tensor2D,
      tf.Tensor1D,
      tf.Tensor2D,
      tf.Tensor1D,
    ];
    const h = (x.reshape([1, 784]) as tf.Tensor2D).matMul(kernel).add(bias).relu() as tf.Tensor2D;
    assert.equal(hidden.length, 128);
    assert.ok(apart(hidden, h.dataSync()) < 1e-5);
    assert.ok(hidden.every(value => value >= 0));
    assert.ok(apart(logits, h.matMul(kernel2).add(bias2).dataSync()) < 1e-5);
    const powers = Array.from(logits, Math.exp);
    const sum = powers.reduce((total, power) => total + power, 0);
    assert.ok(
      apart(
        probabilities,
        powers.map(power => power / sum),
      ) < 1e-6,
    );
  });

  it('passes a network of a single layer', () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape: [3], units: 2, activation: 'softmax' }));
    const { input, hidden } = computeForwardPass(model, tf.tensor2d([[1, 2, 3]]));
    assert.deepEqual([input, hidden], [Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3)]);
  });

  it('leaves no tensor behind', () => {
    const [model, x] = [compiledModel(), image()];
    const before = tf.memory().numTensors;
    computeForwardPass(model, x);
    assert.equal(tf.memory().numTensors, before);
  });

  it('explains what it cannot take', () => {
    const linear = tf.sequential();
    linear.add(tf.layers.dense({ inputShape: [3], units: 2 }));
    const activated = tf.sequential({ layers: linear.layers });
    activated.add(tf.layers.activation({ activation: 'softmax' }));
    const compute = (model: tf.LayersModel, shape: number[]) => () =>
      computeForwardPass(model, tf.zeros(shape));
    for (const [call, en, zh] of [
      [compute(compiledModel(), [28, 28]), /without the batch axis/, /批/],
      [
        compute(compiledModel(), [3, 28, 28]),
        /^ShapeError: Expected a single sample but received 3\. Take one as a slice, such as xTest\./,
        /一次只看一个样本，收到的是 3 个。请用切片/,
      ],
      [compute(tf.sequential(), [1, 3]), /has no layers yet\. Run stage 5/, /还没有任何层/],
      [
        compute(linear, [1, 3]),
        /^OutputLayerError: Expected a model whose last layer is Dense with softmax, .* its last layer is Dense, linear\. End the model with/,
        /最后一层应当是带 softmax 的 Dense 层.*现在的最后一层是 Dense, linear。/,
      ],
      [compute(activated, [1, 3]), /its last layer is Activation\./, /是 Activation。/],
    ] as const) {
      setLanguage('en');
      assert.throws(call, en);
      setLanguage('zh');
      assert.throws(call, zh);
    }
  });
});
