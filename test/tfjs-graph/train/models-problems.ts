/** The models of the benchmark, as they are trained here and in Keras. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../../lib/tfjs-graph/array';
import { build as buildModel } from '../../../lib/tools/bench/models/build';
import { dataOf, type Values } from '../../../lib/tools/bench/models/data';
import { type BenchModel, LOSSES } from '../../../lib/tools/bench/models/models';
import { isDropout, masksOf, valuesOf, weightsOf } from './by-layer';
import type { Job, Slope } from './in-keras';

/** The steps that are compared. */
export const STEPS = 50;
/** Samples a step: the fewer, the fewer corners. */
const AT_MOST = 16;
/** The samples of the step whose gradient is compared. */
const BATCH = 8;
/** Directions for each weight: an error in any of its elements shows in all of them. */
const DIRECTIONS = 3;

/** Builds a model whose Dropout layers draw the same mask at each step. */
export function build(example: BenchModel): tf.LayersModel {
  const model = buildModel(example);
  for (const [i, layer] of model.layers.filter(isDropout).entries()) {
    (layer as unknown as { seed: number }).seed = i + 1;
  }
  return model;
}

/** What Keras builds the same model of. */
const inKeras = ({ inputs, layers, target, optimizer }: BenchModel) => ({
  ...{ inputs, layers, loss: LOSSES[target.kind] },
  ...(optimizer && { optimizer }),
});

/** As many epochs as give the steps, on no more samples than these take. */
export function jobOf(example: BenchModel): Job {
  const batchSize = Math.min(example.batchSize, AT_MOST);
  const samples = Math.min(example.samples, STEPS * batchSize);
  const model = build(example);
  return {
    model: inKeras(example),
    data: dataOf(example, samples),
    weights: weightsOf(model),
    masks: masksOf(model, batchSize),
    batchSize,
    epochs: Math.ceil(STEPS / Math.ceil(samples / batchSize)),
  };
}

/** A batch, and directions in which the weights change. */
export function slopeOf(example: BenchModel): Slope {
  const model = build(example);
  const variables = model.layers.flatMap(({ weights }) => weights);
  const directions = variables.flatMap(({ trainable, shape }, weight) =>
    Array.from({ length: trainable ? DIRECTIONS : 0 }, (_, i) => ({
      weight,
      direction: unit(shape as number[], 10 * weight + i),
    })),
  );
  return {
    model: inKeras(example),
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
