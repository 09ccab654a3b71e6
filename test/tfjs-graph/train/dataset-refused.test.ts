/** `fitDataset` says what is wrong with a dataset. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type BatchDataset, type DatasetOptions, fitDataset, InputError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { readDataset } from '../../../lib/tfjs-graph/train/read-dataset';
import { readData } from '../../texts';
import { batches, compiled, generated, rows } from './datasets';

const one = (element: () => unknown) =>
  generated(function* () {
    yield element();
  });
const narrow = () => tf.data.array([{ xs: [1, 2], ys: [0, 1, 0] }]).batch(1);

/** By the names that the table has for them. */
const DATASETS: Readonly<Record<string, () => unknown>> = {
  batches,
  'batches of 10': () => batches(10),
  'without end': () => rows().repeat().batch(8),
  empty: () => tf.data.array([] as number[]),
  'two sizes': () => batches(8).concatenate(batches(8)),
  'two shapes': () => rows().take(8).batch(8).concatenate(narrow()),
  samples: () => tf.data.array([{ xs: [1, 2, 3, 4], ys: [1] }]),
  'tensors of samples': () => one(() => ({ xs: tf.ones([4]), ys: tf.ones([3]) })),
  'other names': () => tf.data.array([{ x: 1, y: 2 }]).batch(1),
  'two inputs': () => one(() => ({ xs: [tf.ones([2, 4]), tf.ones([2, 4])], ys: tf.ones([2, 3]) })),
  'a tensor': () => tf.ones([2, 4]),
};

const refused = readData<
  { it: string; dataset?: string; options?: Record<string, unknown>; says: string }[]
>('tfjs-graph/train/dataset-refused.yml');

describe('datasets that fitDataset refuses', () => {
  before(() => useDevice('cpu'));

  for (const { it: name, dataset = 'batches', options = {}, says } of refused) {
    it(`refuses ${name}`, async () => {
      const given = Object.entries(options).map(([key, value]) => [
        key,
        DATASETS[String(value)]?.() ?? value,
      ]);
      const from = DATASETS[dataset]?.() as BatchDataset;
      const training = fitDataset(compiled(), from, Object.fromEntries(given) as DatasetOptions);
      await assert.rejects(training, error => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, new RegExp(says));
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
