import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';

/** A model's samples or targets: several tensors where it has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** Tensors, maybe by the names of the inputs or outputs. */
export type NamedTensors = Tensors | tf.NamedTensorMap;

/**
 * Puts tensors that were given by name into the order of the names.
 *
 * @throws InputError if one is missing, or no tensor.
 */
export function inOrder(given: NamedTensors, names: readonly string[]): tf.Tensor[] {
  const tensors = isNamed(given) ? names.map(name => given[name]) : [given].flat();
  return tensors.map((tensor, i) => {
    if (tensor instanceof tf.Tensor) return tensor;
    const name = names[i] ?? String(i);
    throw new InputError({ code: 'no-tensor', name, received: typeof tensor });
  });
}

const isNamed = (given: NamedTensors): given is tf.NamedTensorMap =>
  typeof given === 'object' && !Array.isArray(given) && !(given instanceof tf.Tensor);
