/** Trainings of many steps, on either engine, against tfjs-layers' own on the native one: step by step. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { build } from '../../../lib/tools/bench/models/build';
import { dataOf, type Values } from '../../../lib/tools/bench/models/data';
import { type BenchModel, models } from '../../../lib/tools/bench/models/models';
import { readData } from '../../texts';
import { assertClose, assertSameWeights, fitQuietly, fitStock } from './against-stock';

const SAMPLES = 64;
const batchSize = 4;
const epochs = 8;

const table = readData<{ models: string[]; others: BenchModel[] }>('tfjs-graph/train/long.yml');

const tensor = ({ data, shape }: Values) => tf.tensor(data, [...shape], 'float32');

/** Trains by one of both, and returns the loss of each step. */
async function losses(train: (callback: tf.Callback) => Promise<unknown>): Promise<number[]> {
  const seen: number[] = [];
  const onBatchEnd = (_: number, logs?: tf.Logs) => void seen.push(Number(logs?.loss));
  const callback = new tf.CustomCallback({ onBatchEnd }) as unknown as tf.Callback;
  // It only reads the logs, so that steps are taken together.
  await train(Object.assign(callback, { weightsAt: [] }));
  return seen;
}

describe('over 128 steps', () => {
  before(async () => {
    await useDevice('wasm');
    await useDevice('cpu');
  });

  const usual = { target: { kind: 'number' }, loss: 'mean_squared_error' } as const;
  const rows = [
    ...models.filter(({ name }) => table.models.includes(name)),
    ...table.others.map(each => ({ ...usual, ...each })),
  ];
  for (const example of rows) {
    it(`trains as tfjs-layers does: ${example.name}`, async () => {
      const { x: xs, y: labels } = dataOf(example, SAMPLES);
      const [x, y] = [xs.map(tensor), tensor(labels)];
      const optimizer = ['SGD', { learning_rate: 0.005, momentum: 0.9 }] as const;
      const make = () => build({ ...example, batchSize, optimizer });
      const [native, wasm, stock] = [make(), make(), make()];
      for (const other of [native, wasm]) other.setWeights(stock.getWeights());
      const options = { batchSize, epochs, shuffle: false, validationSplit: 0 };
      const own = (model: tf.LayersModel) =>
        losses(async callbacks => {
          const { said } = await fitQuietly(model, x, y, { ...options, callbacks });
          assert.equal(said, '');
        });
      const expected = await losses(one => fitStock(stock, x, y, { ...options, callbacks: one }));
      assert.equal(expected.length, 128);
      const recorded = await own(native);
      assertClose(recorded, expected, 1e-4, 'loss of step', 0.01);
      assertSameWeights(native, stock, 1e-5);
      await tf.setBackend('wasm');
      try {
        // It rounds in other places than TensorFlow does.
        assertClose(await own(wasm), expected, 3e-4, 'loss of step, on WebAssembly', 0.01);
        assertSameWeights(wasm, stock, 5e-4);
      } finally {
        await tf.setBackend('tensorflow');
      }
    });
  }
});
