import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { nudge, useDevice } from '../../../lib/digits/index';
import { itemAt } from '../../../lib/digits/item-at';
import { beginChance } from '../../seed';
import { checksum, compiledModel, digitsOf } from '../../support';

const answerOf = (p: Float32Array) => p.indexOf(Math.max(...p));

/** Two pixels, two classes: the answer is the brighter pixel's. */
function brighter(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 2, inputShape: [2], activation: 'softmax' }));
  model.setWeights([tf.eye(2), tf.zeros([2])]);
  return model;
}

for (const device of ['cpu', 'wasm'] as const) {
  describe(`nudge, ${device}`, () => {
    let model: tf.Sequential;
    let x: tf.Tensor3D;
    before(async () => {
      await useDevice(device);
      beginChance('nudge');
      model = compiledModel();
      [x] = digitsOf(3);
    });

    it('goes the shortest way to the border, as far as it must', () => {
      const { change, largest, total, from, to } = nudge(brighter(), tf.tensor2d([[0.75, 0.25]]));
      assert.deepEqual([from, to], [0, 1]);
      // Both pixels meet at 0.5; a little more makes the lead of the second.
      for (const [i, value] of [-0.25, 0.25].entries()) {
        assert.ok(Math.abs(itemAt(change, i) - value * 1.03) < 0.01, `${change}`);
      }
      assert.deepEqual(
        [largest, total].map(value => value.toFixed(1)),
        ['0.3', '0.5'],
      );
    });

    it('turns the answer to the digit asked for, or to the nearest, within black and white', () => {
      const [sum, { numTensors }] = [checksum(model), tf.memory()];
      const picture = x.slice(1, 1);
      const nearest = nudge(model, picture);
      const sizes = [...Array(10).keys()]
        .filter(to => to !== nearest.from)
        .map(to => {
          const { pixels, probabilities, change } = nudge(model, picture, { to });
          assert.equal(answerOf(probabilities.after), to);
          assert.ok(pixels.after.every(value => value >= 0 && value <= 1));
          const again = tf.tensor3d(pixels.after, [1, 28, 28]);
          assert.equal(
            tf.tidy(() => (model.predict(again) as tf.Tensor).argMax(1).dataSync()[0]),
            to,
          );
          again.dispose();
          return Math.hypot(...change);
        });
      assert.equal(Math.hypot(...nearest.change), Math.min(...sizes));
      picture.dispose();
      assert.equal(checksum(model), sum, 'the model is as it was');
      assert.equal(tf.memory().numTensors, numTensors);
    });

    it('says what it cannot turn', () => {
      const sample = x.slice(0, 1);
      const { from } = nudge(model, sample);
      assert.throws(() => nudge(model, x), /Expected a single picture but received 3/);
      assert.throws(
        () => nudge(model, sample, { to: from }),
        /^OptionError: .* is \d already\. Choose/,
      );
      for (const to of [10, -1, 2.5, Number.NaN, '3' as never]) {
        assert.throws(
          () => nudge(model, sample, { to }),
          /^OptionError: .* a digit from 0 to 9 but rec/,
        );
      }
      assert.throws(() => nudge(model, sample.mul(Number.NaN)), /^NotFiniteError/);
      const dead = compiledModel();
      dead.setWeights(dead.getWeights().map(weight => tf.zerosLike(weight)));
      assert.throws(
        () => nudge(dead, sample),
        /^RangeError: .* the answer stays 0\. Has the model/,
      );
    });
  });
}
