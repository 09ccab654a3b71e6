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
import { type Data, tensorOf, type Values } from '../../../lib/tools/bench/models/data';
import { type BenchModel, models } from '../../../lib/tools/bench/models/models';
import { setWeightsOf, weightsOf } from './by-layer';
import { inKeras, type Job, type Slope, type Slopes, type Trained } from './in-keras';
import { build, jobOf, STEPS, slopeOf } from './models-problems';
import { assertRelative, assertWithin } from './near';

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

/** What a model is trained with here and in Keras, and what Keras finds. */
interface Example {
  readonly job: Job;
  readonly slope: Slope;
  readonly trained: Trained;
  readonly slopes: Slopes;
}

describe('the models of the benchmark', function () {
  this.timeout(1_200_000);
  const examples = new Map<string, Example>();

  before(async () => {
    await useDevice('cpu');
    const jobs = models.map(jobOf);
    const lines = models.map(slopeOf);
    const { trained, slopes } = await inKeras(jobs, lines);
    models.forEach(({ name }, i) => {
      examples.set(name, {
        job: at(jobs, i),
        slope: at(lines, i),
        trained: at(trained, i),
        slopes: at(slopes, i),
      });
    });
  });

  function exampleOf({ name }: BenchModel): Example {
    const example = examples.get(name);
    assert.ok(example, `Keras has not trained ${name}`);
    return example;
  }

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
  async function compareSteps(model: BenchModel): Promise<void> {
    const { job, trained } = exampleOf(model);
    const losses: number[] = [];
    const onBatchEnd = (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
    const { data, weights, batchSize, epochs } = job;
    await train(begun(model, weights), data, batchSize, epochs, [{ onBatchEnd }]);
    assertRelative(losses.slice(0, STEPS), trained.steps.slice(0, STEPS), 1e-5, 'loss of step');
  }

  /** Compares the weights in the end with Keras's. */
  async function compareWeights(model: BenchModel): Promise<void> {
    const { job, trained } = exampleOf(model);
    const { data, weights, batchSize, epochs } = job;
    const ours = begun(model, weights);
    await train(ours, data, batchSize, epochs);
    weightsOf(ours).forEach(({ data }, i) => {
      assertWithin(data, at(trained.weights, i), WITHIN, `weight ${i}`);
    });
  }

  for (const model of models) {
    describe(model.name, () => {
      it(`loses what Keras loses at each of ${STEPS} steps`, () => compareSteps(model));

      it('ends where Keras ends, several steps a call', () => compareWeights(model));

      it('goes down the gradient that finite differences give', async () => {
        const { slope, slopes } = exampleOf(model);
        const { data, weights, directions } = slope;
        const ours = begun(model, weights);
        ours.compile({ optimizer: tf.train.sgd(RATE), loss: ours.loss as string });
        const { history } = await train(ours, data, data.y.shape[0] as number, 1);
        assertRelative(history.loss as number[], [slopes.loss], 1e-5, 'loss');
        const gradients = weightsOf(ours).map(({ data }, i) => {
          const before = at(weights, i).data;
          return Array.from(data, (after, k) => (at(before, k) - after) / RATE);
        });
        directions.forEach(({ weight, direction }, i) => {
          const gradient = at(gradients, weight);
          const along = gradient.reduce((sum, g, k) => sum + g * at(direction.data, k), 0);
          const length = Math.sqrt(gradient.reduce((sum, g) => sum + g ** 2, 0));
          const error = Math.abs(along - at(slopes.slopes, i)) / length;
          assert.ok(
            error <= 1e-5,
            `weight ${weight}: ${along}, by differences ${slopes.slopes[i]}`,
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

    for (const model of models) {
      const code = notOnWebAssembly[model.name];
      if (code) {
        it(`${model.name} is left to tfjs-layers, for a reason: ${code}`, async () => {
          const { slope } = exampleOf(model);
          const training = train(begun(model, slope.weights), slope.data, 8, 1);
          await assert.rejects(training, { name: 'NotWasmError', code });
        });
        continue;
      }

      it(`${model.name} loses what Keras loses at each of ${STEPS} steps`, () =>
        compareSteps(model));

      it(`${model.name} ends where Keras ends`, () => compareWeights(model));
    }
  });
});
