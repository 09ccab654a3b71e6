import type * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import type { NativeBackend, TensorId } from '../../graph/backend';
import type { Ref } from '../../graph/graph-text';
import type { GraphModule, Inputs } from '../../graph/module';
import { type Refs, refOf } from '../../graph/replay';
import { isByteProduct } from '../../graph/rewrites/byte-mat-mul';
import type { OptimizerState } from '../optimizer-state';
import type { StepValues } from '../trainer';
import type { RecordedStep, StepInput } from './record-step';
import { updatesOf } from './updates';

/** What the steps of a program work on. */
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
  readonly unrolled: number;
  /** Where the rows of the samples are fed, int32, `[iterations, unrolled, batchSize]`. */
  private readonly rows: Ref;
  /** Where the optimizer's numbers are fed, float32, `[iterations, unrolled, scalars]`. */
  private readonly scalars: Ref | undefined;
  /** Loss and metrics, float32, `[steps, values]`. */
  private readonly values: readonly Ref[];

  /** Adds the program to the graph. */
  constructor(
    private readonly backend: NativeBackend,
    private readonly module: GraphModule,
    step: RecordedStep,
    private readonly data: StepData,
  ) {
    const { graph } = module;
    const { TF_INT32: int32, TF_FLOAT: float32 } = backend.binding;
    const { columns, batchSize, unrolled, optimizer } = data;
    this.unrolled = unrolled;
    const rows = graph.placeholder([-1, unrolled, batchSize], int32);
    const scalars = optimizer && graph.placeholder([-1, unrolled, optimizer.scalarCount], float32);
    this.rows = rows;
    this.scalars = scalars;
    const updates = optimizer
      ? updatesOf(graph, step, optimizer, ({ variable }) => backend.getDTypeInteger(variable.dtype))
      : [];
    this.values = module.add<StepInput>(
      { ...step, updates },
      {
        iterations: graph.length(rows, int32),
        inputs: iteration => {
          const fed = (feed: Ref, dtype: number) =>
            graph.unstack(
              graph.pick(iteration.enter(feed, dtype), iteration.index, dtype),
              unrolled,
              dtype,
            );
          const allScalars = scalars === undefined ? [] : fed(scalars, float32);
          return fed(rows, int32).map((own, i) => before => {
            // All samples of an iteration at once would keep a core from the first of its steps: the
            // next step's are fetched while this one is between its large products, which need all
            // cores.
            const after = before ? firstByteProduct(step, before) : [];
            const taken = new Map<number, Ref>();
            const samples = (column: number) => {
              const known =
                taken.get(column) ?? module.samples(at(columns, column), own, iteration, after);
              taken.set(column, known);
              return known;
            };
            const numbers = optimizer
              ? graph.unstack(at(allScalars, i), optimizer.scalarCount, float32)
              : [];
            const input: Inputs<StepInput> = wanted => {
              if (wanted === 'scalars') return at(allScalars, i);
              if ('column' in wanted) {
                const { column, as } = wanted;
                return as === 'bytes'
                  ? samples(column)
                  : module.floats(at(columns, column), samples(column));
              }
              const number = at(numbers, wanted.scalar);
              return wanted.sign === 1
                ? number
                : graph.add('Neg', [number], [graph.type('T', float32)]);
            };
            return input;
          });
        },
      },
    );
  }

  /**
   * Takes steps.
   *
   * @param rows of the samples of all steps, in their order.
   * @returns loss and metrics of each step.
   */
  run(steps: number, rows: Int32Array): StepValues[] {
    const { binding } = this.backend;
    const { batchSize, optimizer } = this.data;
    const shape = [steps / this.unrolled, this.unrolled];
    const feeds = new Map<Ref, TensorId>();
    try {
      feeds.set(this.rows, binding.createTensor([...shape, batchSize], binding.TF_INT32, rows));
      if (this.scalars !== undefined && optimizer) {
        const numbers = Array.from({ length: steps }, () => optimizer.nextScalars());
        const values = Float32Array.from(numbers.flat());
        const each = [...shape, optimizer.scalarCount];
        feeds.set(this.scalars, binding.createTensor(each, binding.TF_FLOAT, values));
      }
      const [values = new Float32Array()] = this.module.read(feeds, this.values);
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
