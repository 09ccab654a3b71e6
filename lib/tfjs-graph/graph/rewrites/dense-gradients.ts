import { at } from '../../array';
import type { Binding, TensorId } from '../backend';
import { attrOf, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

const isTransposed = (op: TapeOp, side: 'a' | 'b') => attrOf(op, `transpose_${side}`) === true;

/**
 * Joins the two small products that are the gradients of a dense layer, by its input and by its weights, and the sum
 * that is the gradient by its biases.
 */
export function joinDenseGradients(tape: Tape, binding: Binding): Tape {
  const writer = new TapeWriter(tape, binding);
  const joined = new Map<TapeOp, TapeOp | undefined>();
  const shapeOf = (id: TensorId) => String(writer.shapeOf(id));
  const products = tape.ops.filter(({ op }) => op === 'SmallMatMul');
  for (const byInput of products) {
    const [slopes = 0, weights = 0] = byInput.inputs;
    const isOfWeights = (op: TapeOp) =>
      op.inputs[1] === slopes && isTransposed(op, 'a') && !isTransposed(op, 'b') && !joined.has(op);
    const byWeights = products.find(
      op => isOfWeights(op) && shapeOf(at(op.outputs, 0)) === shapeOf(weights),
    );
    if (!byWeights || isTransposed(byInput, 'a') || !isTransposed(byInput, 'b')) continue;
    const units = writer.shapeOf(slopes).at(-1) ?? 0;
    const isOfBiases = ({ op, inputs: [from, axes], outputs }: TapeOp) =>
      op === 'Sum' &&
      from === slopes &&
      shapeOf(at(outputs, 0)) === String(units) &&
      String(tape.constants.find(({ id }) => id === axes)?.values) === '0';
    const byBiases = tape.ops.find(op => isOfBiases(op) && !joined.has(op));
    const sums = byBiases ? at(byBiases.outputs, 0) : writer.tensor([units], binding.TF_FLOAT);
    const first = tape.ops.findIndex(op => [byInput, byWeights, byBiases].includes(op));
    const inputs = [at(byWeights.inputs, 0), weights, slopes];
    // The input may be reshaped in between.
    if (tape.ops.slice(first).some(op => op.outputs.some(id => inputs.includes(id)))) continue;
    const outputs = [at(byInput.outputs, 0), at(byWeights.outputs, 0), sums];
    for (const op of [byInput, byWeights, byBiases]) if (op) joined.set(op, undefined);
    joined.set(at(tape.ops, first), { op: 'DenseGradients', attrs: [], inputs, outputs });
  }
  for (const op of tape.ops) {
    const kept = joined.has(op) ? joined.get(op) : op;
    if (kept) writer.keep(kept);
  }
  return writer.finish();
}
