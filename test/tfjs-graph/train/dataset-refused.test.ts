/** `fitDataset` says what is wrong with a dataset. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type BatchDataset, type DatasetOptions, fitDataset, InputError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { readDataset } from '../../../lib/tfjs-graph/train/read-dataset';
import { batches, compiled, generated, rows } from './datasets';

describe('datasets that fitDataset refuses', () => {
  before(() => useDevice('cpu'));

  type Refused = [RegExp, () => unknown, options?: Record<string, unknown>];
  const one = (element: () => unknown) => () =>
    generated(function* () {
      yield element();
    });
  const refused: Record<string, Refused> = {
    'an endless one': [
      /the dataset to end.* it is endless\. Set batchesPerEpoch, or use model\.fitDataset/,
      () => rows().repeat().batch(8),
    ],
    'an endless validation': [
      /validationData to end.* Set validationBatches/,
      batches,
      { validationData: rows().repeat().batch(8) },
    ],
    'an empty one': [/at least one batch, but it is empty/, () => tf.data.array([] as number[])],
    'batches of two sizes': [
      /batches of one size.* they have 8, 6 samples\. .*batch\(n\)/,
      () => batches(8).concatenate(batches(8)),
    ],
    'samples of two shapes': [
      /batches float32 \[n, 4\], as the first one, but one is float32 \[n, 2\]/,
      () =>
        rows()
          .take(8)
          .batch(8)
          .concatenate(tf.data.array([{ xs: [1, 2], ys: [0, 1, 0] }]).batch(1)),
    ],
    'too few batches for all epochs': [
      /have 4 batches, batchesPerEpoch for each of 2 epochs, but it has 3\. Repeat it/,
      () => batches(10),
      { batchesPerEpoch: 2, epochs: 2 },
    ],
    'samples that are not in batches': [
      /a tensor of a batch for xs, but they are numbers\. Divide it into batches/,
      () => tf.data.array([{ xs: [1, 2, 3, 4], ys: [1] }]),
    ],
    'tensors that are not in batches': [
      /as many samples in each tensor of a batch.* \[4\], \[3\]\. Divide/,
      one(() => ({ xs: tf.ones([4]), ys: tf.ones([3]) })),
    ],
    'elements by other names': [
      /but its element has x, y\. Map its elements to objects \{ xs, ys \}/,
      () => tf.data.array([{ x: 1, y: 2 }]).batch(1),
    ],
    'too many inputs': [
      /a tensor of a batch for xs, but there are 2/,
      one(() => ({ xs: [tf.ones([2, 4]), tf.ones([2, 4])], ys: tf.ones([2, 3]) })),
    ],
    'no dataset but tensors': [
      /be a dataset of batches.* it is a tensor\. Give tensors to fit/,
      () => tf.ones([2, 4]),
    ],
    'a size of batches': [
      /batchSize to be left out: the batches are those of the dataset/,
      batches,
      { batchSize: 8 },
    ],
    'a share for validation': [
      /validationSplit to be left out: validationData takes a dataset/,
      batches,
      { validationSplit: 0.2 },
    ],
    'weights of samples': [/no option sampleWeight/, batches, { sampleWeight: tf.ones([30]) }],
    'a tensor for validation': [
      /validationData to be a dataset, \[x, y\]/,
      batches,
      { validationData: tf.ones([2, 4]) },
    ],
  };
  for (const [name, [message, dataset, options]] of Object.entries(refused)) {
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
