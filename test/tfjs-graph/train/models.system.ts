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
import { assertClose } from './against-stock';
import { setWeightsOf, weightsOf } from './by-layer';
import { inKeras, type Job, type Slope } from './in-keras';
import { build, jobOf, STEPS, slopeOf } from './models-problems';

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
