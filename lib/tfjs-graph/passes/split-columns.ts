import { at } from '../array';
import type { Binding, TensorId } from '../backend';
import { factorsOf, isTransposed, type Tape } from '../trace/tape';
import { TapeWriter } from '../trace/tape-writer';

/** A weight matrix, and the gradient in training steps. */
export interface Weights {
  readonly kernel: TensorId;
  readonly gradient?: TensorId | undefined;
}

/**
 * Returns whether a weight matrix can be split into columns: it is only the right operand of products, and the gradient
 * is a product without other uses.
 */
export function isSplittable({ ops, outputs }: Tape, { kernel, gradient }: Weights): boolean {
  const uses = ops.filter(({ inputs }) => inputs.includes(kernel));
  const isUsed = (id: TensorId) => outputs.includes(id) || ops.some(op => op.inputs.includes(id));
  const producer = ops.find(op => gradient !== undefined && op.outputs.includes(gradient));
  return (
    uses.every(op => op.op === 'MatMul' && op.inputs[1] === kernel && op.inputs[0] !== kernel) &&
    (gradient === undefined ||
      (producer?.op === 'MatMul' && !isTransposed(producer, 'b') && !isUsed(gradient)))
  );
}

/**
 * Splits a weight matrix, and the products with it, into `count` parts with equal numbers of columns, to be computed in
 * parallel. Returns the tape, and the parts of matrix and gradient.
 */
export function splitColumns(
  tape: Tape,
  binding: Binding,
  { kernel, gradient }: Weights,
  count: number,
): { tape: Tape; kernels: readonly TensorId[]; gradients: readonly TensorId[] } {
  const writer = new TapeWriter(tape, binding);

  /** Adds tensors for the parts of a matrix. */
  const columnsOf = (id: TensorId): TensorId[] => {
    const { shape, dtype } = writer.kind(id);
    const [rows = 0, columns = 0] = shape;
    return Array.from({ length: count }, () => writer.tensor([rows, columns / count], dtype));
  };
  const columns = columnsOf(kernel);
  const gradients = gradient === undefined ? [] : columnsOf(gradient);

  const split = (id: TensorId): TensorId[] => {
    const parts = columnsOf(id);
    const attrs = [writer.type('T', writer.kind(id).dtype), writer.int('num_split', count)];
    writer.add('Split', attrs, [writer.integers([1], []), id], parts);
    return parts;
  };
  for (const op of tape.ops) {
    const isGradient = gradient !== undefined && op.outputs.includes(gradient);
    if (!isGradient && !op.inputs.includes(kernel)) {
      writer.keep(op);
      continue;
    }
    const { left, right, product } = factorsOf(op);
    const multiply = (a: TensorId, b: TensorId, result: TensorId) =>
      writer.add('MatMul', op.attrs, [a, b], [result]);
    if (isGradient) {
      for (const [i, part] of split(right).entries()) multiply(left, part, at(gradients, i));
    } else if (isTransposed(op, 'b')) {
      const { shape, dtype } = writer.kind(product);
      const products = columns.map(() => writer.tensor(shape, dtype));
      for (const [i, part] of split(left).entries()) {
        multiply(part, at(columns, i), at(products, i));
      }
      writer.sum(products, product);
    } else {
      const products = columnsOf(product);
      for (const [i, part] of columns.entries()) multiply(left, part, at(products, i));
      writer.concat(products, 1, product);
    }
  }
  const inputs = tape.inputs.flatMap(id => (id === kernel ? columns : [id]));
  return { tape: { ...writer.finish(), inputs }, kernels: columns, gradients };
}
