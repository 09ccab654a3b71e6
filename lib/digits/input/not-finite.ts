/** Finds the likeliest cause of NaN or infinite losses and weights. */
import type * as tf from '@tensorflow/tfjs';
import { bytesOf, range } from 'tfjs-graph';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { tensorsIn } from './data';
import { LearnerError } from './errors';

/** The loss or the weights became NaN or infinite. */
export class NotFiniteError extends LearnerError {
  /** @param history the completed epochs, as `model.fit` would have returned them. */
  constructor(
    message: string,
    readonly history?: Pick<tf.History, 'epoch' | 'history'>,
  ) {
    super('NotFiniteError', message);
  }
}

/** Samples, labels and other tensors, by the caller's names. */
type NamedData = Readonly<Record<string, unknown>>;

const SCALED = 10;
/** Samples above this value are a likelier cause than the learning rate. */
const ENORMOUS = 1e6;

/**
 * Describes the likeliest cause of a loss that is NaN, infinite or far too large, and its cure.
 *
 * @param data tensors by name; `x` are the samples.
 * @param isLargeAtFirst whether the loss was far too large from the first step.
 */
export function likelyCause(
  data: NamedData,
  optimizer: tf.Optimizer,
  { hasLostWeights = false, isLargeAtFirst = false } = {},
): string {
  const words = messages().input.cause;
  for (const [name, container] of Object.entries(data)) {
    for (const tensor of tensorsIn(container)) {
      const position = firstNotFinite(tensor);
      if (position) return words.data(name, position.sample, position.value);
    }
  }
  if (hasLostWeights) return words.weights;
  const { learningRate: rate } = optimizer as unknown as { learningRate?: number };
  const [x] = tensorsIn(data.x);
  const [least, most] = x ? range(x) : [0, 0];
  const largest = Math.max(-least, most);
  if (isLargeAtFirst && largest <= SCALED) return words.firstWeights;
  if (rate !== undefined && rate < 0) return words.negativeRate(rate);
  if (largest > ENORMOUS) return words.enormous(least, most);
  const smaller = Math.min(0.001, (rate ?? 1) / 10);
  return words.rate(rate, smaller) + (largest > SCALED ? words.notScaled(least, most) : '');
}

/** Returns the first NaN or infinite value of a tensor, and its sample index, counted from 0. */
function firstNotFinite(tensor: tf.Tensor): { sample: number; value: number } | undefined {
  if (tensor.dtype !== 'float32' || bytesOf(tensor)) return undefined;
  const values = tensor.dataSync();
  // `find` would call a function for possibly millions of values.
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const sample = Math.floor(i / (tensor.size / (tensor.shape[0] ?? 1)));
    return { sample, value: itemAt(values, i) };
  }
  return undefined;
}

export const hasLostWeights = (model: tf.LayersModel): boolean =>
  model.getWeights().some(weights => firstNotFinite(weights));

/**
 * Checks the evaluated loss of a model.
 *
 * @param data the tensors of the evaluation, by the names in the error message.
 * @throws NotFiniteError with the likeliest cause if the loss is NaN or infinite.
 */
export function requireFinite(loss: number, model: tf.LayersModel, data: NamedData): void {
  if (Number.isFinite(loss)) return;
  const cause = likelyCause(data, model.optimizer, { hasLostWeights: hasLostWeights(model) });
  throw new NotFiniteError(messages().input.notFinite.evaluation(loss) + cause);
}
