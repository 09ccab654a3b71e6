import type { Binding } from './backend';

/** Whether the addon has an op that we add to it: one that others have compiled lacks it. */
export function hasOwnOp(binding: Binding, op: string, dtypes: readonly number[]): boolean {
  const { TF_UINT8 } = binding;
  const made = dtypes.map(dtype =>
    binding.createTensor([1, 1], dtype, dtype === TF_UINT8 ? Uint8Array.of(1) : Float32Array.of(1)),
  );
  try {
    made.push(...binding.executeOp(op, [], [...made], 1).map(({ id }) => id));
    return true;
  } catch {
    return false;
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}
