/** Lowers recorded kernels to steps. */

import type { TensorId } from '../backend';
import { NotRecordableError } from '../errors';
import { DTYPES, kindOf, type Tape } from '../trace/tape';
import type { Builder, Tensor } from './ir';
import { arrange } from './kernels/arrange';
import { elementwise } from './kernels/elementwise';
import type { Kernel, KernelCall } from './kernels/kernel';
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

/** Adds the steps of a kernel of TensorFlow.js. Throws NotRecordableError for unknown kernels or attributes. */
export function lowerKernel(
  name: string,
  names: readonly string[],
  all: readonly Tensor[],
  attrs: KernelCall['attrs'],
  builder: Builder,
): Tensor | readonly Tensor[] {
  const kernel = KERNELS[name];
  if (!kernel) throw new NotRecordableError({ code: 'operation', operation: name });
  const named = Object.fromEntries(names.map((key, i) => [key, all[i]])) as KernelCall['named'];
  try {
    return kernel({ all, named, x: named.x ?? (all[0] as Tensor), attrs, builder });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new NotRecordableError({ code: 'operation', operation: name });
  }
}

/**
 * Adds the steps of a recording, whose ops have two attributes: the inputs' names and the kernel's attributes. Returns a
 * function that returns any tensor of the recording.
 */
export function lower(
  { ops, constants, kinds }: Tape,
  externals: ReadonlyMap<TensorId, Tensor>,
  builder: Builder,
): (id: TensorId) => Tensor {
  const tensors = new Map(externals);
  const dtypeOf = (id: TensorId) => DTYPES[kindOf(kinds, id).dtype] ?? 'float32';
  for (const { id, shape, values } of constants) {
    tensors.set(id, builder.constant(shape, values, dtypeOf(id)));
  }
  const find = (id: TensorId): Tensor => {
    const tensor = tensors.get(id);
    if (!tensor) throw new Error(`Expected tensor ${id} to be known`);
    return tensor;
  };
  for (const { op, attrs: opAttrs, inputs, outputs } of ops) {
    const [names, attrs] = opAttrs.map(({ value }) => value) as [string[], KernelCall['attrs']];
    const results = [lowerKernel(op, names, inputs.map(find), attrs, builder)].flat();
    for (const [i, id] of outputs.entries()) tensors.set(id, results[i] as Tensor);
  }
  return find;
}
