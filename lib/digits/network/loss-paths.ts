/** Losses of a function that the learner wrote, measured while variables move. */
import * as tf from '@tensorflow/tfjs';
import { withLearnerErrors } from '../device/engine-messages';
import { kindOf } from '../input/given';
import { requireModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** A loss that a learner wrote, such as the mean cross-entropy of a batch. */
export type Loss = () => tf.Scalar;

/** A curve of losses; points at which the loss is not finite are left out. */
export interface LossPath {
  readonly positions: readonly number[];
  readonly losses: readonly number[];
}

/** A variable and the change that one unit of its path adds to it. */
interface Move {
  readonly variable: tf.Variable;
  readonly direction: tf.Tensor;
}

/** @throws TypeError unless `loss` is a function that returns a tensor of one finite number. */
function currentLoss(loss: Loss): number {
  const texts = messages().figures.losses;
  if (typeof loss !== 'function') throw new TypeError(texts.noFunction(kindOf(loss)));
  const value = measured(loss);
  if (Number.isFinite(value)) return value;
  throw new TypeError(texts.noNumber(String(value)));
}

/** Returns the loss, which may be infinite or NaN. */
function measured(loss: Loss): number {
  return tf.tidy(() => {
    const result: unknown = loss();
    if (result instanceof tf.Tensor && result.size === 1) return itemAt(result.dataSync(), 0);
    const received = result instanceof tf.Tensor ? `[${result.shape.join(', ')}]` : kindOf(result);
    throw new TypeError(messages().figures.losses.noNumber(received));
  }) as never;
}

/** Measures the loss at positions along the moves, then restores each variable bit for bit. */
function lossesAlong(loss: Loss, moves: readonly Move[], positions: readonly number[]): number[] {
  // A clone shares the memory of its variable, which is not written to but replaced.
  const origins = moves.map(({ variable }) => variable.clone());
  const assign = (position: number) => {
    for (const [i, { variable, direction }] of moves.entries())
      variable.assign(itemAt(origins, i).add(direction.mul(position)));
  };
  try {
    return positions.map(position =>
      tf.tidy(() => {
        assign(position);
        return measured(loss) as never;
      }),
    );
  } finally {
    for (const [i, { variable }] of moves.entries()) variable.assign(itemAt(origins, i));
  }
}

function pathOf(positions: readonly number[], losses: readonly number[]): LossPath {
  const finite = [...positions.keys()].filter(i => Number.isFinite(losses[i]));
  return {
    positions: finite.map(i => itemAt(positions, i)),
    losses: finite.map(i => itemAt(losses, i)),
  };
}

/** The shortest and the longest distance along a weight: its valley may be narrow, or have no bottom. */
const [NEAREST, FARTHEST] = [0.5, 8];

/**
 * Follows the weight of the last dense layer that has the largest gradient, whatever its sign, through
 * its valley. All other weights stay, and the weight is restored bit for bit.
 */
export function steepestWeight(model: tf.LayersModel, loss: Loss) {
  requireModel(model, 'valley(model, loss)');
  const isDense = (layer: tf.layers.Layer) => layer.getClassName() === 'Dense';
  const layer = [...model.layers].reverse().find(isDense);
  if (!layer) throw new RangeError(messages().figures.valley.noDense);
  return withLearnerErrors(() =>
    tf.tidy(() => followed(model, layer, loss) as never),
  ) as ReturnType<typeof followed>;
}

function followed(model: tf.LayersModel, layer: tf.layers.Layer, loss: Loss) {
  const here = currentLoss(loss);
  const kernel = itemAt(layer.weights, 0).read() as tf.Variable;
  const gradients = tf.variableGrads(loss, [kernel]).grads[kernel.name] as tf.Tensor;
  const index = itemAt(gradients.abs().flatten().argMax().dataSync(), 0);
  const units = itemAt(kernel.shape, 1);
  const [value, gradient] = [kernel, gradients].map(tensor => itemAt(tensor.dataSync(), index));
  const direction = tf.oneHot([index], kernel.size).reshape(kernel.shape);
  const lossesAt = (changes: readonly number[]) =>
    lossesAlong(loss, [{ variable: kernel, direction }], changes);
  const downhill = -Math.sign(Number(gradient)) || 1;
  const distances = [NEAREST];
  while (itemAt(distances, distances.length - 1) < FARTHEST)
    distances.push(1.2 * itemAt(distances, distances.length - 1));
  const falling = lossesAt(distances.map(distance => downhill * distance));
  const turn = falling.findIndex((_, i) => !(Number(falling[i + 1]) < itemAt(falling, i)));
  const bottom = itemAt(distances, turn);
  // From the slope behind us, over the bottom, to the other side.
  const changes = spread(-0.6 * downhill * bottom, 2.4 * downhill * bottom, 0);
  const positions = changes.map(change => Number(value) + change);
  return {
    /** The input of the layer that the weight multiplies, and the unit that it leads to. */
    input: Math.floor(index / units),
    output: index % units,
    /** Whether the input is a pixel, as in a network without hidden layers. */
    fromPixel: model.layers.every(other => other === layer || other.countParams() === 0),
    value: Number(value),
    /** The slope of the loss here. */
    gradient: Number(gradient),
    loss: here,
    path: pathOf(positions, lossesAt(changes)),
  };
}

/** The learning rate of the lesson's first step, so large that the step can be seen. */
export const RATE = 0.5;

/**
 * Measures the loss after steps of plain gradient descent by learning rates from 0 on. The variables
 * are restored bit for bit.
 */
export function pathByRate(loss: Loss, grads: tf.NamedTensorMap) {
  return withLearnerErrors(() => tf.tidy(() => stepped(loss, grads) as never)) as ReturnType<
    typeof stepped
  >;
}

function stepped(loss: Loss, grads: tf.NamedTensorMap) {
  const before = currentLoss(loss);
  const moves = movesOf(grads);
  const lossesBy = (rates: readonly number[]) => lossesAlong(loss, moves, rates);
  const rates = spread(0, farRate(before, lossesBy), RATE);
  const losses = lossesBy(rates);
  return {
    before,
    /** The loss after a step with {@link RATE}; it may be infinite or NaN. */
    after: itemAt(losses, rates.indexOf(RATE)),
    /** The count of numbers that take the step. */
    parameters: moves.reduce((sum, { direction }) => sum + direction.size, 0),
    path: pathOf(rates, losses),
  };
}

/** Finds the variables that the gradients belong to. A step goes against the gradient. */
function movesOf(grads: tf.NamedTensorMap): Move[] {
  const { noGradients } = messages().figures.learningRates;
  const entries = Object.entries(grads ?? {});
  if (entries.length === 0) throw new TypeError(noGradients(kindOf(grads)));
  return entries.map(([name, gradient]) => {
    const variable = tf.engine().registeredVariables[name];
    if (!(variable && gradient instanceof tf.Tensor)) throw new TypeError(noGradients(name));
    return { variable, direction: gradient.neg() };
  });
}

/**
 * Finds a learning rate beyond the step at which the loss has clearly risen again, above the loss before
 * the step by a third of what a step can gain; if it never does, ten times the step.
 */
function farRate(before: number, lossesBy: (rates: readonly number[]) => number[]): number {
  const rates = Array.from({ length: 20 }, (_, i) => RATE * 10 ** ((i + 1) / 10));
  const losses = lossesBy(rates);
  const hasRisen = (loss: number, i: number) =>
    !(loss < before + (before - Math.min(before, ...losses.slice(0, i))) / 3);
  return rates[losses.findIndex(hasRisen)] ?? 10 * RATE;
}

/** Lists as many numbers from one to another as make a smooth curve, and one between them, in order. */
function spread(from: number, to: number, between: number): number[] {
  const even = Array.from({ length: 41 }, (_, i) => from + ((to - from) * i) / 40);
  return [...new Set([...even, between])].sort((a, b) => a - b);
}
