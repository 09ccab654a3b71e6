import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend, TensorId } from './backend';
import type { GraphText, Ref } from './graph-text';
import { dtypeOf, type SessionState, type Share } from './state';
import type { Iteration } from './while-loop';

/** Adds, or finds, the nodes of what a run is given. */
export type Inputs<Input> = (input: Input) => Ref;

/** An op changes variables where they are, as it assigns a value or does an optimizer's update of a weight. */
export interface Update<Input> {
  /** Of these the function reads only the first, too. */
  readonly variables: readonly tf.Variable[];
  readonly share?: Share | undefined;
  /** The tensor of the recording that it takes: the new value, or a gradient. */
  readonly taken: TensorId;
  /** Adds the op, of the variables' handles, which is to run after others. */
  add(handles: readonly Ref[], taken: Ref, after: readonly Ref[], inputs: Inputs<Input>): Ref;
}

/** Orders the reads and changes of variables within a loop, so that each run finds what the one before left. */
export class Variables<Input> {
  /** The nodes that have read them, by their handles. */
  private readonly reads = new Map<Ref, Ref>();

  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: GraphText,
    private readonly state: SessionState,
    private readonly iteration: Iteration,
    private readonly updates: readonly Update<Input>[],
  ) {}

  /** Returns the value that the run at hand finds. */
  read(variable: tf.Variable, share?: Share): Ref {
    const handle = this.state.hold(variable, share);
    const dtype = dtypeOf(this.backend, variable);
    const value = this.graph.read(this.enter(handle), dtype, this.begun());
    this.reads.set(handle, value);
    return value;
  }

  /** Adds the updates of the run at hand, and returns what must be done before the next one. */
  update(ref: (id: TensorId) => Ref, inputs: Inputs<Input>): Ref[] {
    return this.updates.map(({ variables, share, taken, add }) => {
      const handles = variables.map(variable => this.state.hold(variable, share));
      const read = this.reads.get(at(handles, 0));
      const inside = handles.map(handle => this.enter(handle));
      return add(inside, ref(taken), [...(read ? [read] : []), ...this.begun()], inputs);
    });
  }

  /** If nothing is changed, no run waits for another. */
  private begun(): Ref[] {
    return this.updates.length > 0 ? [this.iteration.turn] : [];
  }

  private enter(handle: Ref): Ref {
    return this.iteration.enter(handle, this.backend.binding.TF_RESOURCE);
  }
}
