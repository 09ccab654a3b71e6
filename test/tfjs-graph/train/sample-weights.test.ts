/**
 * Samples that count differently, against what the formula of gradient descent gives. Each sample
 * has an input of its own, so its weights of the network meet no other sample, in whatever order
 * these are drawn; that of another row would give other numbers.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { at } from '../../../lib/tfjs-graph/array';
import { itNative } from '../../native';
import { assertClose, fitQuietly } from './against-stock';

const SAMPLES = 24;
const BATCH = 4;
const RATE = 0.5;
const EPOCHS = 4;
const CLASSES = 3;

const rows = Array.from({ length: SAMPLES }, (_, i) => i);
const weights = rows.map(i => ((7 * i) % SAMPLES) / 8);
const classes = rows.map(i => (5 * i + Math.floor(i / 4)) % CLASSES);
const classWeight = { 0: 0.5, 1: 2, 2: 1.25 };

/** What one sample's loss is, and where its weights go, each time that it is met. */
interface ByHand {
  readonly loss: (row: number, own: readonly number[]) => number;
  readonly slope: (row: number, own: readonly number[]) => number[];
}

const targetOf = (row: number) => Math.cos(row);
const regression: ByHand = {
  loss: (row, [own = 0]) => (own - targetOf(row)) ** 2,
  slope: (row, [own = 0]) => [2 * (own - targetOf(row))],
};

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map(power => power / sum);
}

const classification: ByHand = {
  loss: (row, own) => -Math.log(at(softmax(own), at(classes, row))),
  slope: (row, own) => softmax(own).map((p, k) => p - (k === classes[row] ? 1 : 0)),
};

/** The loss of each epoch and the weights after the last, from weights of 0. */
function byHand({ loss, slope }: ByHand, units: number, counts: (row: number) => number) {
  const own = rows.map(() => Array<number>(units).fill(0));
  const losses = Array.from({ length: EPOCHS }, () => {
    const values = rows.map(row => counts(row) * loss(row, at(own, row)));
    rows.forEach(row => {
      const slopes = slope(row, at(own, row));
      own[row] = slopes.map((by, k) => (own[row]?.[k] ?? 0) - ((RATE * counts(row)) / BATCH) * by);
    });
    return values.reduce((a, b) => a + b) / SAMPLES;
  });
  return { losses, own: own.flat() };
}

/** @param layers to be put between samples and network. */
function network(units: number, layers: tf.layers.Layer[] = []): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [SAMPLES] })] });
  for (const layer of layers) model.add(layer);
  model.add(
    tf.layers.dense({
      units,
      activation: units > 1 ? 'softmax' : 'linear',
      kernelInitializer: 'zeros',
      useBias: false,
    }),
  );
  const loss = units > 1 ? 'sparseCategoricalCrossentropy' : 'meanSquaredError';
  model.compile({ optimizer: tf.train.sgd(RATE), loss });
  return model;
}

const options: FitOptions = { batchSize: BATCH, epochs: EPOCHS, validationSplit: 0, shuffle: true };
const inputs = () => tf.eye(SAMPLES);
const targets = () => tf.tensor2d(rows.map(targetOf), [SAMPLES, 1]);
const labels = () => tf.tensor1d(classes, 'int32');
const sampleWeight = () => tf.tensor1d(weights);

/** Noise too small to tell, which no graph can make. */
const engines: Record<string, () => tf.layers.Layer[]> = {
  'in a recorded step': () => [],
  'in tfjs-layers’ own steps': () => [tf.layers.gaussianNoise({ stddev: 1e-9 })],
};

describe('samples that count differently', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [engine, layers] of Object.entries(engines)) {
    const run = layers().length === 0 ? itNative : it;
    run(`meet each its own weight, in any order, ${engine}`, async () => {
      const model = network(1, layers());
      const how = { ...options, sampleWeight: sampleWeight() };
      const { history, said } = await fitQuietly(model, inputs(), targets(), how);
      assert.equal(said === '', layers().length === 0, said);
      const { losses, own } = byHand(regression, 1, row => at(weights, row));
      assertClose(history.loss ?? [], losses, 1e-5, 'loss');
      assertClose(model.getWeights()[0]?.dataSync() ?? [], own, 1e-5, 'weight');
    });

    it(`count in the loss of those that validationSplit keeps, ${engine}`, async () => {
      const model = network(1, layers());
      const how = { ...options, validationSplit: 1 / 3, sampleWeight: sampleWeight() };
      const { history } = await fitQuietly(model, inputs(), targets(), how);
      // No step has met these samples, so the network says 0.
      const kept = rows.slice(SAMPLES - SAMPLES / 3);
      const sum = kept.reduce((sum, row) => sum + (weights[row] ?? NaN) * targetOf(row) ** 2, 0);
      const losses = Array.from({ length: EPOCHS }, () => sum / kept.length);
      assertClose(history.val_loss ?? [], losses, 1e-5, 'val_loss');
    });

    it(`do not count in data of the validation’s own, ${engine}`, async () => {
      const model = network(1, layers());
      const validationData: [tf.Tensor, tf.Tensor] = [tf.zeros([8, SAMPLES]), tf.ones([8, 1])];
      const how = { ...options, validationData, sampleWeight: sampleWeight() };
      const { history } = await fitQuietly(model, inputs(), targets(), how);
      assertClose(history.val_loss ?? [], Array(EPOCHS).fill(1), 1e-5, 'val_loss');
    });

    it(`count as often as their class times their own weight, ${engine}`, async () => {
      const model = network(CLASSES, layers());
      const how = { ...options, classWeight, sampleWeight: sampleWeight() };
      const { history } = await fitQuietly(model, inputs(), labels(), how);
      const counts = (row: number) =>
        at(weights, row) * classWeight[classes[row] as keyof typeof classWeight];
      const { losses, own } = byHand(classification, CLASSES, counts);
      assertClose(history.loss ?? [], losses, 1e-5, 'loss');
      assertClose(model.getWeights()[0]?.dataSync() ?? [], own, 1e-5, 'weight');
    });
  }
});
