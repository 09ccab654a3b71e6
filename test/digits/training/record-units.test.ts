/** Hidden units recorded while a network is trained. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import type { FitArgs } from '../../../lib/digits/training/fit';
import '../../../lib/digits/training/methods';
import { recordUnits, type UnitRecorder } from '../../../lib/digits/training/record-units';
import { compiledModel, digitsOf } from '../../support';

const steps = ({ snapshots }: UnitRecorder) => snapshots.map(({ step }) => step);
/** The weights of the first unit. */
const firstUnit = (model: tf.LayersModel) =>
  Float32Array.from(model.getWeights()[0]?.slice([0, 0], [-1, 1]).dataSync() ?? []);

for (const device of ['cpu', 'wasm'] as const) {
  describe(`recordUnits on ${device}`, () => {
    before(() => useDevice(device));
    const [x, y] = digitsOf(200);
    const train = (model: tf.LayersModel, args: FitArgs, labels: tf.Tensor = y) =>
      model.fit(x, labels, { batchSize: 4, verbose: 0, shuffle: false, ...args });

    it('has the weights that the model has at these steps, to an interrupt, and trains as without it', async () => {
      const [model, other] = [compiledModel(), compiledModel()];
      other.setWeights(model.getWeights());
      const units = recordUnits();
      const unitsAt = new Map([[0, firstUnit(other)]]);
      let step = 0;
      const onBatchEnd = async () => void unitsAt.set(++step, firstUnit(other));
      await train(other, { epochs: 3, callbacks: { onBatchEnd } });
      // 50 steps per epoch: 100 is the end of an epoch, 10 is within an epoch.
      const onEpochEnd = async (epoch: number) => {
        if (epoch === 2) requestInterrupt();
      };
      await train(model, { epochs: 9, callbacks: [units, { onEpochEnd }] });
      assert.deepEqual(steps(units), [0, 10, 100, 150]);
      assert.deepEqual(units.size, [28, 28]);
      for (const { step, weights } of units.snapshots) {
        assert.equal(weights.length, 16);
        weights[0]?.forEach((weight, index) => {
          assert.ok(Math.abs(weight - (unitsAt.get(step)?.[index] ?? 9)) < 2e-4, `step ${step}`);
        });
      }
      const losses = units.snapshots.map(({ loss }) => loss);
      assert.equal(losses[0], undefined);
      assert.ok(Number(losses[1]) > Number(losses[3]));
    });

    it('begins anew with each training, whose last step it has', async () => {
      const [model, units] = [compiledModel(), recordUnits()];
      for (const [epochs, expected] of [
        [3, [0, 10, 15]],
        [1, [0, 5]],
      ] as const) {
        const weightsBefore = firstUnit(model);
        await train(model, { batchSize: 40, epochs, callbacks: units });
        assert.deepEqual(steps(units), expected);
        const ends = [units.snapshots[0], units.snapshots.at(-1)].map(
          snapshot => snapshot?.weights[0],
        );
        assert.deepEqual(ends, [weightsBefore, firstUnit(model)]);
      }
    });

    it('takes fewer units, and says which models it cannot record', async () => {
      const targets = tf.oneHot(y, 10).toFloat();
      const small = (layers: tf.layers.Layer[], callbacks: UnitRecorder) => {
        const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 10 })] });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return train(model, { callbacks }, targets);
      };
      const units = recordUnits();
      const flatten = tf.layers.flatten({ inputShape: [28, 28] });
      await small([flatten, tf.layers.dense({ units: 2 })], units);
      assert.equal(units.snapshots[0]?.weights.length, 2);
      const recurrent = tf.layers.simpleRNN({ units: 4, inputShape: [28, 28] });
      await assert.rejects(small([recurrent], units), /^RangeError: .*a weight for each pixel/);
    });
  });
}
