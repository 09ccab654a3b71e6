/** The ops that the addon adds to TensorFlow's, run alone, and an addon that lacks them. */
import assert from 'node:assert/strict';
import type { Binding, OpAttr, TensorId, Values } from '../../../lib/tfjs-graph/graph/backend';

/** A tensor of a TensorFlow type. */
export interface Fed {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

/** A tensor of the addon's. */
interface Made {
  readonly id: TensorId;
}

/** Runs an op, and returns its outputs; by default there is one. */
export function runOp(
  binding: Binding,
  op: string,
  attrs: OpAttr[],
  inputs: readonly (Fed | Made)[],
  outputs = 1,
) {
  const made: TensorId[] = [];
  const fed = inputs.map(input => {
    if ('id' in input) return input.id;
    const id = binding.createTensor(input.shape, input.dtype, input.values);
    made.push(id);
    return id;
  });
  try {
    const results = binding.executeOp(op, attrs, fed, outputs);
    made.push(...results.map(({ id }) => id));
    assert.equal(results.length, outputs);
    return results.map(({ id, shape }) => ({ shape, values: binding.tensorDataSync(id) }));
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}

/** Like one that others have compiled. */
export const withoutOwnOps = (binding: Binding): Binding =>
  Object.create(binding, {
    executeOp: {
      value: (op: string) => {
        throw new Error(`Op type not registered '${op}'`);
      },
    },
  });

/** A matrix of bytes, row by row. */
export interface Bytes {
  readonly rows: number;
  readonly columns: number;
  readonly data: Uint8Array;
}

/** Hands `work` the masks of the rows of bytes, or of their transpose. */
export function withMasks<T>(
  binding: Binding,
  { rows, columns, data }: Bytes,
  transpose: boolean,
  work: (masks: Made) => T,
): T {
  const bytes = binding.createTensor([rows, columns], binding.TF_UINT8, data);
  const attrs = [{ name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: transpose }];
  const made: TensorId[] = [bytes];
  try {
    const [masks] = binding.executeOp('ByteMasks', attrs, [bytes], 1);
    assert.ok(masks);
    made.push(masks.id);
    return work(masks);
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}

/** Whole numbers below `limit`, the same for the same seed (a linear congruential generator). */
export function generator(seed: number) {
  let state = seed >>> 0;
  return (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
