/** `fitDataset` trains as `model.fitDataset` does. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type DatasetOptions, fitDataset, InputError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { assertClose } from './against-stock';
import { same } from './dataset-cases';
import { batches, classes, compiled, generated, SAMPLES, validation, xs } from './datasets';

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
});
