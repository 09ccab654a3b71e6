import { at } from '../../array';
import { type GraphText, outputs } from '../../graph/graph-text';
import type { Run, Update } from '../../graph/updates';
import type { OptimizerState } from '../optimizer-state';
import type { FusedOptimizer } from '../optimizers';
import type { RecordedStep, StepInput, WeightUpdate } from './record-step';

/** Returns what a recorded step changes, as updates of a graph. */
export function updatesOf(
  graph: GraphText,
  { assigned, updates }: RecordedStep,
  { fused }: OptimizerState,
  dtypeOf: (update: WeightUpdate) => number,
): Update<StepInput>[] {
  return [
    ...Array.from(assigned, ([variable, value]) => ({ kind: 'assign', variable, value }) as const),
    ...(fused ? updates.map(update => weightUpdate(graph, update, fused, dtypeOf(update))) : []),
  ];
}

function weightUpdate(
  graph: GraphText,
  { variable, slots, share, gradient }: WeightUpdate,
  fused: FusedOptimizer,
  dtype: number,
): Update<StepInput> {
  const variables = [variable, ...slots];
  if (typeof gradient === 'number') {
    return {
      kind: 'in place',
      variables,
      share,
      add(handles, after, run) {
        const operands = fused.operands.flatMap(operand => {
          if (operand === 'slots') return handles.slice(1);
          if (operand === 'gradient') return [run.ref(gradient)];
          return [run.input({ ...operand, sign: 1 })];
        });
        const flags = Object.entries(fused.flags ?? {});
        const attrs = [
          graph.type('T', dtype),
          ...flags.map(([name, value]) => graph.bool(name, value)),
        ];
        return graph.add(fused.op, [at(handles, 0), ...operands], attrs, after);
      },
    };
  }
  const { withProduct } = fused;
  if (!withProduct) throw new Error(`Expected ${fused.op} to have an op that makes the gradient`);
  return {
    kind: 'renew',
    variables,
    share,
    add(values, run: Run<StepInput>) {
      const factors = gradient.inputs.map(id => run.ref(id));
      const attrs = gradient.attrs.filter(({ name }) => name === 'divisor');
      const inputs = [...factors, run.input('scalars'), ...values];
      return outputs(graph.add(withProduct, inputs, attrs), variables.length);
    },
  };
}
