/** A hundred trainings of ten models take no more memory than ten, on either engine. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { build } from '../../../lib/bench/models/build';
import { dataOf } from '../../../lib/bench/models/data';
import { models } from '../../../lib/bench/models/models';
import { useDevice } from '../../../lib/digits/device/use';
import { describeNative } from '../../native';
import { assertNothingLeft, settledCounts } from './counts';
import { loadsOf } from './trial';

const MODELS = 10;
/** Allowed growth of the resident set in MB: noise of the allocators. Sessions of the trainings would take hundreds. */
const NOISE = 24;

const examples = models
  .filter(({ inputs }) => inputs.length === 1)
  .slice(0, MODELS)
  .map(example => {
    const small = { ...example, batchSize: 8, optimizer: ['SGD', { momentum: 0.9 }] as const };
    const { x, y } = dataOf(example, 32);
    return { small, samples: [...x, y] };
  });

const UNREACHABLE = 'of models that no code can reach any more';

const resident = () => process.memoryUsage().rss / 2 ** 20;

/** Trains as often as given, a model after the other. */
type Training = (times: number) => Promise<void>;

async function train(
  i: number,
  model = build(examples[i]?.small as never),
): Promise<tf.LayersModel> {
  const [x, y] = (examples[i]?.samples ?? []).map(({ data, shape }) =>
    tf.tensor(data, [...shape], 'float32'),
  );
  await model.fit(x as tf.Tensor, y as tf.Tensor, { batchSize: 8, verbose: 0 });
  tf.dispose([x, y] as tf.Tensor[]);
  return model;
}

const eachTime =
  (work: (i: number) => Promise<unknown>): Training =>
  async times => {
    for (let i = 0; i < times; i++) {
      await work(i % MODELS);
      if (i % MODELS === MODELS - 1) await settledCounts();
    }
  };

const trainings: Readonly<Record<string, () => Promise<Training>>> = {
  'of models that are disposed of': async () =>
    eachTime(async i => {
      const model = await train(i);
      model.optimizer.dispose();
      tf.dispose(model.layers.map(layer => (layer as tf.RNN).states ?? []));
      model.dispose();
    }),
  [UNREACHABLE]: async () => eachTime(i => train(i)),
  'of the same models, which compile nothing anew': async () => {
    const same: tf.LayersModel[] = [];
    for (const i of examples.keys()) same.push(await train(i));
    return async times => {
      assert.equal(await loadsOf(() => eachTime(i => train(i, same[i]))(times)), 0);
    };
  },
};

function tests(device: 'cpu' | 'wasm'): void {
  before(() => useDevice(device));
  after(() => useDevice('cpu'));

  for (const [name, prepare] of Object.entries(trainings)) {
    it(name, async function () {
      this.timeout(600_000);
      const repeat = await prepare();
      await repeat(3 * MODELS);
      const countsBefore = await settledCounts();
      const start = resident();
      await repeat(100);
      const after = await settledCounts();
      const growth = resident() - start;
      assert.ok(after.sessions <= countsBefore.sessions, JSON.stringify([countsBefore, after]));
      assertNothingLeft(countsBefore);
      // The collector comes later than the allocators' next request.
      const isBounded = name !== UNREACHABLE;
      assert.ok(!isBounded || growth < NOISE, `the resident set grew by ${growth.toFixed(1)} MB`);
    });
  }
}

describeNative('a hundred trainings on the native engine', () => tests('cpu'));
describe('a hundred trainings on WebAssembly', () => tests('wasm'));
