/** Small models and data, on which compiled steps are compared with tfjs-layers' own. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { setAcceleration } from '../../../lib/tfjs-graph/train/accelerate';
import { onFallback } from '../../../lib/tfjs-graph/train/fallback';
import { assertNothingLeft, settledCounts } from './counts';

/** A model with data. */
export interface Case {
  readonly layers: () => tf.layers.Layer[];
  readonly optimizer?: () => tf.Optimizer | string;
  readonly x?: () => tf.Tensor;
  readonly compile?: Partial<tf.ModelCompileArgs>;
  /** Classes in the labels, as digits; without labels, the target is a number. */
  readonly classes?: number;
}

export type Options = tf.ModelFitArgs;

export const SAMPLES = 50;

/** 7 does not divide the samples: the last step has other shapes. */
const common: Options = { batchSize: 7, epochs: 3, shuffle: false, validationSplit: 0.2 };

export const dense = (units: number, activation: string) =>
  tf.layers.dense({ units, activation: activation as 'relu' });

export const mlp = (activation = 'relu') => [
  tf.layers.dense({ units: 12, activation: activation as 'relu', inputShape: [6] }),
  dense(4, 'softmax'),
];

export const adam = () => tf.train.adam(0.01);

export function build({ layers, optimizer, compile, classes = 4 }: Case): tf.Sequential {
  const model = tf.sequential({ layers: layers() });
  model.compile({
    optimizer: optimizer?.() ?? adam(),
    loss: classes ? 'sparseCategoricalCrossentropy' : 'meanSquaredError',
    metrics: ['accuracy'],
    ...compile,
  });
  return model;
}

/** Creates two models with the same weights: for compiled steps, and for tfjs-layers' steps. */
export function twins(example: Case): [tf.Sequential, tf.Sequential] {
  const [ours, stock] = [build(example), build(example)];
  stock.setWeights(ours.getWeights());
  return [ours, stock];
}

export function data({ x, classes = 4 }: Partial<Case> = {}): [tf.Tensor, tf.Tensor] {
  const targets = classes
    ? tf.randomUniform([SAMPLES], 0, classes, 'int32', 5).toFloat()
    : tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5);
  return [x?.() ?? tf.randomUniform([SAMPLES, 6], 0, 1, 'float32', 3), targets];
}

/** Trains by compiled steps; returns the history, and in `said` why tfjs-layers' own steps were taken. */
export async function fitQuietly(
  model: tf.LayersModel,
  x: tf.Tensor | tf.Tensor[],
  y: tf.Tensor | tf.Tensor[],
  options: Options = {},
): Promise<{ epoch: number[]; history: Record<string, number[]>; said: string }> {
  let trained = model.history as tf.History;
  const reasons = await reasonsOf(async () => {
    trained = await model.fit(x, y, { ...common, verbose: 0, ...options });
  });
  return {
    epoch: trained.epoch,
    history: trained.history as Record<string, number[]>,
    said: reasons,
  };
}

/** Runs `work`, and returns the reasons for tfjs-layers' own steps. */
export async function reasonsOf(work: () => Promise<unknown>): Promise<string> {
  const reasons: string[] = [];
  const release = onFallback(why => void reasons.push(why.message));
  try {
    await work();
  } finally {
    release();
  }
  return reasons.join('\n');
}

/** Runs `work` by tfjs-layers' own steps. */
export async function byStock<T>(work: () => T | Promise<T>): Promise<T> {
  setAcceleration('none');
  try {
    return await work();
  } finally {
    setAcceleration('all');
  }
}

/** Trains by tfjs-layers' own steps. */
export const fitStock = (...[model, x, y, options]: Parameters<typeof fitQuietly>) =>
  byStock(() => model.fit(x, y, { ...common, verbose: 0, ...options }));

/** Asserts that numbers differ by no more than a share of the expected ones, or of `least`. */
export function assertClose(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  tolerance: number,
  what: string,
  least = 1,
): void {
  assert.equal(a.length, b.length, what);
  for (let i = 0; i < a.length; i++) {
    const [p = NaN, q = NaN] = [a[i], b[i]];
    const isClose = Math.abs(p - q) <= tolerance * Math.max(least, Math.abs(q));
    assert.ok(isClose, `${what}[${i}]: expected ${q} but received ${p}`);
  }
}

/** Asserts that two histories have the same epochs, names and values. */
export function assertSameHistory(
  ours: Pick<tf.History, 'epoch' | 'history'>,
  stock: Pick<tf.History, 'epoch' | 'history'>,
  tolerance: number,
): void {
  assert.deepEqual(ours.epoch, stock.epoch);
  assert.deepEqual(Object.keys(ours.history).sort(), Object.keys(stock.history).sort());
  for (const [name, values] of Object.entries(stock.history)) {
    assertClose(ours.history[name] as number[], values as number[], tolerance, name);
  }
}

export function assertSameWeights(
  ours: tf.LayersModel,
  stock: tf.LayersModel,
  tolerance: number,
): void {
  const stockWeights = stock.getWeights();
  ours.getWeights().forEach((weight, i) => {
    const other = stockWeights[i] as tf.Tensor;
    assertClose(weight.dataSync(), other.dataSync(), tolerance, `weight ${i}`);
  });
}

/** The arguments of both trainings, or a function of the model. */
type Given = Options | ((model: tf.LayersModel) => Options);

interface Expected {
  readonly tolerance?: number;
  /** The reason for tfjs-layers' own steps that the listener receives. */
  readonly said?: RegExp | undefined;
  /** Whether to train again, and check for leaks; defaults to true. */
  readonly twice?: boolean;
}

/**
 * Asserts that compiled steps train the first of two models as tfjs-layers trains the second, and that
 * training again leaks no tensor.
 */
export async function assertTrainsAlike(
  [ours, stock]: readonly [tf.LayersModel, tf.LayersModel],
  [x, y]: readonly [tf.Tensor, tf.Tensor],
  given: Given = {},
  { tolerance = 1e-5, said, twice = true }: Expected = {},
): Promise<void> {
  const optionsFor = (model: tf.LayersModel) => (given instanceof Function ? given(model) : given);
  const trained = await fitQuietly(ours, x, y, optionsFor(ours));
  assert.match(trained.said, said ?? /^$/);
  assertSameHistory(trained, await fitStock(stock, x, y, optionsFor(stock)), tolerance);
  assertSameWeights(ours, stock, tolerance);
  if (!twice) return;
  const countsBefore = await settledCounts();
  await fitQuietly(ours, x, y, optionsFor(ours));
  assertNothingLeft(countsBefore);
}
