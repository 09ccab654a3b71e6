/** The ops that the addon adds to TensorFlow's, run alone, and an addon that lacks them. */
import assert from 'node:assert/strict';
import type { Binding, OpAttr, TensorId, Values } from '../../../lib/training/graph/native';

/** A tensor of a TensorFlow type. */
export interface Fed {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

/** Runs an op, and returns its output. */
export function runOp(binding: Binding, op: string, attrs: OpAttr[], inputs: readonly Fed[]) {
  const fed = inputs.map(({ shape, dtype, values }) => binding.createTensor(shape, dtype, values));
  const made: TensorId[] = [...fed];
  try {
    const [output] = binding.executeOp(op, attrs, fed, 1);
    assert.ok(output);
    made.push(output.id);
    return { shape: output.shape, values: binding.tensorDataSync(output.id) };
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
