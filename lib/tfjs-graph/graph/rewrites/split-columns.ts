import { at } from '../../array';
import type { Binding, TensorId } from '../backend';
import { attrOf, factorsOf, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

/** A matrix of weights, and its gradient if the tape has one. */
export interface Weights {
  readonly kernel: TensorId;
  readonly gradient?: TensorId | undefined;
}

/**
 * Says whether a matrix can be held as columns side by side: it serves only as the right operand of
 * products, and its gradient is a product that nothing else uses.
 */
export function isSplittable({ ops, outputs }: Tape, { kernel, gradient }: Weights): boolean {
  const uses = ops.filter(({ inputs }) => inputs.includes(kernel));
  const asked = (id: TensorId) => outputs.includes(id) || ops.some(op => op.inputs.includes(id));
  const maker = ops.find(op => gradient !== undefined && op.outputs.includes(gradient));
  return (
    uses.every(op => op.op === 'MatMul' && op.inputs[1] === kernel && op.inputs[0] !== kernel) &&
    (gradient === undefined ||
      (maker?.op === 'MatMul' && !isTransposed(maker, 'b') && !asked(gradient)))
  );
}

/**
 * Divides a matrix of weights into columns, and the products with it: the parts do not wait for each
 * other, so that each core of the processor can take one.
 *
 * @param count how many parts, of as many columns each.
 * @returns the tape, and the parts of the matrix and of its gradient, none if it has none.
 */
export function splitColumns(
  tape: Tape,
  binding: Binding,
  { kernel, gradient }: Weights,
  count: number,
): { tape: Tape; kernels: readonly TensorId[]; gradients: readonly TensorId[] } {
  const writer = new TapeWriter(tape, binding);

  /** Parts of a matrix, not made yet. */
  const columnsOf = (id: TensorId): TensorId[] => {
    const { shape, dtype } = writer.kind(id);
    const [rows = 0, columns = 0] = shape;
    return Array.from({ length: count }, () => writer.tensor([rows, columns / count], dtype));
  };
  const columns = columnsOf(kernel);
  const slopes = gradient === undefined ? [] : columnsOf(gradient);

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
    const multiply = (a: TensorId, b: TensorId, made: TensorId) =>
      writer.add('MatMul', op.attrs, [a, b], [made]);
    if (isGradient) {
      for (const [i, part] of split(right).entries()) multiply(left, part, at(slopes, i));
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
  return { tape: { ...writer.finish(), inputs }, kernels: columns, gradients: slopes };
}

const isTransposed = (op: TapeOp, side: 'a' | 'b') => attrOf(op, `transpose_${side}`) === true;
