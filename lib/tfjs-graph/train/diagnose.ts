import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { Cause } from '../errors';
import { bytesOf, range } from '../graph/byte-tensor';
import type { NamedTensors } from './trainer';

type Data = NamedTensors | null | undefined;

/** The possible causes of a loss that is no finite number. */
export interface Suspects {
  /** Samples, labels and the like, by the names that the caller gave them. */
  readonly data: Readonly<Record<string, Data | readonly Data[]>>;
  /** Says if the weights were finite before. */
  readonly weightsFinite: boolean;
  readonly optimizer: tf.Optimizer;
}

/** Inputs beyond this are not scaled. */
const SCALED = 10;

/**
 * Returns the likeliest cause of a loss that is no finite number: a value in the data, the weights, or
 * the learning rate.
 *
 * @param suspects `data.x` are the samples; where their values are beyond [-10, 10] the cause says so.
 * @example
 * const optimizer = tf.train.sgd(1000);
 * const data = { x: tf.tensor2d([[0, 255]]) };
 * diagnose({ data, weightsFinite: true, optimizer }); // { code: 'learning-rate', rate: 1000, range: [0, 255] }
 * diagnose({ data, weightsFinite: false, optimizer }); // { code: 'weights' }
 */
export function diagnose({ data, weightsFinite, optimizer }: Suspects): Cause {
  for (const [name, given] of Object.entries(data)) {
    for (const tensor of tensorsOf(given)) {
      const found = firstNotFinite(tensor);
      if (found) return { code: 'data', name, ...found };
    }
  }
  if (!weightsFinite) return { code: 'weights' };
  const { learningRate: rate } = optimizer as unknown as { learningRate?: number };
  const [x] = tensorsOf(data.x);
  const ends = x && range(x);
  const isScaled = !ends || Math.max(-ends[0], ends[1]) <= SCALED;
  return { code: 'learning-rate', rate, range: isScaled ? undefined : ends };
}

/**
 * Returns the first value of a tensor that is NaN or infinite, and the sample, from 0, in which it stands.
 *
 * @returns undefined if there is none.
 */
export function firstNotFinite(tensor: tf.Tensor): { sample: number; value: number } | undefined {
  if (tensor.dtype !== 'float32' || bytesOf(tensor)) return undefined;
  const values = tensor.dataSync();
  // `find` calls a function for each of what may be millions.
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const sample = Math.floor(i / (tensor.size / (tensor.shape[0] ?? 1)));
    return { sample, value: at(values, i) };
  }
  return undefined;
}

const tensorsOf = (given: Suspects['data'][string]): readonly tf.Tensor[] =>
  tf.tensor_util.getTensorsInContainer(given as tf.TensorContainer);
