import { at } from '../../array';
import type { NativeBackend, TensorId } from '../../graph/backend';
import { type GraphText, outputs as outputsOf, type Ref } from '../../graph/graph-text';
import type { GraphModule } from '../../graph/module';
import type { Update } from '../../graph/updates';
import type { Iteration } from '../../graph/while-loop';
import type { OptimizerState } from '../optimizer-state';
import type { FusedOptimizer } from '../optimizers';
import type { Call, StepValues } from '../trainer';
import type { PlannedStep, StepInput, WeightUpdate } from './record-step';

/** An input of a step, or all of the optimizer's numbers, float32, `[scalars]`. */
type ProgramInput = StepInput | 'scalars';

/**
 * Adds a loop of steps to a graph. Returns a function that runs the loop once the graph is loaded, and returns loss
 * and metrics of each step.
 *
 * @param unrolled steps of an iteration of the loop: only multiples of it can be run.
 */
export function addProgram(
  { binding }: NativeBackend,
  module: GraphModule,
  { step, columns, batchSize, trains }: PlannedStep,
  state: OptimizerState,
  unrolled: number,
): (call: Call) => StepValues[] {
  const { graph } = module;
  const optimizer = trains ? state : undefined;
  const { TF_INT32: int32, TF_FLOAT: float32 } = binding;
  // The rows of the samples, `[iterations, unrolled, batchSize]`, and the optimizer's numbers,
  // `[iterations, unrolled, scalars]`.
  const rows = graph.placeholder([-1, unrolled, batchSize], int32);
  const scalars = optimizer && graph.placeholder([-1, unrolled, optimizer.scalarCount], float32);
  const fused = optimizer?.fused;
  const updates = fused ? step.updates.map(each => weightUpdate(graph, each, fused, float32)) : [];

  /** Returns for each step of an iteration the function that begins the step. */
  const inputsOf = ({ enter, index }: Iteration) => {
    const fed = (feed: Ref, dtype: number) =>
      graph.unstack(graph.pick(enter(feed, dtype), index, dtype), unrolled, dtype);
    const scalarsOfSteps = scalars ? fed(scalars, float32) : [];
    return fed(rows, int32).map((rowsOfStep, i) => () => {
      const known = new Map<number, Ref>();
      const samples = (column: number) => {
        const picked = known.get(column) ?? module.samples(at(columns, column), rowsOfStep, enter);
        known.set(column, picked);
        return picked;
      };
      const [own] = scalarsOfSteps.slice(i);
      const numbers = own === undefined ? [] : graph.unstack(own, state.scalarCount, float32);
      return (wanted: ProgramInput): Ref => {
        if (wanted === 'scalars') return at(scalarsOfSteps, i);
        if (typeof wanted === 'number') return module.floats(at(columns, wanted), samples(wanted));
        if ('bytesOf' in wanted) return samples(wanted.bytesOf);
        const number = at(numbers, wanted.scalar);
        return wanted.sign === 1 ? number : graph.add('Neg', [number], [graph.type('T', float32)]);
      };
    });
  };
  // Loss and metrics, float32, `[steps, values]`.
  const outputs = module.add<ProgramInput>(
    { ...step, updates },
    { count: graph.length(rows, int32), inputs: inputsOf },
  );

  return ({ steps, rows: taken }) => {
    const feeds = new Map<Ref, TensorId>();
    const shape = [steps / unrolled, unrolled];
    try {
      feeds.set(rows, binding.createTensor([...shape, batchSize], int32, taken));
      if (scalars !== undefined && optimizer) {
        const numbers = Array.from({ length: steps }, () => optimizer.nextScalars());
        const values = Float32Array.from(numbers.flat());
        const sizes = [...shape, optimizer.scalarCount];
        feeds.set(scalars, binding.createTensor(sizes, float32, values));
      }
      const [values = new Float32Array()] = module.session.read(feeds, outputs);
      const width = values.length / steps;
      return Array.from({ length: steps }, (_, step) =>
        Array.from(values.subarray(step * width, (step + 1) * width)),
      );
    } finally {
      for (const id of feeds.values()) binding.deleteTensor(id);
    }
  };
}

/** Returns the optimizer's update of a weight. */
function weightUpdate(
  graph: GraphText,
  { variable, slots, share, gradient, product }: WeightUpdate,
  { op, operands, flags = {}, withProduct = '' }: FusedOptimizer,
  float32: number,
): Update<ProgramInput> {
  const variables = [variable, ...slots];
  if (product) {
    const { inputs, attrs } = product;
    return {
      kind: 'renew',
      variables,
      share,
      inputs,
      add(values, { ref, input }) {
        const given = [...inputs.map(ref), input('scalars'), ...values];
        const divisor = attrs.filter(({ name }) => name === 'divisor');
        const { index = 0, count = 1 } = share ?? {};
        const columns = [graph.int('share', index), graph.int('shares', count)];
        return outputsOf(graph.add(withProduct, given, [...divisor, ...columns]), values.length);
      },
    };
  }
  const attrs = Object.entries(flags).map(([name, value]) => graph.bool(name, value));
  return {
    kind: 'assign',
    variables,
    share,
    inputs: [gradient],
    add([handle = '', ...slotHandles], after, { ref, input }) {
      const given = operands.flatMap(operand => {
        if (operand === 'slots') return slotHandles;
        return operand === 'gradient' ? [ref(gradient)] : [input({ ...operand, sign: 1 })];
      });
      return graph.add(op, [handle, ...given], [graph.type('T', float32), ...attrs], after);
    },
  };
}
