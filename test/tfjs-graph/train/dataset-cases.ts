/** What `fitDataset` does as `model.fitDataset` does, by what is given. */
import * as tf from '@tensorflow/tfjs';
import type { BatchDataset, DatasetOptions } from 'tfjs-graph';
import { batches, branched, classes, generated, rows, SAMPLES, validation, xs } from './datasets';

export interface Case {
  readonly dataset: () => BatchDataset;
  readonly model?: () => tf.LayersModel;
  readonly options?: () => DatasetOptions;
}

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

const tensors = () => [tf.tensor2d(xs), tf.tensor2d(classes)] as const;

export const same: Readonly<Record<string, Case>> = {
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
