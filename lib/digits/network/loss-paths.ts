/** Measures a learner's loss function along paths of variables. */
import * as tf from '@tensorflow/tfjs';
import { kindOf } from '../input/given';
import { checkModel, requireDevice } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** A loss function written by a learner, such as the mean cross-entropy of a batch. */
export type Loss = () => tf.Scalar;

/** A point of a loss curve. */
export type Point = readonly [position: number, loss: number];

/** A variable and the change per unit of the path. */
interface Move {
  readonly variable: tf.Variable;
  readonly direction: tf.Tensor;
}

/** @throws TypeError unless `loss` is a function returning a tensor with one finite number. */
function currentLoss(loss: Loss): number {
  const texts = messages().figures.losses;
  if (typeof loss !== 'function') throw new TypeError(texts.noFunction(kindOf(loss)));
  const value = measured(loss);
  if (Number.isFinite(value)) return value;
  throw new TypeError(texts.noNumber(String(value)));
}

/** Returns the loss, possibly infinite or NaN. */
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
  // A clone shares the variable's memory, which `assign` replaces instead of overwriting.
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

/** Returns a loss curve without points of NaN or infinite loss. */
const pathOf = (positions: readonly number[], losses: readonly number[]): Point[] =>
  positions
    .map((position, i): Point => [position, itemAt(losses, i)])
    .filter(([, loss]) => Number.isFinite(loss));

/** Shortest and longest distances along a weight. A valley may be narrow or have no bottom. */
const [NEAREST, FARTHEST] = [0.5, 8];

/**
 * Follows the last dense layer's weight with the largest absolute gradient through the loss valley. Other
 * weights stay constant, and the weight is restored bit for bit.
 */
export function steepestWeight(model: tf.LayersModel, loss: Loss) {
  requireDevice();
  checkModel(model, 'valley(model, loss)');
  const isDense = (layer: tf.layers.Layer) => layer.getClassName() === 'Dense';
  const layer = [...model.layers].reverse().find(isDense);
  if (!layer) throw new RangeError(messages().figures.valley.noDense);
  return tf.tidy(() => followed(model, layer, loss) as never) as ReturnType<typeof followed>;
}

function followed(model: tf.LayersModel, layer: tf.layers.Layer, loss: Loss) {
  const currentValue = currentLoss(loss);
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
  // From the uphill side, past the bottom, to the opposite slope.
  const changes = spread(-0.6 * downhill * bottom, 2.4 * downhill * bottom, 0);
  const positions = changes.map(change => Number(value) + change);
  return {
    /** The layer input that the weight multiplies; `output` is the unit index. */
    input: Math.floor(index / units),
    output: index % units,
    /** Whether the input is a pixel, as in a network without hidden layers. */
    fromPixel: model.layers.every(other => other === layer || other.countParams() === 0),
    value: Number(value),
    /** Slope of the loss at the current weight. */
    gradient: Number(gradient),
    loss: currentValue,
    path: pathOf(positions, lossesAt(changes)),
  };
}

/** The learning rate of the lesson's first step, so large that the step can be seen. */
export const RATE = 0.5;

/**
 * Measures the loss after plain gradient-descent steps with learning rates from 0 up. The variables are
 * restored bit for bit.
 */
export const pathByRate = (loss: Loss, grads: tf.NamedTensorMap): ReturnType<typeof stepped> =>
  tf.tidy(() => stepped(loss, grads) as never);

function stepped(loss: Loss, grads: tf.NamedTensorMap) {
  const before = currentLoss(loss);
  const moves = movesOf(grads);
  const lossesBy = (rates: readonly number[]) => lossesAlong(loss, moves, rates);
  const rates = spread(0, farRate(before, lossesBy), RATE);
  const losses = lossesBy(rates);
  return {
    before,
    /** Loss after a step with {@link RATE}, possibly infinite or NaN. */
    after: itemAt(losses, rates.indexOf(RATE)),
    parameters: moves.reduce((sum, { direction }) => sum + direction.size, 0),
    path: pathOf(rates, losses),
  };
}

/** Returns the variables and directions of the gradients. A step goes against the gradient. */
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
 * Returns a learning rate at which the loss has clearly risen again: above the initial loss by a third of the
 * largest gain. If the loss never rises, returns ten times the step's rate.
 */
function farRate(before: number, lossesBy: (rates: readonly number[]) => number[]): number {
  const rates = Array.from({ length: 20 }, (_, i) => RATE * 10 ** ((i + 1) / 10));
  const losses = lossesBy(rates);
  const hasRisen = (loss: number, i: number) =>
    !(loss < before + (before - Math.min(before, ...losses.slice(0, i))) / 3);
  return rates[losses.findIndex(hasRisen)] ?? 10 * RATE;
}

/** Lists enough evenly spaced numbers for a smooth curve, plus `between`, in order. */
function spread(from: number, to: number, between: number): number[] {
  const even = Array.from({ length: 41 }, (_, i) => from + ((to - from) * i) / 40);
  return [...new Set([...even, between])].sort((a, b) => a - b);
}
