/** `fitDataset` says what is wrong with a dataset. */
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
import { batches, compiled, generated, rows } from './datasets';

describe('datasets that fitDataset refuses', () => {
  before(async () => {
    await useDevice('cpu');
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
