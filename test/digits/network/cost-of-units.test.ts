/** What hidden units are worth. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { setLanguage } from '../../../lib/digits/language';
import { costOfUnits } from '../../../lib/digits/network/cost-of-units';
import { predict } from '../../../lib/digits/network/predict';
import { compiledModel, digitsOf } from '../../support';

describe('costOfUnits', () => {
  before(() => useDevice('cpu'));
  beforeEach(() => setLanguage('en'));

  it('is the accuracy that is lost when a unit has no outgoing weights, all else as it was', () => {
    const model = compiledModel();
    const x = tf.randomUniform([200, 28, 28]);
    // Those labels that the network gives: without a unit, some are lost.
    const y = predict(model, x).argMax(1).arraySync() as number[];
    const before = model.getWeights().map(weight => weight.dataSync().join());
    const tensors = tf.memory().numTensors;
    const { accuracy, hidden, units, together, largestLoss } = costOfUnits(model, x, y);
    assert.equal(tf.memory().numTensors, tensors);
    assert.deepEqual(
      model.getWeights().map(weight => weight.dataSync().join()),
      before,
    );
    assert.deepEqual([accuracy, hidden, units.length], [1, 128, 16]);
    const [w1, b1, w2, b2] = model.getWeights().map(each => each.clone()) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const without = (isOff: (unit: number) => boolean) => {
      const on = tf.tensor2d(Array.from({ length: 128 }, (_, unit) => [Number(!isOff(unit))]));
      model.setWeights([w1, b1, w2.mul(on), b2]);
      const found = predict(model, x).argMax(1).arraySync() as number[];
      return found.filter((digit, i) => digit !== y[i]).length / y.length;
    };
    const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);
    const expected = units.map((_, unit) => without(off => off === unit));
    for (const [unit, { lost }] of units.entries()) near(lost, expected[unit] ?? 9);
    const all = without(off => off < 16);
    near(together.lost, all);
    assert.ok(together.lost > 0);
    near(largestLoss, 100 * Math.max(...units.map(({ lost }) => lost)));
  });

  it('takes fewer units, a Dropout, and labels as a tensor', () => {
    const model = tf.sequential();
    model.add(tf.layers.flatten({ inputShape: [28, 28] }));
    model.add(tf.layers.dense({ units: 3, activation: 'tanh' }));
    model.add(tf.layers.dropout({ rate: 0.5 }));
    model.add(tf.layers.dense({ units: 10 }));
    const { units, hidden, together } = costOfUnits(model, ...digitsOf(20));
    assert.deepEqual([units.length, hidden], [3, 3]);
    assert.ok(Number.isFinite(together.lost));
  });

  it('explains which model it needs', () => {
    const last = tf.sequential();
    last.add(tf.layers.flatten({ inputShape: [28, 28] }));
    last.add(tf.layers.dense({ units: 10 }));
    assert.throws(() => costOfUnits(last, ...digitsOf(10)), /at least one layer behind it/);
    const pictures = tf.sequential();
    pictures.add(tf.layers.reshape({ inputShape: [28, 28], targetShape: [28, 28, 1] }));
    pictures.add(tf.layers.conv2d({ filters: 2, kernelSize: 3 }));
    pictures.add(tf.layers.flatten());
    pictures.add(tf.layers.dense({ units: 10 }));
    assert.throws(() => costOfUnits(pictures, ...digitsOf(10)), /a weight for each pixel/);
    assert.throws(() => costOfUnits(compiledModel(), digitsOf(10)[0], [1, 2]), RangeError);
  });
});
