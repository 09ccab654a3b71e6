/** Layers that keep a state from step to step. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { describeNative } from '../../native';
import {
  assertClose,
  assertTrainsAlike,
  byStock,
  type Case,
  fitQuietly,
  type Options,
  twins,
} from './against-stock';

const BATCH = 7;
const batchInputShape = [BATCH, 6, 2];
const rnn = () => tf.layers.simpleRNN({ units: 3, stateful: true, batchInputShape });
const x = (samples = 3 * BATCH) => tf.randomUniform([samples, 6, 2], 0, 1, 'float32', 3);
const y = (samples = 3 * BATCH) => tf.randomUniform([samples, 1], 0, 1, 'float32', 5);
const common = { batchSize: BATCH, validationSplit: 0, epochs: 4 };

const stateful: Record<string, () => tf.layers.Layer[]> = {
  'simple RNN': () => [rnn()],
  'stacked cells': () => [
    tf.layers.rnn({
      cell: [tf.layers.gruCell({ units: 2 }), tf.layers.lstmCell({ units: 3 })],
      stateful: true,
      batchInputShape,
    }),
  ],
  'both directions': () => [
    tf.layers.bidirectional({
      layer: tf.layers.gru({ units: 3, stateful: true }),
      mergeMode: 'concat',
      batchInputShape,
    }),
  ],
  'in a model in the model': () => {
    const input = tf.input({ batchShape: batchInputShape });
    const lstm = tf.layers.lstm({ units: 3, stateful: true });
    return [tf.model({ inputs: input, outputs: lstm.apply(input) as tf.SymbolicTensor })];
  },
};

class Counting extends tf.layers.Layer {
  static className = 'Counting';
  override get stateful() {
    return true;
  }
  override call(given: tf.Tensor | tf.Tensor[]) {
    return [given].flat()[0] as tf.Tensor;
  }
}

const simple = stateful['simple RNN'] as () => tf.layers.Layer[];

const example = (layers: () => tf.layers.Layer[]): Case => ({
  layers: () => [...layers(), tf.layers.dense({ units: 1 })],
  optimizer: () => tf.train.sgd(0.1),
  classes: 0,
});

const tests = (device: 'cpu' | 'wasm') => () => {
  before(() => useDevice(device));
  after(() => useDevice('cpu'));

  const many = 6 * BATCH;
  /** As tfjs-layers carries a state on: over epochs, the samples of the validation and the end of training. */
  const carried: Record<string, (model: tf.LayersModel) => Options> = {
    'from epoch to epoch': () => ({}),
    'through the validation': () => ({ validationData: [x(), y()] }),
    'until it is reset': model => ({
      callbacks: { onEpochEnd: epoch => void (epoch % 3 === 2 && model.resetStates()) },
    }),
    'step by step, until it is reset': model => ({
      callbacks: { onBatchEnd: batch => void (batch === 4 && model.resetStates()) },
    }),
  };
  for (const [name, layers] of Object.entries(stateful)) {
    const isSimple = layers === simple;
    for (const [how, options] of Object.entries(carried).slice(0, isSimple ? 4 : 2)) {
      it(`trains as by tfjs-layers: ${name}, ${how}`, async () => {
        const models = twins(example(layers));
        const epochs = isSimple ? 4 : 2;
        const optionsFor = (model: tf.LayersModel) => ({ ...common, epochs, ...options(model) });
        await assertTrainsAlike(models, [x(many), y(many)], optionsFor, { twice: false });
        const [ours, stock] = models.map(model => model.predict(x(BATCH)) as tf.Tensor);
        assertClose(ours?.dataSync() ?? [], stock?.dataSync() ?? [], 1e-5, 'of the state');
      });
    }
  }

  it('leaves no state of a step before behind', async () => {
    await assertTrainsAlike(twins(example(simple)), [x(), y()], common);
  });

  const stacks: Record<string, () => tf.layers.Layer[]> = {
    'in a wrapper, which calls it more than once in a step': () => [
      tf.layers.reshape({ targetShape: [2, 3, 2], batchInputShape }),
      tf.layers.timeDistributed({ layer: tf.layers.simpleRNN({ units: 3, stateful: true }) }),
      tf.layers.flatten(),
    ],
    'used twice': () => {
      const input = tf.input({ batchShape: batchInputShape });
      const shared = tf.layers.gru({ units: 2, stateful: true, returnSequences: true });
      const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
      return [tf.model({ inputs: input, outputs: twice }), tf.layers.flatten()];
    },
    'of another kind': () => [rnn(), new Counting({})],
  };
  for (const [name, layers] of Object.entries(stacks)) {
    it(`is left to the steps of tfjs-layers: ${name}`, async () => {
      const reason = /: its layer \w+ carries its state .*\(stateful\)$/;
      const models = twins(example(layers));
      await assertTrainsAlike(models, [x(), y()], common, { said: reason, twice: false });
    });
  }

  it('is measured as tfjs-layers measures it, from the state at hand', async () => {
    const [ours, stock] = twins(example(simple));
    const many = 64 * BATCH;
    const measure = (model: tf.LayersModel) =>
      (model.evaluate(x(many), y(many), { batchSize: BATCH }) as tf.Scalar[])[0]?.dataSync() ?? [];
    const expected = await byStock(() => measure(stock));
    assertClose(measure(ours), expected, 1e-6, 'loss');
  });

  it('refuses a batch that its state is not made for, in the words of tfjs-layers', async () => {
    const [model] = twins(example(simple));
    const wrong: (() => unknown)[] = [
      () => fitQuietly(model, x(), y(), { ...common, batchSize: 5 }),
      () => fitQuietly(model, x(20), y(20), common),
      () => fitQuietly(model, x(), y(), { ...common, validationSplit: 0.2 }),
      () => fitQuietly(model, x(), y(), { ...common, validationData: [x(4), y(4)] }),
      () => model.evaluate(x(), y()),
      () => model.predict(x()),
    ];
    const message = /In a stateful network, .* divisible by the batch size|expected shape=7,,2/;
    for (const call of wrong) await assert.rejects(async () => call(), { message });
  });
};

describeNative('a layer that keeps its state, on the native engine', tests('cpu'));
describe('a layer that keeps its state, on WebAssembly', tests('wasm'));
