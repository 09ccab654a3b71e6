/** `fitDataset` trains as `model.fitDataset` does, or says what is wrong with the dataset. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import {
  type BatchDataset,
  type DatasetOptions,
  fitDataset,
  InputError,
} from '../../../lib/tfjs-graph';
import { readDataset } from '../../../lib/tfjs-graph/train/read-dataset';
import { assertClose } from './against-stock';

const SAMPLES = 30;

const numbers = (width: number, seed: number) =>
  tf.randomNormal([SAMPLES, width], 0, 1, 'float32', seed).arraySync() as number[][];
const classes = tf
  .oneHot(tf.randomUniform([SAMPLES], 0, 3, 'int32', 2), 3)
  .arraySync() as number[][];
const xs = numbers(4, 1);

/** Rows one by one, always in this order. */
const rows = () => tf.data.zip({ xs: tf.data.array(xs), ys: tf.data.array(classes) });

function compiled(): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const layer = tf.layers.dense({
    ...{ units: 3, activation: 'softmax', inputShape: [4], kernelInitializer },
  });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** Two inputs and two outputs. */
function branched(): tf.LayersModel {
  const left = tf.input({ shape: [2], name: 'left' });
  const right = tf.input({ shape: [2], name: 'right' });
  const both = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
  const output = (name: string, seed: number) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed });
    const layer = tf.layers.dense({ units: 3, activation: 'softmax', name, kernelInitializer });
    return layer.apply(both) as tf.SymbolicTensor;
  };
  const model = tf.model({
    inputs: [left, right],
    outputs: [output('kind', 4), output('size', 5)],
  });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
  return model;
}

interface Case {
  readonly dataset: () => BatchDataset;
  readonly model?: () => tf.LayersModel;
  readonly options?: () => DatasetOptions;
}

const batches = (size = 8) => rows().batch(size);

/** Elements made anew at each reading. */
const generated = (make: () => Generator<unknown>) =>
  tf.data.generator(make as () => Generator<tf.TensorContainer>);

const separate = (named: boolean) =>
  rows()
    .batch(8)
    .map(value => {
      const { xs: x, ys: y } = value as { xs: tf.Tensor2D; ys: tf.Tensor2D };
      const [left, right] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
      const [kind, size] = [y, y.reverse(1)];
      const given = named
        ? { xs: { right, left }, ys: { size, kind } }
        : { xs: [left, right], ys: [kind, size] };
      return given as unknown as tf.TensorContainer;
    });

const validation = () => rows().skip(3).take(20).batch(7);
const tensors = () => [tf.tensor2d(xs), tf.tensor2d(classes)] as const;

const same: Readonly<Record<string, Case>> = {
  'a smaller last batch': { dataset: batches },
  'batches that are all whole': { dataset: () => batches(10) },
  'one batch': { dataset: () => batches(64) },
  'batches of one sample': { dataset: () => batches(1) },
  'batches without the smaller one': { dataset: () => rows().batch(8, false) },
  'the validation on the dataset itself': {
    dataset: batches,
    options: () => ({ validationData: batches() }),
  },
  'the validation on another one, in other batches': {
    dataset: batches,
    options: () => ({ validationData: validation() }),
  },
  'some batches of a validation': {
    dataset: batches,
    options: () => ({ validationData: validation(), validationBatches: 2 }),
  },
  'some batches of an endless validation': {
    dataset: batches,
    options: () => ({ validationData: rows().repeat().batch(7), validationBatches: 2 }),
  },
  'the validation on tensors': {
    dataset: batches,
    options: () => ({ validationData: tensors(), validationBatchSize: 9 }),
  },
  'weights of classes': {
    dataset: batches,
    options: () => ({ classWeight: { 0: 1, 1: 2, 2: 0.5 } }),
  },
  'an epoch to begin with': { dataset: batches, options: () => ({ initialEpoch: 2, epochs: 5 }) },
  'a part of an endless dataset for each epoch': {
    dataset: () => rows().repeat().batch(8),
    options: () => ({ batchesPerEpoch: 3 }),
  },
  'a part of a finite one for each epoch': {
    dataset: () => batches(5),
    options: () => ({ batchesPerEpoch: 2 }),
  },
  'a part for each epoch from a later one on': {
    dataset: () => rows().repeat().batch(8),
    options: () => ({ batchesPerEpoch: 3, initialEpoch: 3, epochs: 6 }),
  },
  'epochs that end with a smaller batch': {
    dataset: () => batches().repeat(),
    options: () => ({ batchesPerEpoch: 4, validationData: validation() }),
  },
  'a part for each of many epochs, which are recorded': {
    dataset: () => rows().repeat().batch(8),
    options: () => ({ batchesPerEpoch: 5, epochs: 8 }),
  },
  'as many epochs as are recorded': { dataset: batches, options: () => ({ epochs: 10 }) },
  'a generator of tensors': {
    dataset: () =>
      generated(function* () {
        for (let i = 0; i < SAMPLES; i += 10) {
          yield { xs: tf.tensor2d(xs.slice(i, i + 10)), ys: tf.tensor2d(classes.slice(i, i + 10)) };
        }
      }),
  },
  'several inputs and outputs by name': { dataset: () => separate(true), model: branched },
  'several inputs and outputs in order': { dataset: () => separate(false), model: branched },
  'turns after each batch': { dataset: batches, options: () => ({ yieldEvery: 'batch' }) },
};

