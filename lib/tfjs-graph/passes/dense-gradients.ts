import { at } from '../array';
import type { Binding, TensorId } from '../backend';
import { isTransposed, type Tape, type TapeOp } from '../trace/tape';
import { TapeWriter } from '../trace/tape-writer';

/**
 * Fuses the gradients of a dense layer: the two small products by input and weights, and the sum by biases. If the input
 * comes from a ReLU, the ReLU's gradient is fused, too, and the sum by the previous layer's biases.
 */
export function joinDenseGradients(tape: Tape, binding: Binding): Tape {
  const writer = new TapeWriter(tape, binding);
  const joined = new Map<TapeOp, TapeOp | undefined>();
  const shapeOf = (id: TensorId) => String(writer.shapeOf(id));
  const products = tape.ops.filter(({ op }) => op === 'SmallMatMul');
  for (const byInput of products) {
    const [dy = 0, weights = 0] = byInput.inputs;
    const isByWeights = (op: TapeOp) =>
      op.inputs[1] === dy && isTransposed(op, 'a') && !isTransposed(op, 'b') && !joined.has(op);
    const byWeights = products.find(
      op => isByWeights(op) && shapeOf(at(op.outputs, 0)) === shapeOf(weights),
    );
    if (!byWeights || isTransposed(byInput, 'a') || !isTransposed(byInput, 'b')) continue;
    const units = writer.shapeOf(dy).at(-1) ?? 0;
    const sumOf = (matrix: TensorId, columns: number) => {
      const isSum = ({ op, inputs: [from, axes], outputs }: TapeOp) =>
        op === 'Sum' &&
        from === matrix &&
        shapeOf(at(outputs, 0)) === String(columns) &&
        String(tape.constants.find(({ id }) => id === axes)?.values) === '0';
      const sum = tape.ops.find(op => isSum(op) && !joined.has(op));
      return { sum, id: sum ? at(sum.outputs, 0) : writer.tensor([columns], binding.TF_FLOAT) };
    };
    const byBiases = sumOf(dy, units);
    const dx = at(byInput.outputs, 0);
    const [user, ...others] = tape.ops.filter(op => op.inputs.includes(dx));
    const isRelu = user?.op === 'ReluGrad' && user.inputs[1] === byWeights.inputs[0];
    const relu = isRelu && others.length === 0 ? user : undefined;
    const gradient = relu ? at(relu.outputs, 0) : dx;
    const before = sumOf(gradient, writer.shapeOf(dx).at(-1) ?? 0);
    const fused = [byInput, byWeights, byBiases.sum, relu, before.sum];
    const first = tape.ops.findIndex(op => fused.includes(op));
    const inputs = [at(byWeights.inputs, 0), weights, dy];
    // The input may be reshaped between the ops.
    if (tape.ops.slice(first).some(op => op.outputs.some(id => inputs.includes(id)))) continue;
    const outputs = [gradient, at(byWeights.outputs, 0), byBiases.id, before.id];
    for (const op of fused) if (op) joined.set(op, undefined);
    const attrs = [writer.bool('relu', relu !== undefined)];
    joined.set(at(tape.ops, first), { op: 'DenseGradients', attrs, inputs, outputs });
  }
  for (const op of tape.ops) {
    const replacement = joined.has(op) ? joined.get(op) : op;
    if (replacement) writer.keep(replacement);
  }
  return writer.finish();
}
