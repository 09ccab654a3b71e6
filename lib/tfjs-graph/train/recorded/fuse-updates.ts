import type { OptimizerState } from '../optimizer-state';
import type { RecordedStep } from './record-step';

/**
 * Leaves the products of bytes that are gradients to the ops that update the weights: then a gradient
 * need not be written, nor read again. Only where nothing else uses it or assigns to the weights, and
 * the optimizer has such an op.
 */
export function fuseUpdates(step: RecordedStep, { fused }: OptimizerState): RecordedStep {
  const { tape, gradients, parts, outputs, assigned } = step;
  if (!fused?.withProduct) return step;
  const used = new Set([...outputs, ...assigned.values(), ...tape.ops.flatMap(op => op.inputs)]);
  const ids = gradients.flatMap(({ variable, id }) =>
    // What the step itself assigns to a variable would not reach one that is handed on.
    id === undefined || assigned.has(variable) ? [] : (parts.get(id) ?? [id]),
  );
  const alone = new Set(ids.filter(id => !used.has(id) && ids.indexOf(id) === ids.lastIndexOf(id)));
  const products = tape.ops.filter(
    ({ op, outputs: [made] }) => op === 'ByteMatMul' && made !== undefined && alone.has(made),
  );
  const ops = tape.ops.filter(op => !products.includes(op));
  return {
    ...step,
    tape: { ...tape, ops },
    products: new Map(products.flatMap(op => op.outputs.map(id => [id, op] as const))),
  };
}
