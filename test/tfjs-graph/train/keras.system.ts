/** Training against Python Keras: the same models, weights, digits and order of batches. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import mnist from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import { type FitOptions, fit } from '../../../lib/digits/training/fit';
import { at } from '../../../lib/tfjs-graph/array';
import { divide } from '../../../lib/tfjs-graph/graph/byte-tensor';
import type { Values } from '../../../lib/tools/bench/models/data';
import { masksOf, setWeightsOf, weightsOf } from './by-layer';
import { inKeras, type Job, type Trained } from './in-keras';
import { build, type Case, cases, inputOf, type Settings } from './keras-cases';
import { assertRelative, assertWithin } from './near';

/** 63 steps an epoch, the last one with half a batch. */
const training = { batchSize: 32, epochs: 2, validationSplit: 0.2 };
const [SAMPLES, SHOWN] = [2520, 100];
/** Shares no divisor with the samples: each multiple of it is another sample. */
const STRIDE = 1009;
/** The steps whose losses are compared one by one. */
const STEPS = 50;
const LOSSES = ['loss', 'val_loss'];
const ACCURACIES = ['accuracy', 'val_accuracy'];
/** A digit whose two best classes are as good as equal may count here and not there. */
const ONE_DIGIT = 1 / (SAMPLES * training.validationSplit);

/** What each sample counts by itself. */
const sampleWeightsOf = ({ sampleWeight }: Case) =>
  sampleWeight &&
  Float32Array.from({ length: SAMPLES }, (_, i) => at(sampleWeight, i % sampleWeight.length));

const snakeCase = (settings: Settings) =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

/** Notes the loss of each step. */
function noted() {
  const losses: number[] = [];
  const onBatchEnd = (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
  return { losses, callbacks: { onBatchEnd } };
}

/** The entry of a name, which has to be there. */
function named<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = entries[name];
  assert.ok(entry, `no entry of the name ${name}`);
  return entry;
}

