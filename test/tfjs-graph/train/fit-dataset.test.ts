/** `fitDataset` trains as `model.fitDataset` does. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type BatchDataset, type DatasetOptions, fitDataset, InputError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { assertClose, assertSameHistory, assertSameWeights } from './against-stock';
import { assertNothingLeft, settledCounts } from './counts';
import {
  batches,
  branched,
  classes,
  compiled,
  generated,
  rows,
  SAMPLES,
  validation,
  xs,
} from './datasets';

/** What is given. */
type Case = readonly [
  dataset: () => BatchDataset,
  options?: () => DatasetOptions,
  model?: () => tf.LayersModel,
];

const named = () =>
  rows()
    .batch(8)
    .map(value => {
      const { xs: x, ys: y } = value as { xs: tf.Tensor2D; ys: tf.Tensor2D };
      const [left, right] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
      const [kind, size] = [y, y.reverse(1)];
      return { xs: { right, left }, ys: { size, kind } } as unknown as tf.TensorContainer;
    });

const tensors = () => [tf.tensor2d(xs), tf.tensor2d(classes)] as const;

const tenAtATime = () =>
  generated(function* () {
    for (let i = 0; i < SAMPLES; i += 10) {
      yield { xs: tf.tensor2d(xs.slice(i, i + 10)), ys: tf.tensor2d(classes.slice(i, i + 10)) };
    }
  });
const endless = () => rows().repeat();
const weights = { 0: 1, 1: 2, 2: 0.5 };

const same: Readonly<Record<string, Case>> = {
  'a smaller last batch': [batches],
  'the validation on another one, in other batches': [
    batches,
    () => ({ validationData: validation() }),
  ],
  'some batches of an endless validation': [
    batches,
    () => ({ validationData: endless().batch(7), validationBatches: 2 }),
  ],
  'the validation on tensors': [
    batches,
    () => ({ validationData: tensors(), validationBatchSize: 9 }),
  ],
  'weights of classes': [batches, () => ({ classWeight: weights })],
  'a part of a finite one for each epoch': [() => batches(5), () => ({ batchesPerEpoch: 2 })],
  'a part for each epoch from a later one on': [
    () => endless().batch(8),
    () => ({ batchesPerEpoch: 3, initialEpoch: 3, epochs: 6 }),
  ],
  'epochs that end with a smaller batch': [
    () => batches().repeat(),
    () => ({ batchesPerEpoch: 4, validationData: validation() }),
  ],
  'a generator of tensors': [tenAtATime],
  'several inputs and outputs by name': [named, undefined, branched],
};

describe('fitDataset', () => {
  before(() => useDevice('cpu'));

  for (const [name, [dataset, options = () => ({}), model = compiled]] of Object.entries(same)) {
    it(`gives the history of model.fitDataset: ${name}`, async () => {
      const run = async (
        train: (model: tf.LayersModel, options: DatasetOptions) => Promise<tf.History>,
      ) => {
        const seen: string[] = [];
        const callbacks = {
          onEpochEnd: (epoch: number) => void seen.push(`epoch ${epoch}`),
          onBatchEnd: (batch: number, logs?: tf.Logs) => void seen.push(`${batch}: ${logs?.size}`),
        };
        const own = model();
        const history = await train(own, { epochs: 3, callbacks, ...options() });
        return { history, seen, model: own };
      };
      const ours = await run((m, o) =>
        fitDataset(m, dataset(), { ...o, shuffle: false, verbose: 0 }),
      );
      const theirs = await run((m, o) =>
        m.fitDataset(dataset() as tf.data.Dataset<tf.TensorContainer>, {
          ...(o as unknown as Parameters<tf.LayersModel['fitDataset']>[1]),
          verbose: 0,
        }),
      );
      assert.deepEqual(ours.seen, theirs.seen);
      assertSameHistory(ours.history, theirs.history, 1e-4);
      assertSameWeights(ours.model, theirs.model, 1e-4);
    });
  }

  it('draws a new order each epoch', async () => {
    const orders = async (shuffle: boolean) => {
      const model = compiled();
      const losses: number[] = [];
      // With a rate of 0 only the order tells the steps of two epochs apart.
      model.compile({ optimizer: tf.train.sgd(0), loss: 'categoricalCrossentropy' });
      const callbacks = { onBatchEnd: (_: number, l?: tf.Logs) => void losses.push(l?.loss ?? 0) };
      await fitDataset(model, batches(1), { epochs: 2, shuffle, callbacks, verbose: 0 });
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
    await fitDataset(compiled(), dataset, { epochs: 3, validationData: dataset, verbose: 0 });
    assert.equal(readings, 1);
  });

  it('leaves no tensors behind, whether it trains or not', async () => {
    const model = compiled();
    await fitDataset(model, batches(), { verbose: 0 });
    const before = await settledCounts();
    await fitDataset(model, batches(), { epochs: 5, validationData: validation(), verbose: 0 });
    assertNothingLeft(before);
    const odd = () => batches(8).concatenate(batches(8));
    await assert.rejects(fitDataset(model, odd()), InputError);
    const narrow = tf.data.array([{ xs: [1, 2], ys: [1] }]).batch(1);
    await assert.rejects(fitDataset(model, batches().concatenate(narrow)), InputError);
    await assert.rejects(fitDataset(model, batches(), { validationData: narrow }));
    assertNothingLeft(before);
    assert.deepEqual(
      (await fitDataset(model, batches(), { verbose: 0 })).epoch,
      [0],
      'it can be trained',
    );
  });
});
