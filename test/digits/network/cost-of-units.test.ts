/** What hidden units are worth. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { costOfUnits } from '../../../lib/digits/network/cost-of-units';
import '../../../lib/digits/training/methods';
import { checksum, compiledModel, digitsOf } from '../../support';

/** Flattens pictures, then has these layers. */
const flat = (...layers: tf.layers.Layer[]) =>
  tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28] }), ...layers] });

describe('costOfUnits', () => {
  before(() => useDevice('cpu'));

  it('is the accuracy that is lost when a unit has no outgoing weights, all else as it was', () => {
    const model = compiledModel();
    const x = tf.randomUniform([200, 28, 28]);
    // Those labels that the network gives: without a unit, some are lost.
    const y = model.predict(x).argMax(1).arraySync() as number[];
    const before = [checksum(model), tf.memory().numTensors];
    const { accuracy, hidden, lost, together, largestLoss } = costOfUnits(model, x, y);
    assert.deepEqual([checksum(model), tf.memory().numTensors], before);
    assert.deepEqual([accuracy, hidden, lost.length], [1, 128, 16]);
    const [w1, b1, w2, b2] = model.getWeights().map(each => each.clone()) as tf.Tensor[];
    const without = (isOff: (unit: number) => boolean) => {
      const on = tf.tensor2d(Array.from({ length: 128 }, (_, unit) => [Number(!isOff(unit))]));
      model.setWeights([w1, b1, w2?.mul(on), b2] as tf.Tensor[]);
      const found = model.predict(x).argMax(1).arraySync() as number[];
      return found.filter((digit, i) => digit !== y[i]).length / y.length;
    };
    const expected = [
      ...lost.map((_, unit) => without(off => off === unit)),
      without(off => off < 16),
    ];
    const all = [...lost, together];
    expected.forEach((share, i) => {
      assert.ok(Math.abs(Number(all[i]) - share) < 1e-9, `${all}, not ${expected}`);
    });
    assert.ok(together > 0);
    assert.equal(largestLoss, 100 * Math.max(...lost));
  });

  it('takes fewer units, a Dropout, and labels as a tensor', () => {
    const { dense, dropout } = tf.layers;
    const model = flat(dense({ units: 3 }), dropout({ rate: 0.5 }), dense({ units: 10 }));
    const { lost, hidden, together } = costOfUnits(model, ...digitsOf(20));
    assert.deepEqual([lost.length, hidden], [3, 3]);
    assert.ok(Number.isFinite(together));
  });

  it('explains which model it needs', () => {
    const { conv2d, dense, flatten, reshape } = tf.layers;
    const last = flat(dense({ units: 10 }));
    assert.throws(() => costOfUnits(last, ...digitsOf(10)), /at least one layer behind it/);
    const channel = reshape({ inputShape: [28, 28], targetShape: [28, 28, 1] });
    const pictures = tf.sequential({
      layers: [channel, conv2d({ filters: 2, kernelSize: 3 }), flatten(), dense({ units: 10 })],
    });
    assert.throws(() => costOfUnits(pictures, ...digitsOf(10)), /a weight for each pixel/);
    assert.throws(() => costOfUnits(compiledModel(), digitsOf(10)[0], [1, 2]), RangeError);
  });
});
