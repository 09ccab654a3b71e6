import type { Binding, TensorId } from '../backend';
import { attrOf, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

/** A matrix of weights, and its gradient where the tape has one. */
export interface Weights {
  readonly kernel: TensorId;
  readonly gradient?: TensorId | undefined;
}

/**
 * Whether a matrix can be held as columns side by side: it serves only as the right operand of
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
 * @returns the tape, and the parts of the matrix and of its gradient.
 */
export function splitColumns(
  tape: Tape,
  binding: Binding,
  { kernel, gradient }: Weights,
  count: number,
): { tape: Tape; parts: ReadonlyMap<TensorId, readonly TensorId[]> } {
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
  const join = (parts: readonly TensorId[], whole: TensorId) => {
    const { dtype } = writer.kind(whole);
    const attrs = [
      writer.type('T', dtype),
      writer.type('Tidx', binding.TF_INT32),
      writer.int('N', count),
    ];
    writer.add('ConcatV2', attrs, [...parts, writer.integers([1], [])], [whole]);
  };
  const sum = (parts: readonly TensorId[], whole: TensorId) => {
    const attrs = [writer.type('T', writer.kind(whole).dtype), writer.int('N', count)];
    writer.add('AddN', attrs, parts, [whole]);
  };

  for (const op of tape.ops) {
    const [a, b] = op.inputs as [TensorId, TensorId];
    const [output] = op.outputs as [TensorId];
    const multiply = (left?: TensorId, right?: TensorId, product?: TensorId) => {
      if (left === undefined || right === undefined || product === undefined) return;
      writer.add('MatMul', op.attrs, [left, right], [product]);
    };
    if (op.inputs.includes(kernel) && isTransposed(op, 'b')) {
      const lefts = split(a);
      const { shape, dtype } = writer.kind(output);
      const products = columns.map(() => writer.tensor(shape, dtype));
      for (const [i, right] of columns.entries()) {
        multiply(lefts[i], right, products[i]);
      }
      sum(products, output);
    } else if (op.inputs.includes(kernel)) {
      const products = columnsOf(output);
      for (const [i, right] of columns.entries()) {
        multiply(a, right, products[i]);
      }
      join(products, output);
    } else if (output === gradient) {
      for (const [i, right] of split(b).entries()) {
        multiply(a, right, slopes[i]);
      }
    } else writer.keep(op);
  }
  const parts = new Map([[kernel, columns]]);
  if (gradient !== undefined) parts.set(gradient, slopes);
  const inputs = tape.inputs.flatMap(id => (id === kernel ? columns : [id]));
  return { tape: { ...writer.finish(), inputs }, parts };
}

const isTransposed = (op: TapeOp, side: 'a' | 'b') => attrOf(op, `transpose_${side}`) === true;
