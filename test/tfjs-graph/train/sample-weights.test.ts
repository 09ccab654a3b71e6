/**
 * Samples that count differently, against the formula of gradient descent. Each sample has an input of
 * its own, so its weights of the network meet no other sample, in whatever order these are drawn; the
 * weight of another row would give other numbers. `keras.system.ts` has weights of classes, too.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { at } from '../../../lib/tfjs-graph/array';
import { itNative } from '../../native';
import { assertClose, fitQuietly } from './against-stock';

const [SAMPLES, BATCH, RATE, EPOCHS] = [24, 4, 0.5, 4];
const rows = Array.from({ length: SAMPLES }, (_, i) => i);
const weights = rows.map(i => ((7 * i) % SAMPLES) / 8);
const targetOf = (row: number) => Math.cos(row);

/** The loss of each epoch and the weights after the last, from weights of 0. */
function byHand() {
  const own = rows.map(() => 0);
  const losses = Array.from({ length: EPOCHS }, () => {
    const errors = rows.map(row => at(own, row) - targetOf(row));
    for (const row of rows) {
      own[row] = at(own, row) - ((RATE * at(weights, row)) / BATCH) * 2 * at(errors, row);
    }
    return errors.reduce((sum, error, row) => sum + at(weights, row) * error ** 2, 0) / SAMPLES;
  });
  return { losses, own };
}

/** Noise too small to tell, which no graph can make. */
const engines: Record<string, tf.layers.Layer[]> = {
  'in a recorded step': [],
  'in tfjs-layers’ own steps': [tf.layers.gaussianNoise({ stddev: 1e-9 })],
};

describe('samples that count differently', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [engine, layers] of Object.entries(engines)) {
    /** Trains a network of one unit, and returns what comes of it. */
    async function trained(options: FitOptions) {
      const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [SAMPLES] })] });
      for (const layer of layers) model.add(layer);
      model.add(tf.layers.dense({ units: 1, kernelInitializer: 'zeros', useBias: false }));
      model.compile({ optimizer: tf.train.sgd(RATE), loss: 'meanSquaredError' });
      const targets = tf.tensor2d(rows.map(targetOf), [SAMPLES, 1]);
      const { history, said } = await fitQuietly(model, tf.eye(SAMPLES), targets, {
        ...{ batchSize: BATCH, epochs: EPOCHS, validationSplit: 0, shuffle: true },
        ...{ sampleWeight: tf.tensor1d(weights), ...options },
      });
      return { history, said, own: model.getWeights()[0]?.dataSync() ?? [] };
    }

    const run = layers.length === 0 ? itNative : it;
    run(`meet each its own weight, in any order, ${engine}`, async () => {
      const { history, said, own } = await trained({});
      assert.equal(said === '', layers.length === 0, said);
      const expected = byHand();
      assertClose(history.loss ?? [], expected.losses, 1e-5, 'loss');
      assertClose(own, expected.own, 1e-5, 'weight');
    });

    it(`count in the loss of those that validationSplit keeps, ${engine}`, async () => {
      const { history } = await trained({ validationSplit: 1 / 3 });
      // No step has met these samples, so the network says 0.
      const kept = rows.slice(SAMPLES - SAMPLES / 3);
      const sum = kept.reduce((sum, row) => sum + at(weights, row) * targetOf(row) ** 2, 0);
      assertClose(history.val_loss ?? [], Array(EPOCHS).fill(sum / kept.length), 1e-5, 'val_loss');
    });

    it(`do not count in data of the validation’s own, ${engine}`, async () => {
      const validationData: [tf.Tensor, tf.Tensor] = [tf.zeros([8, SAMPLES]), tf.ones([8, 1])];
      const { history } = await trained({ validationData });
      assertClose(history.val_loss ?? [], Array(EPOCHS).fill(1), 1e-5, 'val_loss');
    });
  }
});
