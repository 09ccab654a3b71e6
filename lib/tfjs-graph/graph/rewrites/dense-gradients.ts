import { at } from '../../array';
import type { Binding, TensorId } from '../backend';
import { attrOf, kindOf, type Tape, type TapeOp } from '../tape/tape';

const isTransposed = (op: TapeOp, side: 'a' | 'b') => attrOf(op, `transpose_${side}`) === true;

/**
 * Joins the two small products that are the gradients of a dense layer, by its input and by its weights, and the sum
 * that is the gradient by its biases.
 */
export function joinDenseGradients(tape: Tape, { TF_FLOAT }: Binding): Tape {
  const kinds = new Map(tape.kinds);
  const joined = new Map<TapeOp, TapeOp | undefined>();
  let next = Math.min(-1, ...[...kinds.keys()].map(id => id - 1));
  const products = tape.ops.filter(({ op }) => op === 'SmallMatMul');
  for (const byInput of products) {
    const [slopes = 0, weights = 0] = byInput.inputs;
    const byWeights = products.find(
      op => op.inputs[1] === slopes && isTransposed(op, 'a') && !isTransposed(op, 'b'),
    );
    if (!byWeights || isTransposed(byInput, 'a') || !isTransposed(byInput, 'b')) continue;
    const units = kindOf(kinds, slopes).shape.at(-1);
    const isOfBiases = ({ op, inputs, outputs }: TapeOp) =>
      op === 'Sum' &&
      inputs[0] === slopes &&
      String(kindOf(kinds, at(outputs, 0)).shape) === String(units);
    const byBiases = tape.ops.find(isOfBiases);
    const sums: TensorId = byBiases ? at(byBiases.outputs, 0) : next--;
    kinds.set(sums, { shape: [units ?? 0], dtype: TF_FLOAT });
    const outputs = [at(byInput.outputs, 0), at(byWeights.outputs, 0), sums];
    const inputs = [at(byWeights.inputs, 0), weights, slopes];
    const first = tape.ops.find(op => [byInput, byWeights, byBiases].includes(op)) as TapeOp;
    for (const op of [byInput, byWeights, byBiases]) if (op) joined.set(op, undefined);
    joined.set(first, { op: 'DenseGradients', attrs: [], inputs, outputs });
  }
  const ops = tape.ops.flatMap(op => (joined.has(op) ? (joined.get(op) ?? []) : op));
  return { ...tape, kinds, ops };
}