describe('fitDataset', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [name, { dataset, model = compiled, options = () => ({}) }] of Object.entries(same)) {
    it(`gives the history of model.fitDataset: ${name}`, async () => {
      const run = async (
        train: (model: tf.LayersModel, options: DatasetOptions) => Promise<tf.History>,
      ) => {
        const seen: string[] = [];
        const callbacks = {
          onEpochEnd: (epoch: number) => void seen.push(`epoch ${epoch}`),
          onBatchEnd: (batch: number, logs?: tf.Logs) => void seen.push(`${batch}: ${logs?.size}`),
        };
        const trained = model();
        const history = await train(trained, { epochs: 3, callbacks, ...options() });
        return { history, seen, weights: trained.getWeights() };
      };
      const ours = await run((m, o) => fitDataset(m, dataset(), { ...o, shuffle: false }));
      const theirs = await run((m, o) =>
        m.fitDataset(dataset() as tf.data.Dataset<tf.TensorContainer>, {
          ...(o as unknown as Parameters<tf.LayersModel['fitDataset']>[1]),
          verbose: 0,
        }),
      );
      assert.deepEqual(ours.seen, theirs.seen);
      assert.deepEqual(ours.history.epoch, theirs.history.epoch);
      const [own, other] = [ours.history.history, theirs.history.history];
      assert.deepEqual(Object.keys(own).sort(), Object.keys(other).sort());
      for (const [key, values] of Object.entries(other)) {
        assertClose(own[key] as number[], values as number[], 1e-4, key);
      }
      ours.weights.forEach((weight, i) => {
        assertClose(weight.dataSync(), theirs.weights[i]?.dataSync() ?? [], 1e-4, `weights ${i}`);
      });
    });
  }

  it('draws a new order each epoch', async () => {
    const orders = async (shuffle: boolean) => {
      const model = compiled();
      const losses: number[] = [];
      // With a rate of 0 only the order tells the steps of two epochs apart.
      model.compile({ optimizer: tf.train.sgd(0), loss: 'categoricalCrossentropy' });
      const callbacks = { onBatchEnd: (_: number, l?: tf.Logs) => void losses.push(l?.loss ?? 0) };
      await fitDataset(model, batches(1), { epochs: 2, shuffle, callbacks });
      return [losses.slice(0, SAMPLES), losses.slice(SAMPLES)] as const;
    };
    const [first, second] = await orders(true);
    assert.notDeepEqual(first, second);
    const sorted = (losses: readonly number[]) => [...losses].sort((a, b) => a - b);
    assertClose(sorted(first), sorted(second), 1e-5, 'the same samples');
    const [kept, again] = await orders(false);
    assert.deepEqual(kept, again);
  });

  it('reads once, also for the validation on the same dataset', async () => {
    let readings = 0;
    const dataset = generated(function* () {
      readings++;
      yield { xs: tf.tensor2d(xs), ys: tf.tensor2d(classes) };
    });
    await fitDataset(compiled(), dataset, { epochs: 3, validationData: dataset });
    assert.equal(readings, 1);
  });

  it('leaves no tensors behind, whether it trains or not', async () => {
    const model = compiled();
    await fitDataset(model, batches());
    const { numTensors } = tf.memory();
    await fitDataset(model, batches(), { epochs: 5, validationData: validation() });
    assert.equal(tf.memory().numTensors, numTensors);
    const odd = () => batches(8).concatenate(batches(8));
    await assert.rejects(fitDataset(model, odd()), InputError);
    const narrow = tf.data.array([{ xs: [1, 2], ys: [1] }]).batch(1);
    await assert.rejects(fitDataset(model, batches().concatenate(narrow)), InputError);
    await assert.rejects(fitDataset(model, batches(), { validationData: narrow }));
    assert.equal(tf.memory().numTensors, numTensors);
    assert.deepEqual((await fitDataset(model, batches())).epoch, [0], 'it can be trained');
  });

  const refused: readonly (readonly [string, () => unknown, Record<string, unknown>, RegExp])[] = [
    [
      'an endless one',
      () => rows().repeat().batch(8),
      {},
      /the dataset to end.* it is endless\. Set batchesPerEpoch, or use model\.fitDataset/,
    ],
    [
      'an endless validation',
      batches,
      { validationData: rows().repeat().batch(8) },
      /validationData to end.* Set validationBatches/,
    ],
    [
      'an empty one',
      () => tf.data.array([] as number[]),
      {},
      /at least one batch, but it is empty/,
    ],
    [
      'an empty validation',
      batches,
      { validationData: rows().take(0).batch(8) },
      /validationData to have at least one batch/,
    ],
    [
      'batches of two sizes',
      () => batches(8).concatenate(batches(8)),
      {},
      /batches of one size.* they have 8, 6 samples\. .*batch\(n\)/,
    ],
    [
      'a larger last batch',
      () =>
        batches(30)
          .skip(1)
          .concatenate(rows().take(3).batch(3))
          .concatenate(rows().take(5).batch(5)),
      {},
      /they have 3, 5 samples/,
    ],
    [
      'samples of two shapes',
      () =>
        rows()
          .take(8)
          .batch(8)
          .concatenate(tf.data.array([{ xs: [1, 2], ys: [0, 1, 0] }]).batch(1)),
      {},
      /batches float32 \[n, 4\], as the first one, but one is float32 \[n, 2\]/,
    ],
    [
      'too few batches for all epochs',
      () => batches(10),
      { batchesPerEpoch: 2, epochs: 2 },
      /have 4 batches, batchesPerEpoch for each of 2 epochs, but it has 3\. Repeat it/,
    ],
    [
      'samples that are not in batches',
      () => tf.data.array([{ xs: [1, 2, 3, 4], ys: [1] }]),
      {},
      /a tensor of a batch for xs, but they are numbers\. Divide it into batches/,
    ],
    [
      'tensors that are not in batches',
      () =>
        generated(function* () {
          yield { xs: tf.ones([4]), ys: tf.ones([3]) };
        }),
      {},
      /as many samples in each tensor of a batch.* \[4\], \[3\]\. Divide/,
    ],
    [
      'scalars',
      () =>
        generated(function* () {
          yield { xs: tf.scalar(1), ys: tf.scalar(1) };
        }),
      {},
      /the shapes \[\], \[\]/,
    ],
    [
      'elements by other names',
      () => tf.data.array([{ x: 1, y: 2 }]).batch(1),
      {},
      /but its element has x, y\. Map its elements to objects \{ xs, ys \}/,
    ],
    [
      'elements that are tensors alone',
      () => tf.data.array([1, 2]).batch(1),
      {},
      /for xs, but its element has/,
    ],
    [
      'too many inputs',
      () =>
        generated(function* () {
          yield { xs: [tf.ones([2, 4]), tf.ones([2, 4])], ys: tf.ones([2, 3]) };
        }),
      {},
      /a tensor of a batch for xs, but there are 2/,
    ],
    [
      'no dataset but tensors',
      () => tf.ones([2, 4]),
      {},
      /be a dataset of batches.* it is a tensor\. Give tensors to fit/,
    ],
    ['no dataset at all', () => undefined, {}, /it is a undefined/],
    [
      'a size of batches',
      batches,
      { batchSize: 8 },
      /batchSize to be left out: the batches are those of the dataset/,
    ],
    [
      'a share for validation',
      batches,
      { validationSplit: 0.2 },
      /validationSplit to be left out: validationData takes a dataset/,
    ],
    ['weights of samples', batches, { sampleWeight: tf.ones([30]) }, /no option sampleWeight/],
    [
      'no batches an epoch',
      batches,
      { batchesPerEpoch: 0 },
      /batchesPerEpoch to be a whole number from 1/,
    ],
    [
      'half a batch for validation',
      batches,
      { validationBatches: 0.5 },
      /validationBatches to be a whole/,
    ],
    [
      'a tensor for validation',
      batches,
      { validationData: tf.ones([2, 4]) },
      /validationData to be a dataset, \[x, y\]/,
    ],
  ];
  for (const [name, dataset, options, message] of refused) {
    it(`refuses ${name}`, async () => {
      const training = fitDataset(compiled(), dataset() as BatchDataset, options as DatasetOptions);
      await assert.rejects(training, error => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('does not read on where nobody knows whether a dataset ends', async () => {
    let given = 0;
    const endless = generated(function* () {
      for (;;) {
        given++;
        yield { xs: tf.ones([2, 4]), ys: tf.ones([2, 3]) };
      }
    });
    const names = { feedInputNames: ['a'], feedOutputNames: ['b'] };
    const reading = { name: 'the dataset', option: 'batchesPerEpoch', bytes: 1000 };
    await assert.rejects(readDataset(names, endless, reading), /has not ended after 1000 bytes/);
    // 56 bytes each.
    assert.equal(given, 18);
  });
});
