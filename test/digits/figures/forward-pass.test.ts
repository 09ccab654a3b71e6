import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { computeForwardPass } from '../../../lib/digits/figures/forward-pass';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import { compiledModel } from '../../support';

/** The largest difference between two rows of numbers. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - itemAt(b, i))));

const image = () => tf.randomUniform([1, 28, 28]);

function deeper(): tf.Sequential {
  const { conv2d, dense, dropout, flatten } = tf.layers;
  const filters = conv2d({ inputShape: [12, 12, 1], filters: 4, kernelSize: 3 });
  const hidden = dense({ units: 7, activation: 'tanh' });
  const last = dense({ units: 5, activation: 'softmax', useBias: false });
  return tf.sequential({ layers: [filters, flatten(), dropout({ rate: 0.5 }), hidden, last] });
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
    const { input, hidden, logits, shape } = computeForwardPass(model, x);
    assert.deepEqual(shape, [28, 28]);
    assert.deepEqual(input, x.dataSync());
    const [kernel, bias, kernel2, bias2] = model.getWeights() as [
      ...[tf.Tensor2D, tf.Tensor1D],
      ...[tf.Tensor2D, tf.Tensor1D],
    ];
    const h = (x.reshape([1, 784]) as tf.Tensor2D).matMul(kernel).add(bias).relu() as tf.Tensor2D;
    assert.equal(hidden.length, 128);
    assert.ok(apart(hidden, h.dataSync()) < 1e-5);
    assert.ok(hidden.every(value => value >= 0));
    assert.ok(apart(logits, h.matMul(kernel2).add(bias2).dataSync()) < 1e-5);
  });

  it('passes a network of a single layer, and leaves no tensor behind', () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape: [3], units: 2, activation: 'softmax' }));
    const x = tf.tensor2d([[1, 2, 3]]);
    const before = tf.memory().numTensors;
    const { input, hidden } = computeForwardPass(model, x);
    assert.deepEqual([input, hidden], [Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3)]);
    assert.equal(tf.memory().numTensors, before);
  });

  it('explains what it cannot take', () => {
    const layers = [tf.layers.dense({ inputShape: [3], units: 2 })];
    const { input, figures } = tables.en;
    for (const [name, message, model, shape] of [
      ['ShapeError', input.severalPictures('3', 'xTest'), compiledModel(), [3, 28, 28]],
      [
        'OutputLayerError',
        figures.forwardPass.otherEnd('Dense, linear'),
        tf.sequential({ layers }),
        [1, 3],
      ],
    ] as const) {
      assert.throws(() => computeForwardPass(model, tf.zeros([...shape])), { name, message });
    }
  });
});
