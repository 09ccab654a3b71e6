import type * as tf from '@tensorflow/tfjs';
import type { NativeBackend, TensorId } from '../../graph/backend';
import { type GraphText, outputs, type Ref } from '../../graph/graph-text';
import { type Refs, refOf } from '../../graph/replay';
import type { SessionState } from '../../graph/state';
import type { TapeOp } from '../../graph/tape/tape';
import type { Iteration, State } from '../../graph/while-loop';
import { isPresent } from '../../is-present';
import type { OptimizerState } from '../optimizer-state';
import type { FusedOptimizer } from '../optimizers';
import type { RecordedStep } from './record-step';

/** The variables of the steps of an iteration. */
export interface Variables {
  /** What the step at hand finds in the variable of a handle, which lies outside of the loop. */
  read(handle: Ref, dtype: number): Ref;
  /**
   * Adds the updates of the step at hand.
   *
   * @param row the optimizer's numbers, float32, `[numbers]`.
   * @param numbers the same one by one.
   */
  update(refs: Refs, row: Ref, numbers: readonly Ref[]): void;
  /** What must be done before the next iteration. */
  after(): Ref[];
  /** What the next iteration is handed. */
  state(): Ref[];
}

/** What a tensor of the step changes. */
interface Update {
  readonly id: TensorId;
  readonly dtype: number;
  /** Of the variable, and of the optimizer's slots for it. */
  readonly handles: readonly [Ref, ...Ref[]];
}

/**
 * How recorded steps change the variables that a session holds: by ops that change a variable where it
 * is; and by those that make a gradient and return the variable anew, which one step hands to the next.
 */
export class StepUpdates {
  /** What the steps change. */
  readonly changed = new Set<tf.Variable>();
  /** What the loop around the steps is to hand on. */
  readonly states: readonly State[];
  private readonly assigned: readonly Update[];
  private readonly gradients: readonly Update[];
  /** Those of them that are handed on. */
  private readonly renewed: readonly Update[];
  private readonly resource: number;

  constructor(
    backend: NativeBackend,
    private readonly graph: GraphText,
    session: SessionState,
    private readonly step: RecordedStep,
    private readonly optimizer: OptimizerState,
  ) {
    this.resource = backend.binding.TF_RESOURCE;
    const { fused, slots } = optimizer;
    const dtypeOf = (variable: tf.Variable) => backend.getDTypeInteger(variable.dtype);
    this.assigned = [...step.assigned].map(([variable, id]) => {
      this.changed.add(variable);
      return { id, dtype: dtypeOf(variable), handles: [session.hold(variable)[0] as Ref] };
    });
    this.gradients = step.gradients.flatMap(({ variable, id }, i) => {
      if (!fused || id === undefined) return [];
      const variables = [variable, ...(slots[i] ?? [])];
      for (const changed of variables) this.changed.add(changed);
      const ids = step.parts.get(id) ?? [id];
      const held = variables.map(each => session.hold(each, ids.length));
      return ids.map((part, k) => {
        const handles = held.map(parts => parts[k]) as [Ref, ...Ref[]];
        return { id: part, dtype: dtypeOf(variable), handles };
      });
    });
    this.renewed = this.gradients.filter(({ id }) => step.products.has(id));
    this.states = this.renewed.flatMap(({ handles, dtype }) =>
      handles.map(handle => ({
        initial: graph.read(handle, dtype),
        dtype,
        keep: (last: Ref) => graph.assign(handle, last, dtype),
      })),
    );
  }

  /** The variables as the steps of an iteration see them, one after the other. */
  within({ enter, turn, state }: Iteration): Variables {
    const { graph, resource } = this;
    const handed = this.renewed.flatMap(({ handles }) => handles);
    const values = new Map(handed.map((handle, i) => [handle, state[i] as Ref]));
    const changes = new Map<Ref, Ref>();
    const reads = new Map<Ref, Ref>();
    const earlier = (handle: Ref) =>
      [reads.get(handle), changes.get(handle), turn].filter(isPresent);

    const assign = ({ id, dtype, handles: [handle] }: Update, refs: Refs) => {
      const inside = enter(handle, resource);
      changes.set(handle, graph.assign(inside, refOf(refs, id), dtype, earlier(handle)));
    };
    const apply = (fused: FusedOptimizer, update: Update, refs: Refs, numbers: readonly Ref[]) => {
      const [handle] = update.handles;
      const [inside, ...slots] = update.handles.map(each => enter(each, resource)) as [
        Ref,
        ...Ref[],
      ];
      const inputs = [inside, ...fused.inputs(slots, numbers, refOf(refs, update.id))];
      const attrs = [graph.type('T', update.dtype), ...fused.attrs(graph)];
      changes.set(handle, graph.add(fused.op, inputs, attrs, earlier(handle)));
    };
    const renew = (op: string, product: TapeOp, { handles }: Update, refs: Refs, row: Ref) => {
      const factors = product.inputs.map(id => refOf(refs, id));
      const before = handles.map(handle => values.get(handle) as Ref);
      const attrs = product.attrs.filter(({ name }) => name === 'divisor');
      const made = outputs(graph.add(op, [...factors, row, ...before], attrs), handles.length);
      for (const [i, handle] of handles.entries()) values.set(handle, made[i] as Ref);
    };

    return {
      read(handle, dtype) {
        const known = values.get(handle);
        if (known) return known;
        const after = [changes.get(handle) ?? turn];
        const value = graph.read(enter(handle, resource), dtype, after);
        reads.set(handle, value);
        return value;
      },
      update: (refs, row, numbers) => {
        const { fused } = this.optimizer;
        for (const update of this.assigned) assign(update, refs);
        for (const update of fused ? this.gradients : []) {
          const product = this.step.products.get(update.id);
          if (product && fused?.withProduct) renew(fused.withProduct, product, update, refs, row);
          else if (fused) apply(fused, update, refs, numbers);
        }
        reads.clear();
      },
      after: () => [...changes.values()],
      state: () => [...values.values()],
    };
  }
}
