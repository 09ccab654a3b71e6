import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend, TensorId } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { SessionState, Share } from './state';
import type { Iteration } from './while-loop';

/** The nodes of a run, for what changes variables. */
export interface Run<Input> {
  ref(id: TensorId): Ref;
  input(input: Input): Ref;
}

interface Assignment {
  readonly kind: 'assign';
  readonly variable: tf.Variable;
  readonly value: TensorId;
}

/** An op changes variables where they are, such as an optimizer's update of a weight. */
interface InPlace<Input> {
  readonly kind: 'in place';
  readonly variables: readonly tf.Variable[];
  readonly share: Share;
  /** Adds the op, of the variables' handles, which is to run after others. */
  add(handles: readonly Ref[], after: readonly Ref[], run: Run<Input>): Ref;
}

export type Update<Input> = Assignment | InPlace<Input>;

/** The variables, as the runs of an iteration see them, one after the other. */
export type Variables<Input> = ReturnType<Updates<Input>['within']>;

/** Orders the reads and changes of variables within a loop, so that each run finds what the one before left. */
export class Updates<Input> {
  readonly changed: ReadonlySet<tf.Variable>;

  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: GraphText,
    private readonly state: SessionState,
    private readonly updates: readonly Update<Input>[],
  ) {
    this.changed = new Set(
      updates.flatMap(update => (update.kind === 'assign' ? update.variable : update.variables)),
    );
  }

  within({ enter, turn }: Iteration) {
    const { graph, state, backend, updates } = this;
    const { TF_RESOURCE } = backend.binding;
    const changes = new Map<Ref, Ref>();
    const reads = new Map<Ref, Ref>();
    // Where nothing is changed, no run waits for another.
    const begun = updates.length > 0 ? turn : undefined;
    const earlier = (handle: Ref) =>
      [reads.get(handle), changes.get(handle), begun].filter(each => each !== undefined);

    const add = (update: Update<Input>, run: Run<Input>) => {
      if (update.kind === 'assign') {
        const { variable, value } = update;
        const handle = state.hold(variable);
        const inside = enter(handle, TF_RESOURCE);
        const ref = run.ref(value);
        changes.set(handle, graph.assign(inside, ref, this.dtype(variable), earlier(handle)));
        return;
      }
      const handles = update.variables.map(variable => state.hold(variable, update.share));
      const inside = handles.map(handle => enter(handle, TF_RESOURCE));
      // Only the first is read and assigned by the function, too.
      const first = at(handles, 0);
      changes.set(first, update.add(inside, earlier(first), run));
    };

    return {
      /** Returns the value that the run at hand finds. */
      read: (variable: tf.Variable, share: Share): Ref => {
        const handle = state.hold(variable, share);
        const after = [changes.get(handle) ?? begun].filter(each => each !== undefined);
        const value = graph.read(enter(handle, TF_RESOURCE), this.dtype(variable), after);
        reads.set(handle, value);
        return value;
      },
      /** Adds the updates of the run at hand. */
      update: (run: Run<Input>): void => {
        for (const update of updates) add(update, run);
        reads.clear();
      },
      /** Returns what must be done before the next iteration. */
      after: (): Ref[] => [...changes.values()],
    };
  }

  private dtype(variable: tf.Variable): number {
    return this.backend.getDTypeInteger(variable.dtype);
  }
}
