import { at } from '../../array';
import type { NativeBackend, TensorId } from '../../graph/backend';
import type { GraphText, Ref } from '../../graph/graph-text';
import type { GraphModule } from '../../graph/module';
import type { Update } from '../../graph/updates';
import type { Iteration } from '../../graph/while-loop';
import type { OptimizerState } from '../optimizer-state';
import type { FusedOptimizer } from '../optimizers';
import type { Call, StepValues } from '../trainer';
import type { PlannedStep, StepInput, WeightUpdate } from './record-step';

/**
 * Adds a part to a graph that takes steps, one after the other. Returns a function that does so once the graph
 * is loaded, and returns loss and metrics of each step.
 */
export function addProgram(
  { binding }: NativeBackend,
  module: GraphModule,
  { step, columns, batchSize, trains }: PlannedStep,
  state: OptimizerState,
): (call: Call) => StepValues[] {
  const { graph } = module;
  const optimizer = trains ? state : undefined;
  const { TF_INT32: int32, TF_FLOAT: float32 } = binding;
  // The rows of the samples, `[steps, batchSize]`, and the optimizer's numbers, `[steps, scalars]`.
  const rows = graph.placeholder([-1, batchSize], int32);
  const scalars = optimizer && graph.placeholder([-1, optimizer.scalarCount], float32);
  const fused = optimizer?.fused;
  const updates = fused ? step.updates.map(each => weightUpdate(graph, each, fused, float32)) : [];

  /** Returns what gives a step its inputs. */
  const inputsOf = (iteration: Iteration) => {
    const fed = (feed: Ref, dtype: number) =>
      graph.pick(iteration.enter(feed, dtype), iteration.index, dtype);
    const own = fed(rows, int32);
    const taken = new Map<number, Ref>();
    const samples = (column: number) => {
      const known = taken.get(column) ?? module.samples(at(columns, column), own, iteration);
      taken.set(column, known);
      return known;
    };
    const numbers = scalars
      ? graph.unstack(fed(scalars, float32), optimizer?.scalarCount ?? 0, float32)
      : [];
    return (wanted: StepInput): Ref => {
      if (typeof wanted === 'number') return module.floats(at(columns, wanted), samples(wanted));
      if ('bytesOf' in wanted) return samples(wanted.bytesOf);
      const number = at(numbers, wanted.scalar);
      return wanted.sign === 1 ? number : graph.add('Neg', [number], [graph.type('T', float32)]);
    };
  };
  // Loss and metrics, float32, `[steps, values]`.
  const outputs = module.add<StepInput>(
    { ...step, updates },
    { count: graph.length(rows, int32), inputs: inputsOf },
  );

  return ({ steps, rows: taken }) => {
    const feeds = new Map<Ref, TensorId>();
    try {
      feeds.set(rows, binding.createTensor([steps, batchSize], int32, taken));
      if (scalars !== undefined && optimizer) {
        const numbers = Array.from({ length: steps }, () => optimizer.nextScalars());
        const values = Float32Array.from(numbers.flat());
        const shape = [steps, optimizer.scalarCount];
        feeds.set(scalars, binding.createTensor(shape, float32, values));
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
  { variable, slots, share, gradient }: WeightUpdate,
  fused: FusedOptimizer,
  float32: number,
): Update<StepInput> {
  const flags = Object.entries(fused.flags ?? {}).map(([name, value]) => graph.bool(name, value));
  return {
    variables: [variable, ...slots],
    share,
    taken: gradient,
    add([handle = '', ...slots], gradient, after, inputs) {
      const operands = fused.operands.flatMap(operand => {
        if (operand === 'slots') return slots;
        return operand === 'gradient' ? [gradient] : [inputs({ ...operand, sign: 1 })];
      });
      const attrs = [graph.type('T', float32), ...flags];
      return graph.add(fused.op, [handle, ...operands], attrs, after);
    },
  };
}
