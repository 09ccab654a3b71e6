/** The ops that the addon adds to TensorFlow's, run alone, and an addon that lacks them. */
import assert from 'node:assert/strict';
import type { Binding, OpAttr, TensorId, Values } from '../../../lib/training/graph/native';

/** A tensor of a TensorFlow type. */
export interface Fed {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

/** Runs an op, and returns its outputs; by default there is one. */
export function runOp(
  binding: Binding,
  op: string,
  attrs: OpAttr[],
  inputs: readonly Fed[],
  outputs = 1,
) {
  const fed = inputs.map(({ shape, dtype, values }) => binding.createTensor(shape, dtype, values));
  const made: TensorId[] = [...fed];
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
