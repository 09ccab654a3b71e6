/** Losses and weights that are no finite numbers, with the likeliest cause. */
import type * as tf from '@tensorflow/tfjs';
import { bytesOf, range } from 'tfjs-graph';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { tensorsIn } from './data';
import { named } from './errors';

/** The loss or the weights became NaN or infinite. */
export class NotFiniteError extends named('NotFiniteError', RangeError) {
  /** @param history the completed epochs, as `model.fit` would have returned them. */
  constructor(
    message: string,
    readonly history?: Pick<tf.History, 'epoch' | 'history'>,
  ) {
    super(message);
  }
}

/** Samples, labels and the like, by the names that the caller gave them. */
type NamedData = Readonly<Record<string, unknown>>;

/** The possible causes of a loss that is no finite number, or far too large. */
interface Suspects {
  /** `x` are the samples. */
  readonly data: NamedData;
  readonly optimizer: tf.Optimizer;
  readonly hasLostWeights?: boolean;
  /** Whether the loss was far too large from the first step on. */
  readonly isLargeAtFirst?: boolean;
}

/** Inputs beyond this are not scaled. */
const SCALED = 10;
/** Beyond this, samples are to blame before any learning rate. */
const ENORMOUS = 1e6;

/** Describes the likeliest cause and its cure. */
export function likelyCause(suspects: Suspects): string {
  const { data, optimizer, hasLostWeights, isLargeAtFirst } = suspects;
  const words = messages().input.cause;
  for (const [name, container] of Object.entries(data)) {
    for (const tensor of tensorsIn(container)) {
      const place = firstNotFinite(tensor);
      if (place) return words.data(name, place.sample, place.value);
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

/** Returns the first value of a tensor that is NaN or infinite, and its sample, counted from 0. */
function firstNotFinite(tensor: tf.Tensor): { sample: number; value: number } | undefined {
  if (tensor.dtype !== 'float32' || bytesOf(tensor)) return undefined;
  const values = tensor.dataSync();
  // `find` calls a function for each of what may be millions.
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
 * Checks the loss that was measured of a model.
 *
 * @param data the tensors of the measurement, by the names that the message gives them.
 * @throws NotFiniteError with the likeliest cause if the loss is no number.
 */
export function requireFinite(loss: number, model: tf.LayersModel, data: NamedData): void {
  if (Number.isFinite(loss)) return;
  const suspects = { data, optimizer: model.optimizer, hasLostWeights: hasLostWeights(model) };
  throw new NotFiniteError(messages().input.notFinite.evaluation(loss) + likelyCause(suspects));
}
