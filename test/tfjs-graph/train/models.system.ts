/**
 * The models of the benchmark against Keras on TensorFlow: the losses of 50 steps and the weights
 * after them, on the native engine and on WebAssembly.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type Callbacks, fit, type NotWasmError } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { at } from '../../../lib/tfjs-graph/array';
import { build as buildModel } from '../../../lib/tools/bench/models/build';
import { type Data, dataOf, tensorOf, type Values } from '../../../lib/tools/bench/models/data';
import { type BenchModel, LOSSES, models } from '../../../lib/tools/bench/models/models';
import { assertClose } from './against-stock';
import {
  inKeras,
  isDropout,
  type Job,
  masksOf,
  setWeightsOf,
  type Trained,
  weightsOf,
} from './in-keras';

/** The steps that are compared. */
const STEPS = 50;
/** Samples a step: the fewer, the fewer corners. */
const AT_MOST = 16;

/** Builds a model whose Dropout layers draw the same mask at each step. */
function build(example: BenchModel): tf.LayersModel {
  const model = buildModel(example);
  for (const [i, layer] of model.layers.filter(isDropout).entries()) {
    (layer as unknown as { seed: number }).seed = i + 1;
  }
  return model;
}

/** As many epochs as give the steps, on no more samples than these take. */
function jobOf(example: BenchModel): Job {
  const batchSize = Math.min(example.batchSize, AT_MOST);
  const samples = Math.min(example.samples, STEPS * batchSize);
  const model = build(example);
  const { inputs, layers, target, optimizer } = example;
  return {
    model: { inputs, layers, loss: LOSSES[target.kind], ...(optimizer && { optimizer }) },
    data: dataOf(example, samples),
    weights: weightsOf(model),
    masks: masksOf(model, batchSize),
    batchSize,
    epochs: Math.ceil(STEPS / Math.ceil(samples / batchSize)),
  };
}

/** Why the trainer of WebAssembly leaves a model to the steps of tfjs-layers; the others it trains. */
const notOnWebAssembly: Readonly<Record<string, NotWasmError['code']>> = {
  normalized: 'layers',
  conv1d: 'layers',
  separable: 'layers',
  lstm: 'layers',
  gru: 'layers',
  text: 'layers',
  branches: 'layers',
  attention: 'layers',
  autoencoder: 'loss',
  linear: 'loss',
};

/** How far a weight may end from that of Keras. */
const WITHIN = 1e-5;

describe('the models of the benchmark', function () {
  this.timeout(1_200_000);
  const jobs: Job[] = [];
  let keras: readonly Trained[];

  before(async () => {
    await useDevice('cpu');
    jobs.push(...models.map(jobOf));
    keras = await inKeras(jobs);
  });

  /** A model with given weights. */
  function begun(model: BenchModel, weights: readonly Values[]): tf.LayersModel {
    const built = build(model);
    setWeightsOf(built, weights);
    return built;
  }

  /** Trains by our own step, or not at all. */
  async function train(
    model: tf.LayersModel,
    { x, y }: Data,
    batchSize: number,
    epochs: number,
    callbacks: Callbacks[] = [],
  ): Promise<tf.History> {
    const options = { batchSize, epochs, callbacks, shuffle: false };
    const [samples, targets] = [x.map(tensorOf), tensorOf(y)];
    try {
      return await fit(model, samples, targets, {
        ...options,
        onFallback(why) {
          throw why;
        },
      });
    } finally {
      tf.dispose([samples, targets]);
    }
  }

  /** Compares the loss of each step with Keras's. */
  async function compareSteps(i: number): Promise<void> {
    const { data, weights, batchSize, epochs } = at(jobs, i);
    const losses: number[] = [];
    const onBatchEnd = (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
    await train(begun(at(models, i), weights), data, batchSize, epochs, [{ onBatchEnd }]);
    const { steps } = at(keras, i);
    assertClose(losses.slice(0, STEPS), steps.slice(0, STEPS), 1e-5, 'loss of step', 0);
  }

  /** Compares the weights in the end with Keras's. */
  async function compareWeights(i: number): Promise<void> {
    const { data, weights, batchSize, epochs } = at(jobs, i);
    const ours = begun(at(models, i), weights);
    await train(ours, data, batchSize, epochs);
    const expected = at(keras, i).weights;
    weightsOf(ours).forEach(({ data }, k) => {
      assertClose(data, at(expected, k), WITHIN, `weight ${k}`);
    });
  }

  for (const [i, model] of models.entries()) {
    describe(model.name, () => {
      it(`loses what Keras loses at each of ${STEPS} steps`, () => compareSteps(i));

      it('ends where Keras ends, several steps a call', () => compareWeights(i));
    });
  }

  describe('on WebAssembly', () => {
    before(() => useDevice('wasm'));
    after(async () => {
      await useDevice('cpu');
    });

    for (const [i, model] of models.entries()) {
      const code = notOnWebAssembly[model.name];
      if (code) {
        it(`${model.name} is left to tfjs-layers, for a reason: ${code}`, async () => {
          const { data, weights, batchSize } = at(jobs, i);
          const training = train(begun(model, weights), data, batchSize, 1);
          await assert.rejects(training, { name: 'NotWasmError', code });
        });
        continue;
      }

      it(`${model.name} loses what Keras loses at each of ${STEPS} steps`, () => compareSteps(i));

      it(`${model.name} ends where Keras ends`, () => compareWeights(i));
    }
  });
});
