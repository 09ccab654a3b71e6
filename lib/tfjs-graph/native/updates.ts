import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend, TensorId } from '../backend';
import type { Share } from '../trace/recording';
import type { GraphText, Ref } from './graph-text';
import { dtypeOf, type SessionState } from './state';
import type { Carried, Iteration } from './while-loop';

/** Returns the node of a run's input, creating it if needed. */
export type Inputs<Input> = (input: Input) => Ref;

export interface Run<Input> {
  ref(id: TensorId): Ref;
  readonly input: Inputs<Input>;
}

/**
 * An op that assigns to variables in place, the first of which the function reads; or an op that returns new values of
 * variables, which the loop carries between runs.
 */
export interface Update<Input> {
  readonly isCarried?: boolean;
  readonly variables: readonly tf.Variable[];
  readonly share?: Share | undefined;
  /** The op's inputs in the recording. */
  readonly inputs: readonly TensorId[];
  /**
   * Adds the op.
   *
   * @param refs values of carried variables, otherwise handles
   * @param after control inputs
   * @returns the op's outputs
   */
  add(refs: readonly Ref[], run: Run<Input>, after: readonly Ref[]): readonly Ref[];
}

/** Returns the values carried by a loop: the variables of the renewals. */
export const carriedBy = <Input>(
  updates: readonly Update<Input>[],
  { backend, graph, state }: Pick<Context<Input>, 'backend' | 'graph' | 'state'>,
): (Carried & { readonly handle: Ref })[] =>
  updates.flatMap(({ isCarried, variables, share }) => {
    if (!isCarried) return [];
    return variables.map(variable => {
      const handle = state.handleOf(variable, share);
      const dtype = dtypeOf(backend, variable);
      const store = (last: Ref) => graph.assign(handle, last, dtype);
      return { handle, dtype, initial: graph.read(handle, dtype), store };
    });
  });

interface Context<Input> {
  readonly backend: NativeBackend;
  readonly graph: GraphText;
  readonly state: SessionState;
  readonly iteration: Iteration;
  readonly updates: readonly Update<Input>[];
  readonly carried: readonly Ref[];
}

/** Orders the reads and updates of variables in an iteration, so each run reads the values of the previous run. */
export class Variables<Input> {
  /** Current nodes of the carried values, by handle. */
  private readonly values: Map<Ref, Ref>;
  private readonly assigned = new Map<Ref, Ref>();
  /** Read of each variable since the last assignment, by handle. */
  private readonly reads = new Map<Ref, Ref>();

  constructor(private readonly context: Context<Input>) {
    const { carried, iteration } = context;
    this.values = new Map(carried.map((handle, i) => [handle, at(iteration.carried, i)]));
  }

  /** Returns the value of a variable before the current run. */
  read(variable: tf.Variable, share?: Share): Ref {
    const { backend, graph, state } = this.context;
    const handle = state.handleOf(variable, share);
    const carried = this.values.get(handle);
    if (carried !== undefined) return carried;
    const dtype = dtypeOf(backend, variable);
    const value = graph.read(this.enter(handle), dtype, this.predecessors(handle));
    this.reads.set(handle, value);
    return value;
  }

  update(run: Run<Input>): void {
    const { state, updates } = this.context;
    for (const update of updates) {
      const handles = update.variables.map(variable => state.handleOf(variable, update.share));
      if (update.isCarried) {
        const values = update.variables.map(variable => this.read(variable, update.share));
        const renewed = update.add(values, run, []);
        for (const [i, handle] of handles.entries()) this.values.set(handle, at(renewed, i));
        continue;
      }
      const first = at(handles, 0);
      const read = this.reads.get(first);
      const after = [...(read ? [read] : []), ...this.predecessors(first)];
      const [node = ''] = update.add(
        handles.map(handle => this.enter(handle)),
        run,
        after,
      );
      this.assigned.set(first, node);
    }
    this.reads.clear();
  }

  /** Returns the nodes that must run before the next iteration. */
  after(): Ref[] {
    return [...this.assigned.values()];
  }

  /** Returns the carried values for the next iteration. */
  carried(): Ref[] {
    return [...this.values.values()];
  }

  /** Returns the nodes that must run before a read or an update. Without updates, runs are independent. */
  private predecessors(handle: Ref): Ref[] {
    const { updates, iteration } = this.context;
    const assigned = this.assigned.get(handle);
    if (assigned !== undefined) return [assigned];
    return updates.length > 0 ? [iteration.turn] : [];
  }

  private enter(handle: Ref): Ref {
    return this.context.iteration.enter(handle, this.context.backend.binding.TF_RESOURCE);
  }
}
