import type * as tf from '@tensorflow/tfjs';
import { bytesOf } from '../byte-tensor';
import { GraphText, type Ref } from './graph/graph';
import { addLoop, type Iteration } from './graph/loop';
import type { NativeBackend, TensorId } from './graph/native';
import { randomUniform, uniformConstants } from './graph/random';
import { addConstants, capturesOf, type Refs, refOf, replay } from './graph/replay';
import { dtypeOf, SessionState } from './graph/state';
import type { OptimizerState } from './optimizer-state';
import type { RecordedStep } from './record-step';
import type { Part } from './trainer';

/** A part of the graph that takes steps, as many as are fed. */
export interface Program {
  /** Where the rows of the samples are fed, int32, `[steps, batchSize]`. */
  readonly rows: Ref;
  /** Where the optimizer's numbers are fed, float32, `[steps, scalars]`. */
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

  /** Adds steps of training. */
  train(step: RecordedStep, part: Part, batchSize: number, optimizer: OptimizerState): Program {
    const { graph, float32 } = this;
    const scalars = graph.placeholder([-1, optimizer.scalarCount], float32);
    return {
      scalars,
      ...this.loop(step, batchSize, (iteration, indices) => {
        const row = graph.pick(iteration.enter(scalars, float32), iteration.index, float32);
        const numbers = graph.unstack(row, optimizer.scalarCount, float32);
        // A step reads what the step before it has left.
        const reads = new Map<Ref, Ref>();
        const read = (handle: Ref, dtype: number) => {
          const value = graph.read(handle, dtype, [iteration.turn]);
          reads.set(handle, value);
          return value;
        };
        const rate = optimizer.fused ? undefined : numbers[0];
        const refs = this.step(step, part, { ...iteration, rows: indices, read, rate });
        const update = this.update(step, refs, reads, numbers, optimizer, iteration);
        return { refs, after: update };
      }),
    };
  }

  /** Adds steps that only measure. */
  test(step: RecordedStep, part: Part, batchSize: number): Program {
    const read = (handle: Ref, dtype: number) => this.graph.read(handle, dtype);
    return this.loop(step, batchSize, (iteration, indices) => ({
      refs: this.step(step, part, { ...iteration, rows: indices, read }),
      after: [],
    }));
  }

  /** Adds a loop of steps, each of which is given the rows of its samples. */
  private loop(
    step: RecordedStep,
    batchSize: number,
    body: (iteration: Iteration, rows: Ref) => { refs: Refs; after: readonly Ref[] },
  ): Program {
    const { graph, backend, int32, float32 } = this;
    const rows = graph.placeholder([-1, batchSize], int32);
    const count = graph.length(rows, int32);
    const name = `steps${this.loops++}`;
    const outputs = addLoop(graph, backend.binding, name, count, step.outputs.length, iteration => {
      const own = graph.pick(iteration.enter(rows, int32), iteration.index, int32);
      const { refs, after } = body(iteration, own);
      const values = graph.stack(
        step.outputs.map(id => refOf(refs, id)),
        float32,
      );
      return { row: graph.expand(values, float32), after };
    });
    return { rows, outputs };
  }

  /** Adds the ops of a recorded step. */
  private step(step: RecordedStep, part: Part, around: Surroundings): Refs {
    const { graph } = this;
    const { tape, changing, rates, batch, variables, parts } = step;
    const { enter, read } = around;
    const refs = addConstants(graph, tape, changing);
    const constant = (tensor: tf.TensorInfo) => {
      const dtype = dtypeOf(this.backend, tensor);
      return enter(
        graph.within(undefined, () => graph.read(this.handle(tensor), dtype)),
        dtype,
      );
    };
    for (const [id, tensor] of capturesOf(tape))
      refs.set(id, this.floats(constant(tensor), tensor));
    for (const [i, column] of part.columns.entries()) {
      // `ResourceGather` would make a copy of the whole column first.
      const dtype = dtypeOf(this.backend, column);
      const samples = graph.pick(constant(column), around.rows, dtype);
      refs.set(batch[i] as TensorId, this.floats(samples, column));
    }
    for (const [variable, id] of variables) {
      const ids = parts.get(id) ?? [id];
      const handles = this.handles(variable, ids.length);
      for (const [i, part] of ids.entries()) {
        refs.set(part, read(enter(handles[i] as Ref, this.resource), this.dtype(variable)));
      }
    }
    const random = uniformConstants(tape, new Set([...changing].filter(id => !rates.has(id))));
    for (const drawn of random) refs.set(drawn.id, randomUniform(graph, drawn, this.int32));
    for (const [id, sign] of rates) refs.set(id, this.signed(around.rate as Ref, sign));
    return replay(graph, tape, refs);
  }

  /** Adds the updates of a step, each after what reads the variable in this step. */
  private update(
    step: RecordedStep,
    refs: Refs,
    reads: ReadonlyMap<Ref, Ref>,
    scalars: readonly Ref[],
    { fused, slots }: OptimizerState,
    { enter, turn }: Iteration,
  ): Ref[] {
    const { graph } = this;
    const updates: Ref[] = [];
    const earlier = (handle: Ref) => [reads.get(handle) ?? turn];
    for (const [variable, id] of step.assigned) {
      const dtype = this.dtype(variable);
      const handle = enter(this.handle(variable), this.resource);
      updates.push(graph.assign(handle, refOf(refs, id), dtype, earlier(handle)));
      this.changed.add(variable);
    }
    step.gradients.forEach(({ variable, id }, i) => {
      if (!fused || id === undefined) return;
      const own = slots[i] ?? [];
      const ids = step.parts.get(id) ?? [id];
      const handles = [variable, ...own].map(v => this.handles(v, ids.length));
      ids.forEach((part, k) => {
        const inside = handles.map(each => enter(each[k] as Ref, this.resource));
        const [handle, ...slotHandles] = inside as [Ref, ...Ref[]];
        const inputs = [handle, ...fused.inputs(slotHandles, scalars, refOf(refs, part))];
        const attrs = [graph.type('T', this.dtype(variable)), ...fused.attrs(graph)];
        updates.push(graph.add(fused.op, inputs, attrs, earlier(handle)));
      });
      for (const changed of [variable, ...own]) this.changed.add(changed);
    });
    return updates;
  }

  /** What a tensor stands for, where it is held as bytes. */
  private floats(value: Ref, tensor: tf.TensorInfo): Ref {
    const { graph, float32 } = this;
    const bytes = bytesOf(tensor);
    if (!bytes) return value;
    const cast = [graph.type('SrcT', dtypeOf(this.backend, tensor)), graph.type('DstT', float32)];
    const divisor = graph.constant([], float32, Float32Array.of(bytes.divisor));
    const floats = graph.add('Cast', [value], cast);
    return graph.add('RealDiv', [floats, divisor], [graph.type('T', float32)]);
  }

  private signed(rate: Ref, sign: 1 | -1): Ref {
    return sign === 1 ? rate : this.graph.add('Neg', [rate], [this.graph.type('T', this.float32)]);
  }

  /** Of a tensor that is held as a whole. */
  private handle(tensor: tf.TensorInfo): Ref {
    return this.handles(tensor, 1)[0] as Ref;
  }

  private handles(tensor: tf.TensorInfo, count: number): readonly Ref[] {
    return this.graph.within(undefined, () => this.state.hold(tensor, count));
  }

  private dtype(tensor: tf.TensorInfo): number {
    return this.backend.getDTypeInteger(tensor.dtype);
  }
}
