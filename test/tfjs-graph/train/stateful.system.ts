/** Layers that keep a state from step to step. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { predict } from '../../../lib/digits/network/predict';
import { evaluate } from '../../../lib/digits/training/evaluate';
import { statefulLayer } from '../../../lib/tfjs-graph/train/trainer';
import { describeNative } from '../../native';
import { assertTrainsAlike, type Case, fitQuietly, twins } from './against-stock';

const BATCH = 7;
const batchInputShape = [BATCH, 6, 2];
const rnn = () => tf.layers.simpleRNN({ units: 3, stateful: true, batchInputShape });
const x = (samples = 3 * BATCH) => tf.randomUniform([samples, 6, 2], 0, 1, 'float32', 3);
const y = (samples = 3 * BATCH) => tf.randomUniform([samples, 1], 0, 1, 'float32', 5);
const options = { batchSize: BATCH, validationSplit: 0, epochs: 4 };

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
  'in a wrapper': () => [
    tf.layers.reshape({ targetShape: [2, 3, 2], batchInputShape }),
    tf.layers.timeDistributed({ layer: tf.layers.simpleRNN({ units: 3, stateful: true }) }),
    tf.layers.flatten(),
  ],
  'in a model in the model': () => {
    const input = tf.input({ batchShape: batchInputShape });
    const gru = tf.layers.gru({ units: 3, stateful: true });
    return [tf.model({ inputs: input, outputs: gru.apply(input) as tf.SymbolicTensor })];
  },
};

const simple = stateful['simple RNN'] as () => tf.layers.Layer[];

const example = (layers: () => tf.layers.Layer[]): Case => ({
  layers: () => [...layers(), tf.layers.dense({ units: 1 })],
  optimizer: () => tf.train.sgd(0.1),
  classes: 0,
});

describeNative('a layer that keeps its state', () => {
  before(() => useDevice('cpu'));

  for (const [name, layers] of Object.entries(stateful)) {
    it(`trains by tfjs-layers' own steps, as it does there: ${name}`, async () => {
      const said = /own steps.*because its layer \w+ carries its state .*\(stateful\)\.\n$/;
      // It never frees the states of the steps before.
      const expected = { said, leaks: true };
      await assertTrainsAlike(twins(example(layers)), [x(), y()], options, expected);
    });
  }

  it('is not looked for where a layer merely refers to its own model', () => {
    const [model] = twins({
      ...example(simple),
      layers: () => [tf.layers.dense({ units: 1, inputShape: [2] })],
    });
    Object.assign(model.layers[0] ?? {}, { owner: model });
    assert.equal(statefulLayer(model.layers), undefined);
  });

  it('is measured as tfjs-layers measures it, from the state at hand', async () => {
    const [ours, stock] = twins(example(simple));
    const many = 64 * BATCH;
    const [loss] = await evaluate(ours, x(many), y(many), { batchSize: BATCH, verbose: 0 });
    const [expected] = stock.evaluate(x(many), y(many), { batchSize: BATCH }) as tf.Scalar[];
    assert.ok(Math.abs((loss ?? 9) - (expected?.dataSync()[0] ?? 0)) < 1e-6);
  });

  it('refuses a batch that its state is not made for, in the words of tfjs-layers', async () => {
    const [model] = twins(example(simple));
    const wrong: (() => unknown)[] = [
      () => fitQuietly(model, x(), y(), { ...options, batchSize: 5 }),
      () => fitQuietly(model, x(20), y(20), options),
      () => fitQuietly(model, x(), y(), { ...options, validationSplit: 0.2 }),
      () => fitQuietly(model, x(), y(), { ...options, validationData: [x(4), y(4)] }),
      () => evaluate(model, x(), y(), { verbose: 0 }),
      () => predict(model, x()),
    ];
    const message = /In a stateful network, .* divisible by the batch size|expected shape=7,,2/;
    for (const call of wrong) await assert.rejects(async () => call(), { message });
  });
});
