import type * as tf from '@tensorflow/tfjs';
import type { NativeBackend, TensorId } from '../../graph/backend';
import { GraphText, type Ref } from '../../graph/graph-text';
import { randomUniform, uniformConstants } from '../../graph/random';
import { addConstants, capturesOf, type Refs, refOf, replay } from '../../graph/replay';
import { dtypeOf, floatsOf, SessionState } from '../../graph/state';
import { addLoop, type Iteration, type State } from '../../graph/while-loop';
import type { OptimizerState } from '../optimizer-state';
import type { Part } from '../trainer';
import type { RecordedStep } from './record-step';
import { StepUpdates } from './step-updates';

/** A part of the graph that takes steps, as many as are fed. */
export interface Program {
  /** How many steps an iteration of the loop takes: only multiples of it can be fed. */
  readonly unrolled: number;
  /** Where the rows of the samples are fed, int32, `[iterations, unrolled, batchSize]`. */
  readonly rows: Ref;
  /** Where the optimizer's numbers are fed, float32, `[iterations, unrolled, scalars]`. */
  readonly scalars?: Ref;
  /** Loss and metrics, float32, `[steps, outputs]`. */
  readonly outputs: Ref;
}

/** How the recorded step reaches what lies outside of it. */
interface Surroundings {
  /** The samples' rows, `[batchSize]`. */
  readonly rows: Ref;
  /** What comes before the samples are fetched. */
  readonly after?: readonly Ref[];
  /** Brings in what is the same for each step. */
  readonly enter: Iteration['enter'];
  /** Reads the variable of a handle, which lies outside, too. */
  readonly read: (handle: Ref, dtype: number) => Ref;
  readonly rate?: Ref | undefined;
}

/** Builds the graph of recorded steps: several of them a call, one after the other. */
export class StepGraph {
  readonly graph: GraphText;
  readonly state: SessionState;
  /** The variables that the steps change. */
  readonly changed = new Set<tf.Variable>();
  private loops = 0;
  private readonly resource: number;
  private readonly int32: number;
  private readonly float32: number;

  constructor(private readonly backend: NativeBackend) {
    this.graph = new GraphText(backend.binding);
    this.state = new SessionState(backend, this.graph);
    this.resource = backend.binding.TF_RESOURCE;
    this.int32 = backend.binding.TF_INT32;
    this.float32 = backend.binding.TF_FLOAT;
  }

  /** Adds steps of training, a number of them an iteration. */
  train(
    step: RecordedStep,
    part: Part,
    batchSize: number,
    unrolled: number,
    optimizer: OptimizerState,
  ): Program {
    const { graph, float32 } = this;
    const count = optimizer.scalarCount;
    const scalars = graph.placeholder([-1, unrolled, count], float32);
    const updates = new StepUpdates(this.backend, graph, this.state, step, optimizer);
    for (const variable of updates.changed) this.changed.add(variable);
    const program = this.loop(step, batchSize, unrolled, updates.states, iteration => {
      const { enter, index } = iteration;
      const fed = graph.pick(enter(scalars, float32), index, float32);
      const rowsOfScalars = graph.unstack(fed, unrolled, float32);
      const { read, update, after, state } = updates.within(iteration);
      // All samples of an iteration at once would keep a core from the first of its steps: the next
      // step's are fetched while this one is between its large products, which need all cores.
      let begun: readonly Ref[] = [];
      const take = (rows: Ref, i: number): Refs => {
        const row = rowsOfScalars[i] as Ref;
        const numbers = graph.unstack(row, count, float32);
        const rate = optimizer.fused ? undefined : numbers[0];
        const refs = this.step(step, part, { enter, rows, after: begun, read, rate });
        begun = firstProduct(step, refs);
        update(refs, row, numbers);
        return refs;
      };
      return { take, after, state };
    });
    return { ...program, scalars };
  }

