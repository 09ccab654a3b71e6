/** The ops that the addon adds to TensorFlow's, run alone. */
import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import {
  Attributes,
  type Binding,
  nativeBackend,
  type OpAttr,
  type TensorId,
  type Values,
} from '../../../lib/tfjs-graph/backend';

/** The addon, and the constructors of op attributes, after the engine has started. */
export let binding: Binding;
export let make: Attributes;
export async function useAddon(): Promise<void> {
  await useDevice('cpu');
  binding = nativeBackend()?.binding as Binding;
  make = binding && new Attributes(binding);
}

/** A tensor of a TensorFlow type. */
interface Fed {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

/** A tensor of the addon's. */
interface Made {
  readonly id: TensorId;
}

/** A tensor of floats, to feed. */
export const floats = (tensor: tf.Tensor): Fed => ({
  shape: tensor.shape,
  dtype: binding.TF_FLOAT,
  values: tensor.dataSync() as Float32Array,
});

/** Runs an op, and returns the outputs; one by default. */
export function runOp(op: string, attrs: OpAttr[], inputs: readonly (Fed | Made)[], outputs = 1) {
  const ids: TensorId[] = [];
  const fed = inputs.map(input => {
    if ('id' in input) return input.id;
    const id = binding.createTensor(input.shape, input.dtype, input.values);
    ids.push(id);
    return id;
  });
  try {
    const results = binding.executeOp(op, attrs, fed, outputs);
    ids.push(...results.map(({ id }) => id));
    assert.equal(results.length, outputs);
    return results.map(({ id, shape }) => ({ shape, values: binding.tensorDataSync(id) }));
  } finally {
    for (const id of ids) binding.deleteTensor(id);
  }
}
