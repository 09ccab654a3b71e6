import { at } from '../array';
import type { Binding, TensorId } from '../backend';
import { attrOf, factorsOf, type Tape, type TapeOp } from '../trace/tape';
import { ALIAS, TapeWriter } from '../trace/tape-writer';

/**
 * Simplifies a recording: removes casts to the same type and reshapes without effect, and replaces TensorFlow.js's
 * batches of one matrix product by `MatMul`.
 */
export function simplify(tape: Tape, binding: Binding): Tape {
  const writer = new TapeWriter(tape, binding);
  /** Tensors before reshaping, by reshaped tensor. */
  const origins = new Map<TensorId, TensorId>();
  const aliases = new Map<TensorId, TensorId>();

  const alias = (from: TensorId, to: TensorId) => {
    aliases.set(to, aliases.get(from) ?? from);
    writer.add(ALIAS, [], [from], [to]);
  };

  const reshape = (from: TensorId, to: TensorId) => {
    const origin = origins.get(from) ?? from;
    origins.set(to, origin);
    if (String(writer.shapeOf(to)) === String(writer.shapeOf(origin))) alias(origin, to);
    else writer.reshape(origin, to);
  };

  const matrix = (id: TensorId): TensorId => {
    const { shape, dtype } = writer.kind(id);
    if (shape.length === 2) return id;
    const reshaped = writer.tensor(shape.slice(-2), dtype);
    reshape(id, reshaped);
    return aliases.get(reshaped) ?? reshaped;
  };

  const multiply = (op: TapeOp) => {
    const { left, right, product: output } = factorsOf(op);
    const { shape, dtype } = writer.kind(output);
    const attrs = [
      writer.type('T', dtype),
      writer.bool('transpose_a', Boolean(attrOf(op, 'adj_x'))),
      writer.bool('transpose_b', Boolean(attrOf(op, 'adj_y'))),
    ];
    const product = shape.length === 2 ? output : writer.tensor(shape.slice(-2), dtype);
    writer.add('MatMul', attrs, [matrix(left), matrix(right)], [product]);
    if (product !== output) reshape(product, output);
  };

  for (const recorded of tape.ops) {
    const op = { ...recorded, inputs: recorded.inputs.map(id => aliases.get(id) ?? id) };
    if (op.op === 'Reshape') reshape(at(op.inputs, 0), at(op.outputs, 0));
    else if (op.op === 'Cast' && attrOf(op, 'SrcT') === attrOf(op, 'DstT')) {
      const [input, output] = [at(op.inputs, 0), at(op.outputs, 0)];
      origins.set(output, origins.get(input) ?? input);
      alias(input, output);
    } else if (op.op === 'BatchMatMulV2' && op.inputs.every(id => isMatrix(writer.shapeOf(id)))) {
      multiply(op);
    } else writer.keep(op);
  }
  return writer.finish();
}

/** Returns whether a shape is a matrix or a batch of one matrix. */
const isMatrix = (shape: readonly number[]) =>
  shape.length >= 2 && shape.slice(0, -2).every(size => size === 1);
