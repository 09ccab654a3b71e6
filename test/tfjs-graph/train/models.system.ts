/**
 * The models of the benchmark against Keras on TensorFlow: the losses of 50 steps and the weights
 * after them, on the native engine and on WebAssembly, and the gradients of the recorded step against
 * finite differences, which Keras computes in float64.
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
import { isDropout, masksOf, setWeightsOf, valuesOf, weightsOf } from './by-layer';
import { inKeras, type Job, type Slope } from './in-keras';

/** The steps that are compared. */
const STEPS = 50;
/** Samples a step: the fewer, the fewer corners. */
const AT_MOST = 16;
/** The samples of the step whose gradient is compared. */
const BATCH = 8;
/** Directions for each weight: an error in any of its elements shows in all of them. */
const DIRECTIONS = 3;

/** Builds a model whose Dropout layers draw the same mask at each step. */
function build(example: BenchModel): tf.LayersModel {
  const model = buildModel(example);
  for (const [i, layer] of model.layers.filter(isDropout).entries()) {
    (layer as unknown as { seed: number }).seed = i + 1;
  }
  return model;
}

/** What Keras builds the same model of. */
const described = ({ inputs, layers, target, optimizer }: BenchModel) => ({
  ...{ inputs, layers, loss: LOSSES[target.kind] },
  ...(optimizer && { optimizer }),
});

/** As many epochs as give the steps, on no more samples than these take. */
function jobOf(example: BenchModel): Job {
  const batchSize = Math.min(example.batchSize, AT_MOST);
  const samples = Math.min(example.samples, STEPS * batchSize);
  const model = build(example);
  return {
    model: described(example),
    data: dataOf(example, samples),
    weights: weightsOf(model),
    masks: masksOf(model, batchSize),
    batchSize,
    epochs: Math.ceil(STEPS / Math.ceil(samples / batchSize)),
  };
}

/** A batch, and directions in which the weights change. */
function slopeOf(example: BenchModel): Slope {
  const model = build(example);
  const variables = model.layers.flatMap(({ weights }) => weights);
  const directions = variables.flatMap(({ trainable, shape }, weight) =>
    Array.from({ length: trainable ? DIRECTIONS : 0 }, (_, i) => ({
      weight,
      direction: unit(shape as number[], 10 * weight + i),
    })),
  );
  return {
    model: described(example),
    data: dataOf(example, BATCH),
    weights: weightsOf(model).map(awayFromZero),
    masks: masksOf(model, BATCH),
    directions,
  };
}

/** A vector of length 1. */
const unit = (shape: number[], seed: number): Values =>
  valuesOf(
    tf.tidy(() => {
      const drawn = tf.randomNormal(shape, 0, 1, 'float32', seed);
      return drawn.div(drawn.norm());
    }),
  );

/** A bias of 0 puts a unit with no input just where relu has no derivative. */
const awayFromZero = ({ data, shape }: Values, seed: number): Values => {
  if (shape.length > 1) return { data, shape };
  const noise = tf.randomUniform([...shape], 0.05, 0.15, 'float32', seed).dataSync();
  return { data: data.map((value, i) => value + at(noise, i)), shape };
};

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

/** A power of two, so large that an update is no rounding error of the weight. */
const RATE = 2 ** 10;

describe('the models of the benchmark', function () {
  this.timeout(1_200_000);
  const jobs: Job[] = [];
  const slopes: Slope[] = [];
  let keras: Awaited<ReturnType<typeof inKeras>>;

  before(async () => {
    await useDevice('cpu');
    jobs.push(...models.map(jobOf));
    slopes.push(...models.map(slopeOf));
    keras = await inKeras(jobs, slopes);
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
    const { steps } = at(keras.trained, i);
    assertClose(losses.slice(0, STEPS), steps.slice(0, STEPS), 1e-5, 'loss of step', 0);
  }

  /** Compares the weights in the end with Keras's. */
  async function compareWeights(i: number): Promise<void> {
    const { data, weights, batchSize, epochs } = at(jobs, i);
    const ours = begun(at(models, i), weights);
    await train(ours, data, batchSize, epochs);
    const expected = at(keras.trained, i).weights;
    weightsOf(ours).forEach(({ data }, k) => {
      assertClose(data, at(expected, k), WITHIN, `weight ${k}`);
    });
  }

  for (const [i, model] of models.entries()) {
    describe(model.name, () => {
      it(`loses what Keras loses at each of ${STEPS} steps`, () => compareSteps(i));

      it('ends where Keras ends, several steps a call', () => compareWeights(i));

      it('goes down the gradient that finite differences give', async () => {
        const { data, weights, directions } = at(slopes, i);
        const expected = at(keras.slopes, i);
        const ours = begun(model, weights);
        ours.compile({ optimizer: tf.train.sgd(RATE), loss: ours.loss as string });
        const { history } = await train(ours, data, data.y.shape[0] as number, 1);
        assertClose(history.loss as number[], [expected.loss], 1e-5, 'loss', 0);
        const gradients = weightsOf(ours).map(({ data }, w) => {
          const before = at(weights, w).data;
          return Array.from(data, (after, k) => (at(before, k) - after) / RATE);
        });
        directions.forEach(({ weight, direction }, d) => {
          const gradient = at(gradients, weight);
          const along = gradient.reduce((sum, g, k) => sum + g * at(direction.data, k), 0);
          const length = Math.sqrt(gradient.reduce((sum, g) => sum + g ** 2, 0));
          const error = Math.abs(along - at(expected.slopes, d)) / length;
          assert.ok(
            error <= 1e-5,
            `weight ${weight}: ${along}, by differences ${expected.slopes[d]}`,
          );
        });
      });
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
          const { data, weights } = at(slopes, i);
          const training = train(begun(model, weights), data, 8, 1);
          await assert.rejects(training, { name: 'NotWasmError', code });
        });
        continue;
      }

      it(`${model.name} loses what Keras loses at each of ${STEPS} steps`, () => compareSteps(i));

      it(`${model.name} ends where Keras ends`, () => compareWeights(i));
    }
  });
});