  /** Adds steps that only measure. */
  test(step: RecordedStep, part: Part, batchSize: number): Program {
    return this.loop(step, batchSize, 1, [], ({ enter }) => {
      const read = (handle: Ref, dtype: number) =>
        this.graph.read(enter(handle, this.resource), dtype);
      return {
        take: rows => this.step(step, part, { enter, rows, read }),
        after: () => [],
        state: () => [],
      };
    });
  }

  /** Adds a loop of steps, each of which is given the rows of its samples. */
  private loop(
    step: RecordedStep,
    batchSize: number,
    unrolled: number,
    states: readonly State[],
    body: (iteration: Iteration) => {
      take: (rows: Ref, i: number) => Refs;
      after: () => readonly Ref[];
      state: () => readonly Ref[];
    },
  ): Program {
    const { graph, backend, int32, float32 } = this;
    const rows = graph.placeholder([-1, unrolled, batchSize], int32);
    const count = graph.length(rows, int32);
    const name = `steps${this.loops++}`;
    const kinds = [{ shape: [step.outputs.length], dtype: float32 }];
    const [outputs = ''] = addLoop(
      graph,
      backend.binding,
      name,
      count,
      kinds,
      states,
      iteration => {
        const fed = graph.pick(iteration.enter(rows, int32), iteration.index, int32);
        const { take, after, state } = body(iteration);
        const values = graph.unstack(fed, unrolled, int32).map((own, i) => {
          const refs = take(own, i);
          const outputs = step.outputs.map(id => refOf(refs, id));
          return graph.stack(outputs, float32);
        });
        return { outputs: [graph.stack(values, float32)], after: after(), state: state() };
      },
    );
    return { rows, outputs, unrolled };
  }

  /** Adds the ops of a recorded step. */
  private step(step: RecordedStep, part: Part, around: Surroundings): Refs {
    const { graph, backend } = this;
    const { tape, changing, rates, batch, variables, parts, bytes } = step;
    const { enter, read } = around;
    const refs = addConstants(graph, tape, changing);
    const constant = (tensor: tf.TensorInfo) => {
      return enter(this.state.constant(tensor), dtypeOf(backend, tensor));
    };
    for (const [id, tensor] of capturesOf(tape)) {
      refs.set(id, floatsOf(backend, graph, tensor, constant(tensor)));
    }
    for (const [i, column] of part.columns.entries()) {
      // `ResourceGather` would make a copy of the whole column first.
      const dtype = dtypeOf(backend, column);
      const samples = graph.pick(constant(column), around.rows, dtype, around.after);
      const id = batch[i] as TensorId;
      const undivided = bytes.get(id);
      if (undivided !== undefined) refs.set(undivided, samples);
      refs.set(id, floatsOf(backend, graph, column, samples));
    }
    for (const [variable, id] of variables) {
      const ids = parts.get(id) ?? [id];
      const handles = this.state.hold(variable, ids.length);
      for (const [i, part] of ids.entries()) {
        refs.set(part, read(handles[i] as Ref, this.dtype(variable)));
      }
    }
    const random = uniformConstants(tape, new Set([...changing].filter(id => !rates.has(id))));
    for (const drawn of random) refs.set(drawn.id, randomUniform(graph, drawn, this.int32));
    for (const [id, sign] of rates) refs.set(id, this.signed(around.rate as Ref, sign));
    return replay(graph, tape, refs);
  }

  private signed(rate: Ref, sign: 1 | -1): Ref {
    return sign === 1 ? rate : this.graph.add('Neg', [rate], [this.graph.type('T', this.float32)]);
  }

  private dtype(tensor: tf.TensorInfo): number {
    return this.backend.getDTypeInteger(tensor.dtype);
  }
}

/** Of bytes: only there it was the faster for it, and with convolutions the slower. */
function firstProduct({ tape }: RecordedStep, refs: Refs): Ref[] {
  const product = tape.ops.find(({ op }) => op === 'ByteMatMul');
  return (product?.outputs ?? []).slice(0, 1).map(id => refOf(refs, id));
}
