import { at } from '../../array';
import type { Binding, TensorId } from '../backend';
import { isTransposed, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

/** Fuses the gradients of a dense layer: the two small products by input and weights, and the sum by biases. */
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
    const isByBiases = ({ op, inputs: [from, axes], outputs }: TapeOp) =>
      op === 'Sum' &&
      from === dy &&
      shapeOf(at(outputs, 0)) === String(units) &&
      String(tape.constants.find(({ id }) => id === axes)?.values) === '0';
    const byBiases = tape.ops.find(op => isByBiases(op) && !joined.has(op));
    const sums = byBiases ? at(byBiases.outputs, 0) : writer.tensor([units], binding.TF_FLOAT);
    const first = tape.ops.findIndex(op => [byInput, byWeights, byBiases].includes(op));
    const inputs = [at(byWeights.inputs, 0), weights, dy];
    // The input may be reshaped between the ops.
    if (tape.ops.slice(first).some(op => op.outputs.some(id => inputs.includes(id)))) continue;
    const outputs = [at(byInput.outputs, 0), at(byWeights.outputs, 0), sums];
    for (const op of [byInput, byWeights, byBiases]) if (op) joined.set(op, undefined);
    joined.set(at(tape.ops, first), { op: 'DenseGradients', attrs: [], inputs, outputs });
  }
  for (const op of tape.ops) {
    const replacement = joined.has(op) ? joined.get(op) : op;
    if (replacement) writer.keep(replacement);
  }
  return writer.finish();
}
