import type * as tf from '@tensorflow/tfjs';
import { isPresent } from '../is-present';
import { GraphText, type Ref } from './graph/graph';
import type { NativeBackend, TensorId } from './graph/native';
import { randomUniform, uniformConstants } from './graph/random';
import { addConstants, capturesOf, type Refs, refOf, replay } from './graph/replay';
import { SessionState } from './graph/state';
import type { OptimizerState } from './optimizer-state';
import type { Call } from './plan';
import type { RecordedStep } from './record-step';
import type { Part } from './trainer';

/** A part of the graph that takes a call's steps. */
export interface Program {
  /** Where the rows of the samples are fed, `[steps, batchSize]`. */
  readonly rows: Ref;
  /** Where the optimizer's numbers are fed, `[steps, scalars]`. */
  readonly scalars?: Ref;
  /** Loss and metrics, `[steps]` each. */
  readonly outputs: readonly Ref[];
}

/** How the recorded step reaches what lies outside of it. */
interface Surroundings {
  readonly rows: Ref;
  readonly read: (variable: tf.Variable) => Ref;
  readonly rate?: Ref | undefined;
}

/** Builds the graph of recorded steps: several of them a call, one after the other. */
export class StepGraph {
  readonly graph: GraphText;
  readonly state: SessionState;
  /** The variables that the steps change. */
  readonly changed = new Set<tf.Variable>();
  private readonly int32: number;
  private readonly float32: number;

  constructor(private readonly backend: NativeBackend) {
    this.graph = new GraphText(backend.binding);
    this.state = new SessionState(backend, this.graph);
    this.int32 = backend.binding.TF_INT32;
    this.float32 = backend.binding.TF_FLOAT;
  }

  /** Adds steps of training. */
  train(step: RecordedStep, part: Part, call: Call, optimizer: OptimizerState): Program {
    const { graph } = this;
    const count = optimizer.scalarCount;
    const [rows, rowsOf] = this.feed(call, this.int32, call.batchSize);
    const [scalars, scalarsOf] = this.feed(call, this.float32, count);
    const take = this.stepOf(step, part);
    const updates = new Map<tf.Variable, Ref>();
    const outputs = rowsOf.map((indices, i) => {
      const numbers = graph.unstack(scalarsOf[i] as Ref, count, this.float32);
      // A step reads what the step before it has left.
      const reads = new Map<tf.Variable, Ref>();
      const read = (variable: tf.Variable) => {
        const after = [updates.get(variable)].filter(isPresent);
        const value = graph.read(this.state.hold(variable), this.dtype(variable), after);
        reads.set(variable, value);
        return value;
      };
      const refs = take({ rows: indices, read, rate: optimizer.fused ? undefined : numbers[0] });
      this.update(step, refs, reads, numbers, optimizer, updates);
      return step.outputs.map(id => refOf(refs, id));
    });
    return { rows, scalars, outputs: this.stack(outputs, [...updates.values()]) };
  }

  /** Adds steps that only measure. */
  test(step: RecordedStep, part: Part, call: Call): Program {
    const [rows, rowsOf] = this.feed(call, this.int32, call.batchSize);
    const take = this.stepOf(step, part);
    const read = (v: tf.Variable) => this.graph.read(this.state.hold(v), this.dtype(v));
    const outputs = rowsOf.map(indices => {
      const refs = take({ rows: indices, read });
      return step.outputs.map(id => refOf(refs, id));
    });
    return { rows, outputs: this.stack(outputs, []) };
  }

  /** Adds a place to feed a row of numbers for each step of a call. */
  private feed(call: Call, dtype: number, length: number): [feed: Ref, rows: Ref[]] {
    const feed = this.graph.placeholder([call.steps, length], dtype);
    return [feed, this.graph.unstack(feed, call.steps, dtype)];
  }

  /** What adds a recorded step to the graph, once more at each call. */
  private stepOf(step: RecordedStep, part: Part): (around: Surroundings) => Refs {
    const { graph, state } = this;
    const { tape, changing, rates, batch, variables } = step;
    const shared = addConstants(graph, tape, changing);
    for (const [id, tensor] of capturesOf(tape)) {
      shared.set(id, graph.read(state.hold(tensor), this.dtype(tensor)));
    }
    const random = uniformConstants(tape, new Set([...changing].filter(id => !rates.has(id))));
    return ({ rows, read, rate }) => {
      const given: Refs = new Map(shared);
      part.columns.forEach((column, i) => {
        given.set(batch[i] as TensorId, this.gather(column, rows));
      });
      for (const [variable, id] of variables) given.set(id, read(variable));
      for (const constant of random) {
        given.set(constant.id, randomUniform(graph, constant, this.int32));
      }
      for (const [id, sign] of rates) given.set(id, this.signed(rate as Ref, sign));
      return replay(graph, tape, given);
    };
  }

  /** Adds the updates of a step, each after what reads the variable in this step. */
  private update(
    step: RecordedStep,
    refs: Refs,
    reads: ReadonlyMap<tf.Variable, Ref>,
    scalars: readonly Ref[],
    { fused, slots }: OptimizerState,
    updates: Map<tf.Variable, Ref>,
  ): void {
    const { graph, state } = this;
    const earlier = (variable: tf.Variable) =>
      [reads.get(variable), updates.get(variable)].filter(isPresent);
    for (const [variable, id] of step.assigned) {
      const [handle, dtype] = [state.hold(variable), this.dtype(variable)];
      const assign = graph.assign(handle, refOf(refs, id), dtype, earlier(variable));
      updates.set(variable, assign);
      this.changed.add(variable);
    }
    step.gradients.forEach(({ variable, id }, i) => {
      if (!fused || id === undefined) return;
      const own = slots[i] ?? [];
      const [handle, ...slotHandles] = [variable, ...own].map(v => state.hold(v)) as [Ref];
      const inputs = [handle, ...fused.inputs(slotHandles, scalars, refOf(refs, id))];
      const attrs = [graph.type('T', this.dtype(variable)), ...fused.attrs(graph)];
      updates.set(variable, graph.add(fused.op, inputs, attrs, earlier(variable)));
      for (const changed of [variable, ...own]) this.changed.add(changed);
    });
  }

  private stack(steps: readonly Ref[][], after: readonly Ref[]): Ref[] {
    const [first = []] = steps;
    return first.map((_, i) =>
      this.graph.stack(
        steps.map(outputs => outputs[i] as Ref),
        this.float32,
        after,
      ),
    );
  }

  private gather(column: tf.Tensor, rows: Ref): Ref {
    const { graph } = this;
    const attrs = [
      graph.type('dtype', this.dtype(column)),
      graph.type('Tindices', this.int32),
      graph.int('batch_dims', 0),
      graph.bool('validate_indices', true),
    ];
    return graph.add('ResourceGather', [this.state.hold(column), rows], attrs);
  }

  private signed(rate: Ref, sign: 1 | -1): Ref {
    return sign === 1 ? rate : this.graph.add('Neg', [rate], [this.graph.type('T', this.float32)]);
  }

  private dtype(tensor: tf.TensorInfo): number {
    return this.backend.getDTypeInteger(tensor.dtype);
  }
}
