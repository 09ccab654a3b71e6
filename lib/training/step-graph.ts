import type * as tf from '@tensorflow/tfjs';
import { isPresent } from '../is-present';
import { GraphText, type Ref } from './graph/graph';
import { addLoop, type Iteration } from './graph/loop';
import type { NativeBackend, TensorId } from './graph/native';
import { randomUniform, uniformConstants } from './graph/random';
import { addConstants, capturesOf, type Refs, refOf, replay } from './graph/replay';
import { dtypeOf, floatsOf, SessionState } from './graph/state';
import type { OptimizerState } from './optimizer-state';
import type { RecordedStep } from './record-step';
import type { Part } from './trainer';

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
  /** Brings in what is the same for each step. */
  readonly enter: Iteration['enter'];
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
    const program = this.loop(step, batchSize, unrolled, iteration => {
      const fed = graph.pick(iteration.enter(scalars, float32), iteration.index, float32);
      const scalarsOf = graph.unstack(fed, unrolled, float32);
      // What has changed a variable last; a step reads what the step before it has left.
      const updates = new Map<Ref, Ref>();
      const take = (rows: Ref, i: number): Refs => {
        const numbers = graph.unstack(scalarsOf[i] as Ref, count, float32);
        const reads = new Map<Ref, Ref>();
        const read = (handle: Ref, dtype: number) => {
          const value = graph.read(handle, dtype, [updates.get(handle) ?? iteration.turn]);
          reads.set(handle, value);
          return value;
        };
        const rate = optimizer.fused ? undefined : numbers[0];
        const refs = this.step(step, part, { enter: iteration.enter, rows, read, rate });
        const earlier = (handle: Ref) =>
          [reads.get(handle), updates.get(handle), iteration.turn].filter(isPresent);
        const made = this.update(step, refs, numbers, optimizer, iteration.enter, earlier);
        for (const [handle, update] of made) updates.set(handle, update);
        return refs;
      };
      return { take, after: () => [...updates.values()] };
    });
    return { ...program, scalars };
  }

  /** Adds steps that only measure. */
  test(step: RecordedStep, part: Part, batchSize: number): Program {
    const read = (handle: Ref, dtype: number) => this.graph.read(handle, dtype);
    return this.loop(step, batchSize, 1, ({ enter }) => ({
      take: rows => this.step(step, part, { enter, rows, read }),
      after: () => [],
    }));
  }

  /** Adds a loop of steps, each of which is given the rows of its samples. */
  private loop(
    step: RecordedStep,
    batchSize: number,
    unrolled: number,
    body: (iteration: Iteration) => {
      take: (rows: Ref, i: number) => Refs;
      after: () => readonly Ref[];
    },
  ): Program {
    const { graph, backend, int32, float32 } = this;
    const rows = graph.placeholder([-1, unrolled, batchSize], int32);
    const count = graph.length(rows, int32);
    const name = `steps${this.loops++}`;
    const kinds = [{ shape: [step.outputs.length], dtype: float32 }];
    const [outputs = ''] = addLoop(graph, backend.binding, name, count, kinds, iteration => {
      const fed = graph.pick(iteration.enter(rows, int32), iteration.index, int32);
      const { take, after } = body(iteration);
      const values = graph.unstack(fed, unrolled, int32).map((own, i) => {
        const refs = take(own, i);
        const outputs = step.outputs.map(id => refOf(refs, id));
        return graph.stack(outputs, float32);
      });
      return { outputs: [graph.stack(values, float32)], after: after() };
    });
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
      const samples = graph.pick(constant(column), around.rows, dtypeOf(backend, column));
      const id = batch[i] as TensorId;
      const undivided = bytes.get(id);
      if (undivided !== undefined) refs.set(undivided, samples);
      refs.set(id, floatsOf(backend, graph, column, samples));
    }
    for (const [variable, id] of variables) {
      const ids = parts.get(id) ?? [id];
      const handles = this.state.hold(variable, ids.length);
      for (const [i, part] of ids.entries()) {
        refs.set(part, read(enter(handles[i] as Ref, this.resource), this.dtype(variable)));
      }
    }
    const random = uniformConstants(tape, new Set([...changing].filter(id => !rates.has(id))));
    for (const drawn of random) refs.set(drawn.id, randomUniform(graph, drawn, this.int32));
    for (const [id, sign] of rates) refs.set(id, this.signed(around.rate as Ref, sign));
    return replay(graph, tape, refs);
  }

  /**
   * Adds the updates of a step.
   *
   * @param earlier what must be done before a variable is changed.
   * @returns what changes each variable.
   */
  private update(
    step: RecordedStep,
    refs: Refs,
    scalars: readonly Ref[],
    { fused, slots }: OptimizerState,
    enter: Iteration['enter'],
    earlier: (handle: Ref) => readonly Ref[],
  ): Map<Ref, Ref> {
    const { graph } = this;
    const updates = new Map<Ref, Ref>();
    for (const [variable, id] of step.assigned) {
      const dtype = this.dtype(variable);
      const handle = enter(this.handle(variable), this.resource);
      updates.set(handle, graph.assign(handle, refOf(refs, id), dtype, earlier(handle)));
      this.changed.add(variable);
    }
    step.gradients.forEach(({ variable, id }, i) => {
      if (!fused || id === undefined) return;
      const own = slots[i] ?? [];
      const ids = step.parts.get(id) ?? [id];
      const handles = [variable, ...own].map(v => this.state.hold(v, ids.length));
      ids.forEach((part, k) => {
        const inside = handles.map(each => enter(each[k] as Ref, this.resource));
        const [handle, ...slotHandles] = inside as [Ref, ...Ref[]];
        const inputs = [handle, ...fused.inputs(slotHandles, scalars, refOf(refs, part))];
        const attrs = [graph.type('T', this.dtype(variable)), ...fused.attrs(graph)];
        updates.set(handle, graph.add(fused.op, inputs, attrs, earlier(handle)));
      });
      for (const changed of [variable, ...own]) this.changed.add(changed);
    });
    return updates;
  }

  private signed(rate: Ref, sign: 1 | -1): Ref {
    return sign === 1 ? rate : this.graph.add('Neg', [rate], [this.graph.type('T', this.float32)]);
  }

  /** Of a tensor that is held as a whole. */
  private handle(tensor: tf.TensorInfo): Ref {
    return this.state.hold(tensor)[0] as Ref;
  }

  private dtype(tensor: tf.TensorInfo): number {
    return this.backend.getDTypeInteger(tensor.dtype);
  }
}
