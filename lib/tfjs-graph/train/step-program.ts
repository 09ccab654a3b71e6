import { at } from '../array';
import type { NativeBackend, TensorId } from '../backend';
import { type GraphText, outputs as outputsOf, type Ref } from '../native/graph-text';
import type { GraphModule } from '../native/module';
import type { Update } from '../native/updates';
import type { Iteration } from '../native/while-loop';
import type { Call, StepValues } from './model';
import type { OptimizerState } from './optimizer-state';
import type { FusedOptimizer } from './optimizers';
import type { PlannedStep, StepInput, WeightUpdate } from './record-step';

/** An input of a step, or all of the optimizer's scalars, float32, `[scalars]`. */
type ProgramInput = StepInput | 'scalars';

/**
 * Adds a loop of steps to a graph. Returns a callback to run multiples of `unrolled` steps, the number per iteration,
 * in the loaded graph, and returns loss and metrics of each step.
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
  // Row indices of the samples, `[iterations, unrolled, batchSize]`, and `[iterations, unrolled, scalars]`.
  const rows = graph.placeholder([-1, unrolled, batchSize], int32);
  const scalars = optimizer && graph.placeholder([-1, unrolled, optimizer.scalarCount], float32);
  const fused = optimizer?.fused;
  const updates = fused
    ? step.updates.map(update => weightUpdate(graph, update, fused, float32))
    : [];

  /** Returns a function for each step of an iteration, which starts the step and returns the step's inputs. */
  const inputsOf = ({ enter, index }: Iteration) => {
    const unstackFeed = (feed: Ref, dtype: number) =>
      graph.unstack(graph.gather(enter(feed, dtype), index, dtype), unrolled, dtype);
    const scalarsOfSteps = scalars ? unstackFeed(scalars, float32) : [];
    return unstackFeed(rows, int32).map((rowsOfStep, i) => () => {
      const batches = new Map<number, Ref>();
      const samples = (column: number) => {
        const batch = batches.get(column) ?? module.samples(at(columns, column), rowsOfStep, enter);
        batches.set(column, batch);
        return batch;
      };
      const [stepScalars] = scalarsOfSteps.slice(i);
      const numbers =
        stepScalars === undefined ? [] : graph.unstack(stepScalars, state.scalarCount, float32);
      return (input: ProgramInput): Ref => {
        if (input === 'scalars') return at(scalarsOfSteps, i);
        if (typeof input === 'number') return module.floats(at(columns, input), samples(input));
        if ('bytesOf' in input) return samples(input.bytesOf);
        return at(numbers, input.scalar);
      };
    });
  };
  // Loss and metrics, float32, `[steps, values]`.
  const outputs = module.add<ProgramInput>(
    { ...step, updates },
    { count: graph.length(rows, int32), inputs: inputsOf },
  );

  return ({ steps, rows: indices }) => {
    const feeds = new Map<Ref, TensorId>();
    const shape = [steps / unrolled, unrolled];
    try {
      feeds.set(rows, binding.createTensor([...shape, batchSize], int32, indices));
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

function weightUpdate(
  graph: GraphText,
  { variable, slots, share, gradient, product }: WeightUpdate,
  { op, operands, flags = {}, withProduct = '' }: FusedOptimizer,
  float32: number,
): Update<ProgramInput> {
  const updated = { variables: [variable, ...slots], share };
  if (product) {
    const { inputs, attrs } = product;
    return {
      ...updated,
      isCarried: true,
      inputs,
      add(values, { ref, input }) {
        const operands = [...inputs.map(ref), input('scalars'), ...values];
        const divisor = attrs.filter(({ name }) => name === 'divisor');
        const { index = 0, count = 1 } = share ?? {};
        const columns = [graph.int('share', index), graph.int('shares', count)];
        return outputsOf(graph.add(withProduct, operands, [...divisor, ...columns]), values.length);
      },
    };
  }
  const attrs = Object.entries(flags).map(([name, value]) => graph.bool(name, value));
  return {
    ...updated,
    inputs: [gradient],
    add([handle = '', ...slotHandles], { ref, input }, after) {
      const inputs = operands.flatMap(operand => {
        if (operand === 'slots') return slotHandles;
        return [operand === 'gradient' ? ref(gradient) : input({ scalar: operand })];
      });
      return [graph.add(op, [handle, ...inputs], [graph.type('T', float32), ...attrs], after)];
    },
  };
}
