/** Makes steps of what was recorded. */
import { NotRecordableError } from '../../errors';
import type { TensorId } from '../../graph/backend';
import { DTYPES, kindOf, type Tape } from '../../graph/tape/tape';
import type { Builder, Tensor } from './ir';
import { arrange } from './kernels/arrange';
import { elementwise } from './kernels/elementwise';
import type { Given, Kernel } from './kernels/kernel';
import { products } from './kernels/products';
import { reductions } from './kernels/reductions';
import { windows } from './kernels/windows';

const KERNELS: Readonly<Record<string, Kernel>> = {
  ...elementwise,
  ...arrange,
  ...reductions,
  ...products,
  ...windows,
};

/**
 * Adds the steps of a kernel of TensorFlow.js.
 *
 * @param names of the inputs.
 * @throws NotRecordableError if it is not known, or not with these attributes.
 */
export function lowerKernel(
  name: string,
  names: readonly string[],
  all: readonly Tensor[],
  attrs: Given['attrs'],
  builder: Builder,
): Tensor | readonly Tensor[] {
  const kernel = KERNELS[name];
  if (!kernel) throw new NotRecordableError({ code: 'operation', operation: name });
  const named = Object.fromEntries(names.map((each, i) => [each, all[i]])) as Given['named'];
  try {
    return kernel({ all, named, x: named.x ?? (all[0] as Tensor), attrs, builder });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new NotRecordableError({ code: 'operation', operation: name });
  }
}

/**
 * Adds the steps of a recording, whose ops have two attributes, the names of their inputs and what the kernel
 * is given, and returns its tensors.
 */
export function lower(
  { ops, constants, kinds }: Tape,
  given: ReadonlyMap<TensorId, Tensor>,
  builder: Builder,
): (id: TensorId) => Tensor {
  const tensors = new Map(given);
  const dtypeOf = (id: TensorId) => DTYPES[kindOf(kinds, id).dtype] ?? 'float32';
  for (const { id, shape, values } of constants) {
    if (!tensors.has(id)) tensors.set(id, builder.constant(shape, values, dtypeOf(id)));
  }
  const find = (id: TensorId): Tensor => {
    const tensor = tensors.get(id);
    if (!tensor) throw new Error(`Expected tensor ${id} to be known`);
    return tensor;
  };
  for (const { op, attrs: given, inputs, outputs } of ops) {
    const [names, attrs] = given.map(({ value }) => value) as [string[], Given['attrs']];
    const made = [lowerKernel(op, names, inputs.map(find), attrs, builder)].flat();
    for (const [i, id] of outputs.entries()) tensors.set(id, made[i] as Tensor);
  }
  return find;
}
