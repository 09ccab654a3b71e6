/** Hidden units recorded while a network is trained. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { setLanguage } from '../../../lib/digits/language';
import { requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import { fit } from '../../../lib/digits/training/fit';
import { recordUnits, type UnitRecorder } from '../../../lib/digits/training/record-units';
import { compiledModel, digitsOf } from '../../support';

const steps = ({ snapshots }: UnitRecorder) => snapshots.map(({ step }) => step);
/** The weights of the first unit. */
const firstUnit = (model: tf.LayersModel) =>
  Float32Array.from(model.getWeights()[0]?.transpose().slice(0, 1).dataSync() ?? []);

for (const device of ['cpu', 'wasm'] as const) {
  describe(`recordUnits on ${device}`, () => {
    before(() => useDevice(device));
    beforeEach(() => setLanguage('en'));
    const options = { batchSize: 4, verbose: 0, shuffle: false } as const;
    const [x, y] = digitsOf(200);

    it('has the weights that the model has at these steps, and trains as without it', async () => {
      const [model, other] = [compiledModel(), compiledModel()];
      other.setWeights(model.getWeights());
      const units = recordUnits();
      const seen = new Map([[0, firstUnit(other)]]);
      let step = 0;
      // 50 steps an epoch: 100 is the end of one, 10 is within one.
      await fit(model, x, y, { ...options, epochs: 3, callbacks: units });
      const onBatchEnd = async () => void seen.set(++step, firstUnit(other));
      await fit(other, x, y, { ...options, epochs: 3, callbacks: { onBatchEnd } });
      assert.deepEqual(steps(units), [0, 10, 100, 150]);
      assert.deepEqual(units.size, [28, 28]);
      for (const { step, weights } of units.snapshots) {
        assert.equal(weights.length, 16);
        weights[0]?.forEach((weight, at) => {
          assert.ok(Math.abs(weight - (seen.get(step)?.[at] ?? 9)) < 2e-4, `step ${step}`);
        });
      }
      const losses = units.snapshots.map(({ loss }) => loss);
      assert.equal(losses[0], undefined);
      assert.ok(Number(losses[1]) > Number(losses[3]));
    });

    it('goes on with a training that goes on, and begins anew with another', async () => {
      const model = compiledModel();
      const units = recordUnits();
      const train = (of: tf.LayersModel, epochs: number) =>
        fit(of, x, y, { ...options, batchSize: 40, epochs, callbacks: units });
      await train(model, 1);
      assert.deepEqual(steps(units), [0, 5]);
      await train(model, 3);
      assert.deepEqual(steps(units), [0, 10, 20]);
      assert.deepEqual(units.snapshots.at(-1)?.weights[0], firstUnit(model));
      // The cell is run again.
      const again = recordUnits();
      await fit(model, x, y, { ...options, batchSize: 40, epochs: 1, callbacks: again });
      assert.deepEqual(steps(again), [0, 10, 25]);
      await train(compiledModel(), 2);
      assert.deepEqual(steps(units), [0, 10]);
      assert.equal(units.snapshots[0]?.loss, undefined);
    });

    it('ends where training is interrupted', async () => {
      const model = compiledModel();
      const units = recordUnits();
      const onEpochEnd = async (epoch: number) => {
        if (epoch === 2) requestInterrupt();
      };
      const callbacks = [units, { onEpochEnd }];
      await fit(model, x, y, { ...options, epochs: 9, write() {}, callbacks });
      assert.deepEqual(steps(units), [0, 10, 100, 150]);
      assert.deepEqual(units.snapshots.at(-1)?.weights[0], firstUnit(model));
    });

    it('takes another optimizer, fewer units, and says which models it cannot record', async () => {
      const small = (...layers: tf.layers.Layer[]) => {
        const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 10 })] });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return model;
      };
      const units = recordUnits();
      const targets = tf.oneHot(y, 10).toFloat();
      const flatten = tf.layers.flatten({ inputShape: [28, 28] });
      await fit(small(flatten, tf.layers.dense({ units: 2 })), x, targets, {
        ...{ ...options, callbacks: units },
      });
      assert.deepEqual(steps(units), [0, 10, 50]);
      assert.equal(units.snapshots[0]?.weights.length, 2);
      const recurrent = small(tf.layers.simpleRNN({ units: 4, inputShape: [28, 28] }));
      await assert.rejects(fit(recurrent, x, targets, { ...options, callbacks: units }), {
        name: 'RangeError',
        message: /a weight for each pixel/,
      });
      assert.deepEqual(steps(units), [0, 10, 50]);
    });
  });
}