describe('training against Python Keras', () => {
  const initial = new Map<string, Values[]>();
  const results = new Map<string, Trained>();
  let x: tf.Tensor2D;
  let y: tf.Tensor1D;
  let shown: tf.Tensor2D;

  before(async function () {
    this.timeout(300_000);
    await useDevice('cpu');
    const [[images, labels], [testImages]] = await mnist.loadData();
    const bytes = images.data.subarray(0, SAMPLES * 784) as Uint8Array;
    const classes = Int32Array.from(labels.data.subarray(0, SAMPLES));
    const test = Float32Array.from(testImages.data.subarray(0, SHOWN * 784), v => v / 255);
    const order = Int32Array.from({ length: SAMPLES }, (_, i) => (i * STRIDE) % SAMPLES);
    x = divide({ data: bytes, shape: [SAMPLES, 784] as const }, 255).gather(order);
    y = tf.tensor1d(classes).gather(order);
    shown = tf.tensor2d(test, [SHOWN, 784]);
    const digits = {
      pixels: x.dataSync<'float32'>(),
      labels: y.dataSync<'int32'>(),
      shown: test,
    };
    const jobs = Object.entries(cases).map(([name, example]) => jobOf(name, example, digits));
    const { trained } = await inKeras(jobs);
    for (const [i, name] of Object.keys(cases).entries()) results.set(name, at(trained, i));
  });

  /** A case as Keras is to train it. */
  function jobOf(name: string, example: Case, digits: Record<string, Values['data']>): Job {
    const model = build(example);
    const { scale = 1 } = example;
    const weights = weightsOf(model).map(({ data, shape }) => ({
      data: data.map(value => value * scale),
      shape,
    }));
    initial.set(name, weights);
    const input = inputOf(example);
    const pictures = (values: keyof typeof digits, count: number) => ({
      data: named(digits, values),
      shape: [count, ...input],
    });
    const [optimizer, settings] = example.optimizer ?? ['Adam', {}];
    const own = sampleWeightsOf(example);
    return {
      ...training,
      model: {
        inputs: [{ kind: 'pixels', shape: input }],
        loss: 'sparse_categorical_crossentropy',
        layers: example.layers.map(([kind, given]) => [kind, snakeCase(given)]),
        optimizer: [optimizer, snakeCase(settings)],
      },
      data: {
        x: [pictures('pixels', SAMPLES)],
        y: { data: named(digits, 'labels'), shape: [SAMPLES] },
      },
      weights,
      masks: masksOf(model, training.batchSize),
      classWeight: example.classWeight,
      sampleWeight: own && { data: own, shape: [SAMPLES] },
      shown: pictures('shown', SHOWN),
      history: true,
    };
  }

  /** What Keras gives for a case. */
  const expected = (name: string): Trained => {
    const trained = results.get(name);
    assert.ok(trained, `Keras has not trained ${name}`);
    return trained;
  };

  /** A case's model with the weights that Keras begins with. */
  function begun(name: string): tf.Sequential {
    const model = build(named(cases, name));
    setWeightsOf(model, initial.get(name) ?? []);
    return model;
  }

  const picturesOf = (name: string) => x.reshape([SAMPLES, ...inputOf(named(cases, name))]);

  /** What the model makes of digits that it was not trained on. */
  function probabilitiesOf(name: string, model: tf.LayersModel) {
    const pictures = shown.reshape([SHOWN, ...inputOf(named(cases, name))]);
    return (model.predict(pictures) as tf.Tensor).dataSync();
  }

  /** Trains the case. */
  async function trained(name: string, given: FitOptions & { x?: tf.Tensor; y?: tf.Tensor } = {}) {
    const example = named(cases, name);
    const { x: samples = picturesOf(name), y: labels = y, ...options } = given;
    const model = begun(name);
    const weights = sampleWeightsOf(example);
    let said = '';
    const { history } = await fit(model, samples, labels, {
      ...training,
      ...(example.classWeight && { classWeight: example.classWeight }),
      ...(weights && { sampleWeight: tf.tensor1d(weights) }),
      shuffle: false,
      verbose: 0,
      write: text => {
        said += text;
      },
      ...options,
    });
    assert.equal(said, '', 'recorded, not fallen back');
    return { model, history };
  }

  for (const name of Object.keys(cases)) {
    it(`loses what Keras loses at each of 50 steps: ${name}`, async () => {
      const { losses, callbacks } = noted();
      await trained(name, { epochs: 1, callbacks });
      const { steps } = expected(name);
      assertRelative(losses.slice(0, STEPS), steps.slice(0, STEPS), 1e-5, 'loss of step');
    });

    it(`ends where Keras ends, several steps a call: ${name}`, async () => {
      const { model, history } = await trained(name);
      const keras = expected(name);
      for (const name of LOSSES) {
        assertRelative(history[name] ?? [], keras.history[name] ?? [], 1e-3, name);
      }
      for (const name of ACCURACIES) {
        assertWithin(history[name] ?? [], keras.history[name] ?? [], ONE_DIGIT, name);
      }
      weightsOf(model).forEach(({ data }, i) => {
        assertWithin(data, at(keras.weights, i), 1e-4, `weight ${i}`);
      });
      assertWithin(probabilitiesOf(name, model), keras.predicted, 1e-4, 'probability');
    });
  }

  it('asks for more than 16 of a wrong answer, where tfjs-layers stops', () => {
    const { steps } = expected('samples of which the network is wrongly sure');
    assert.ok(Math.max(...steps) > 17, `the largest loss of a step is ${Math.max(...steps)}`);
  });

  it('validates with samples given for it, as Keras does with those same samples', async () => {
    const [name = ''] = Object.keys(cases);
    const split = SAMPLES * (1 - training.validationSplit);
    const pictures = picturesOf(name);
    const [head, tail] = [[0, split], [split]].map(([from = 0, size]) =>
      [pictures, y].map(tensor => tensor.slice(from, size)),
    ) as [[tf.Tensor, tf.Tensor], [tf.Tensor, tf.Tensor]];
    assert.equal(tail[1].dtype, 'int32');
    const given = { x: head[0], y: head[1], validationSplit: 0, validationData: tail };
    const { history } = await trained(name, given);
    const { val_loss = [] } = expected(name).history;
    assertRelative(history.val_loss ?? [], val_loss, 1e-3, 'val_loss');
  });
});
