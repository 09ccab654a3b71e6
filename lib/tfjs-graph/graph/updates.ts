import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend, TensorId } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { SessionState, Share } from './state';
import type { Carried, Iteration } from './while-loop';

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

/** An op takes the values of variables and returns others, which one run hands to the next. */
interface Renewal<Input> {
  readonly kind: 'renew';
  readonly variables: readonly tf.Variable[];
  readonly share: Share;
  /** Adds the op, and returns the new values in the order of the variables. */
  add(values: readonly Ref[], run: Run<Input>): readonly Ref[];
}

export type Update<Input> = Assignment | InPlace<Input> | Renewal<Input>;

/** The variables, as the runs of an iteration see them, one after the other. */
export type Variables<Input> = ReturnType<Updates<Input>['within']>;

/** Orders the reads and changes of variables within a loop, so that each run finds what the one before left. */
export class Updates<Input> {
  readonly changed: ReadonlySet<tf.Variable>;
  /** The values that the loop hands from one iteration to the next. */
  readonly carried: readonly Carried[];
  private readonly renewed: readonly Ref[];

  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: GraphText,
    private readonly state: SessionState,
    private readonly updates: readonly Update<Input>[],
  ) {
    this.changed = new Set(
      updates.flatMap(update => (update.kind === 'assign' ? update.variable : update.variables)),
    );
    const renewed = updates.flatMap(update =>
      update.kind === 'renew'
        ? update.variables.map(variable => ({
            handle: state.hold(variable, update.share),
            dtype: this.dtype(variable),
          }))
        : [],
    );
    this.renewed = renewed.map(({ handle }) => handle);
    this.carried = renewed.map(({ handle, dtype }) => ({
      initial: graph.read(handle, dtype),
      dtype,
      keep: (last: Ref) => graph.assign(handle, last, dtype),
    }));
  }

  within({ enter, turn, carried }: Iteration) {
    const { graph, state, backend, updates } = this;
    const { TF_RESOURCE } = backend.binding;
    /** The values of variables that are handed on, by their handles. */
    const values = new Map(this.renewed.map((handle, i) => [handle, at(carried, i)]));
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
      if (update.kind === 'renew') {
        const made = update.add(
          handles.map(handle => values.get(handle) as Ref),
          run,
        );
        for (const [i, handle] of handles.entries()) values.set(handle, at(made, i));
        return;
      }
      const inside = handles.map(handle => enter(handle, TF_RESOURCE));
      // Only the first is read and assigned by the function, too.
      const first = at(handles, 0);
      changes.set(first, update.add(inside, earlier(first), run));
    };

    return {
      /** Returns the value that the run at hand finds. */
      read: (variable: tf.Variable, share: Share): Ref => {
        const handle = state.hold(variable, share);
        const known = values.get(handle);
        if (known !== undefined) return known;
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
      /** Returns what the next iteration is handed. */
      carried: (): Ref[] => [...values.values()],
    };
  }

  private dtype(variable: tf.Variable): number {
    return this.backend.getDTypeInteger(variable.dtype);
  }
}
