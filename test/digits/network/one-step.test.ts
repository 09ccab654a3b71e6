import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import mnist from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import { oneStep } from '../../../lib/digits/network/one-step';
import { divide } from '../../../lib/digits/training/divide';
import '../../../lib/digits/training/methods';
import { compiledModel, digitsOf } from '../../support';

type Batch = readonly [x: tf.Tensor, y: tf.Tensor];

/** The mean cross-entropy as the lesson defines it: −ln of the probability of the label. */
function crossEntropy(model: tf.LayersModel, [x, y]: Batch): number {
  return tf.tidy(() => {
    const p = model.predict(x) as tf.Tensor;
    const [count = 0, classes = 0] = p.shape;
    const truth = tf.oneHot(y.reshape([count]).toInt(), classes);
    return itemAt(p.mul(truth).sum(1).log().mean().neg().dataSync(), 0);
  });
}

const near = (a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a}, expected ${b} ± ${tolerance}`);

const COMPILED = { optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' };

describe('oneStep', () => {
  before(() => useDevice('cpu'));

  it('takes the step that gradient descent takes', async () => {
    const batch = digitsOf(32);
    const model = compiledModel();
    const before = crossEntropy(model, batch);
    const step = oneStep(model, ...batch, { learningRate: 0.1 });
    near(step.loss, before, 1e-5);
    assert.deepEqual([step.samples, step.parameters], [32, 101770]);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'sparseCategoricalCrossentropy' });
    await model.fit(...batch, { batchSize: 32, verbose: 0 });
    near(step.lossAfter, crossEntropy(model, batch), 1e-5);
  });

  it('has p − y, the gradient of the logits, of its first picture', () => {
    const [x, y] = digitsOf(8);
    const { picture } = oneStep(compiledModel(), x.slice(3), y.slice(3));
    const { probabilities, logitGradients, label, pixels, shape } = picture;
    assert.deepEqual([label, pixels, shape], [3, x.slice(3, 1).dataSync(), [28, 28]]);
    probabilities.forEach((p, i) => {
      near(itemAt(logitGradients, i), p - Number(i === label), 1e-6);
    });
  });

  it('has the gradient of one weight: the largest of its layer, and the finite difference', () => {
    const batch = digitsOf(64);
    const model = compiledModel();
    const { weight, loss } = oneStep(model, ...batch);
    const kernel = model.trainableWeights[2]?.read() as tf.Variable;
    const at = weight.input * 10 + weight.digit;
    const values = kernel.dataSync().slice();
    assert.equal(weight.value, values[at]);
    const moved = (by: number) => {
      const other = values.map((value, i) => (i === at ? value + by : value));
      kernel.assign(tf.tensor2d(other, [128, 10]));
      return crossEntropy(model, batch);
    };
    near((moved(0.05) - moved(-0.05)) / 0.1, weight.gradient, 1e-4);
    const value = itemAt(weight.curve.values, 17);
    near(moved(value - weight.value), itemAt(weight.curve.losses, 17), 1e-4);
    near(moved(0), loss, 1e-5);
  });

  it('follows that weight over the bottom of its valley, both sides higher', () => {
    const { weight, loss } = oneStep(compiledModel(), ...digitsOf(64));
    const { values, losses } = weight.curve;
    const lowest = losses.indexOf(Math.min(...losses));
    assert.ok(lowest > 3 && lowest < losses.length - 4, `the lowest is number ${lowest}`);
    assert.ok(itemAt(losses, lowest) < loss);
    assert.ok(
      values.includes(weight.value) && values.every((v, i) => !(v <= Number(values[i - 1]))),
    );
  });

  it('has the loss at other learning rates, until that of real digits has grown again', async () => {
    const [[images, labels]] = await mnist.loadData();
    const x = divide(images.slice(0, 64), 255);
    const y = tf.tensor1d(labels.slice(0, 64).data, 'int32');
    const { loss, lossAfter, path } = oneStep(compiledModel(), x, y);
    const { rates, losses } = path;
    assert.equal(Math.min(...rates), 0, 'no step uphill');
    near(itemAt(losses, rates.indexOf(0)), loss, 1e-6);
    assert.equal(losses[rates.indexOf(0.5)], lossAfter);
    const risen = loss + (loss - Math.min(...losses)) / 4;
    assert.ok(Number(losses.at(-1)) >= risen, JSON.stringify(path));
    assert.ok(Number(losses.at(-12)) < risen, 'no farther than that needs');
  });

  it('leaves weights and memory as they were, also where the step stops half-way', () => {
    const model = compiledModel();
    const [x, y] = digitsOf(10);
    const state = () => [tf.memory().numTensors, model.getWeights().map(w => w.arraySync())];
    const before = state();
    oneStep(model, x, y);
    assert.deepEqual(state(), before);
    const { logSoftmax } = tf.Tensor.prototype;
    let calls = 0;
    tf.Tensor.prototype.logSoftmax = function (axis) {
      if (++calls === 5) throw new Error('out of memory');
      return logSoftmax.call(this, axis);
    } as typeof logSoftmax;
    try {
      assert.throws(() => oneStep(model, x, y), /out of memory/);
    } finally {
      tf.Tensor.prototype.logSoftmax = logSoftmax;
    }
    assert.deepEqual(state()[1], before[1]);
  });

  it('passes networks of other layers, and without hidden ones', () => {
    const { conv2d, dense, dropout, flatten } = tf.layers;
    const y = tf.tensor1d([0, 1, 2, 0, 1, 2]);
    const network = (...layers: tf.layers.Layer[]) => {
      const model = tf.sequential({ layers });
      model.compile(COMPILED);
      return model;
    };
    const softmax = { units: 3, activation: 'softmax' } as const;
    const flat = network(dense({ inputShape: [4], useBias: false, ...softmax }));
    const pixels = oneStep(flat, tf.randomUniform([6, 4]), y);
    assert.ok(pixels.weight.fromPixel && pixels.lossAfter < pixels.loss);
    assert.deepEqual([pixels.parameters, pixels.picture.shape], [12, [4]]);
    const filters = conv2d({ inputShape: [6, 6, 1], filters: 2, kernelSize: 3 });
    const hidden = dense({ units: 5, activation: 'tanh' });
    const deep = network(filters, flatten(), dropout({ rate: 0.5 }), hidden, dense(softmax));
    const batch = [tf.randomUniform([6, 6, 6, 1]), y.reshape([6, 1])] as const;
    const step = oneStep(deep, ...batch, { learningRate: 0.01 });
    near(step.loss, crossEntropy(deep, batch), 1e-5);
    assert.ok(step.lossAfter < step.loss && !step.weight.fromPixel);
  });

  it('takes a single picture, whose loss has no bottom, and a network that does not train', () => {
    const [x, y] = digitsOf(1);
    const model = compiledModel();
    const { weight, lossAfter, loss } = oneStep(model, x, y);
    assert.ok(lossAfter < loss && weight.curve.losses.every(Number.isFinite));
    for (const layer of model.layers) layer.trainable = false;
    model.compile(COMPILED);
    const frozen = oneStep(model, x, y);
    assert.equal(frozen.parameters, 0);
    near(frozen.lossAfter, frozen.loss, 1e-6);
  });

  it('explains what it cannot take', () => {
    const { dense, flatten } = tf.layers;
    const [x, y] = digitsOf(4);
    const model = compiledModel();
    const compiled = (loss: string) => {
      const layers = [flatten({ inputShape: [28, 28] }), dense({ units: 10 })];
      const other = tf.sequential({ layers });
      other.compile({ optimizer: 'adam', loss });
      return other;
    };
    const broken = compiledModel();
    broken.setWeights(broken.getWeights().map(weight => tf.fill(weight.shape, Number.NaN)));
    const { input: t, figures } = tables.en;
    const oneHot = 'categoricalCrossentropy';
    const unequal = t.unequalCounts([t.counted.samples('4'), t.counted.labels('3')]);
    for (const [name, message, call] of [
      ['NotReadyError', t.noLayers, () => oneStep(tf.sequential(), x, y)],
      ['ShapeError', unequal, () => oneStep(model, x, y.slice(1))],
      ['OptionError', t.learningRate(0), () => oneStep(model, x, y, { learningRate: 0 })],
      ['OptionError', t.learningRate(NaN), () => oneStep(model, x, y, { learningRate: NaN })],
      ['LossError', t.otherLoss(oneHot), () => oneStep(compiled(oneHot), x, tf.oneHot(y, 10))],
      [
        'OutputLayerError',
        figures.forwardPass.otherEnd('Dense, linear'),
        () => oneStep(compiled(COMPILED.loss), x, y),
      ],
      ['NotFiniteError', /NaN/, () => oneStep(broken, x, y)],
    ] as const) {
      assert.throws(call, { name, message });
    }
  });
});
