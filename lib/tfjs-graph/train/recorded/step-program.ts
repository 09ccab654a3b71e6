import type * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import type { NativeBackend, TensorId } from '../../graph/backend';
import type { GraphText, Ref } from '../../graph/graph-text';
import type { GraphModule } from '../../graph/module';
import { type Refs, refOf } from '../../graph/replay';
import { isByteProduct } from '../../graph/rewrites/products';
import { assignments, type Update } from '../../graph/updates';
import type { Iteration } from '../../graph/while-loop';
import type { OptimizerState } from '../optimizer-state';
import type { FusedOptimizer } from '../optimizers';
import type { Call, StepValues } from '../trainer';
import type { RecordedStep, StepInput, WeightUpdate } from './record-step';

interface StepData {
  readonly columns: readonly tf.Tensor[];
  readonly batchSize: number;
  /** Steps that an iteration of the loop takes: only multiples of it can be run. */
  readonly unrolled: number;
  /** Without one the steps only measure. */
  readonly optimizer?: OptimizerState | undefined;
}

/** A part of a graph that takes steps, one after the other, as many as there are rows. */
export class StepProgram {
  /** The placeholder for the rows of the samples, int32, `[iterations, unrolled, batchSize]`. */
  private readonly rows: Ref;
  /** The placeholder for the optimizer's numbers, float32, `[iterations, unrolled, scalars]`. */
  private readonly scalars: Ref | undefined;
  /** Loss and metrics, float32, `[steps, values]`. */
  private readonly values: readonly Ref[];

  constructor(
    private readonly backend: NativeBackend,
    private readonly module: GraphModule,
    step: RecordedStep,
    readonly data: StepData,
  ) {
    const { graph } = module;
    const { TF_INT32: int32, TF_FLOAT: float32 } = backend.binding;
    const { batchSize, unrolled, optimizer } = data;
    this.rows = graph.placeholder([-1, unrolled, batchSize], int32);
    this.scalars = optimizer && graph.placeholder([-1, unrolled, optimizer.scalarCount], float32);
    const fused = optimizer?.fused;
    const updates: Update<StepInput>[] = [
      ...assignments(backend, graph, step.assigned),
      ...(fused ? step.updates.map(each => weightUpdate(graph, each, fused, float32)) : []),
    ];
    this.values = module.add<StepInput>(
      { ...step, updates },
      {
        iterations: graph.length(this.rows, int32),
        inputs: iteration => this.inputsOf(step, iteration),
      },
    );
  }

  /** Returns for each step of an iteration what gives it its inputs, of the nodes of the step before. */
  private inputsOf(step: RecordedStep, iteration: Iteration) {
    const { module, data } = this;
    const { graph } = module;
    const { TF_INT32: int32, TF_FLOAT: float32 } = this.backend.binding;
    const fed = (feed: Ref, dtype: number) => {
      const own = graph.pick(iteration.enter(feed, dtype), iteration.index, dtype);
      return graph.unstack(own, data.unrolled, dtype);
    };
    const scalars = this.scalars === undefined ? [] : fed(this.scalars, float32);
    return fed(this.rows, int32).map((rows, i) => (before: Refs | undefined) => {
      // Fetching the samples of all steps of an iteration at once would keep a core from the first step.
      // Those of the next step are fetched between its large products, which need all cores.
      const after = before ? firstByteProduct(step, before) : [];
      const taken = new Map<number, Ref>();
      const samples = (column: number) => {
        const known =
          taken.get(column) ?? module.samples(at(data.columns, column), rows, iteration, after);
        taken.set(column, known);
        return known;
      };
      const numbers = scalars
        .slice(i, i + 1)
        .flatMap(all => graph.unstack(all, data.optimizer?.scalarCount ?? 0, float32));
      return (wanted: StepInput): Ref => {
        if ('column' in wanted) {
          const { column, as } = wanted;
          if (as === 'bytes') return samples(column);
          return module.floats(at(data.columns, column), samples(column));
        }
        const number = at(numbers, wanted.scalar);
        return wanted.sign === 1 ? number : graph.add('Neg', [number], [graph.type('T', float32)]);
      };
    });
  }

  /** Takes steps, and returns loss and metrics of each. */
  run({ steps, rows }: Call): StepValues[] {
    const { binding } = this.backend;
    const { batchSize, unrolled, optimizer } = this.data;
    const shape = [steps / unrolled, unrolled];
    const feeds = new Map<Ref, TensorId>();
    try {
      feeds.set(this.rows, binding.createTensor([...shape, batchSize], binding.TF_INT32, rows));
      if (this.scalars !== undefined && optimizer) {
        const numbers = Array.from({ length: steps }, () => optimizer.nextScalars());
        const values = Float32Array.from(numbers.flat());
        const each = [...shape, optimizer.scalarCount];
        feeds.set(this.scalars, binding.createTensor(each, binding.TF_FLOAT, values));
      }
      const [values = new Float32Array()] = this.module.session.read(feeds, this.values);
      const width = values.length / steps;
      return Array.from({ length: steps }, (_, step) =>
        Array.from(values.subarray(step * width, (step + 1) * width)),
      );
    } finally {
      for (const id of feeds.values()) binding.deleteTensor(id);
    }
  }
}

/**
 * Finds the first product of bytes of a step. Products of floats are not waited for: it gains the
 * lesson's steps nothing, and slows those with convolutions down.
 */
function firstByteProduct({ tape }: RecordedStep, refs: Refs): Ref[] {
  const product = tape.ops.find(isByteProduct);
  return (product?.outputs ?? []).slice(0, 1).map(id => refOf(refs, id));
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
