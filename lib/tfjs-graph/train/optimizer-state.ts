import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { preservingVariables } from '../graph/recording';
import type { TapeConstant } from '../graph/tape/tape';
import { withValues } from '../with-values';
import { type FusedOptimizer, fusedOptimizer } from './optimizers';

type Counters = Partial<
  Record<'iterations_' | 'learningRate' | 'beta1' | 'beta2', number> &
    Record<'accBeta1' | 'accBeta2', tf.Variable>
>;

/** An optimizer's slots and step counter, shared between the session and the optimizer itself. */
export class OptimizerState {
  readonly fused: FusedOptimizer | undefined;
  private slots: ReadonlyMap<tf.Variable, readonly tf.Variable[]> = new Map();
  private readonly counters: Counters;
  private steps: number;

  constructor(private readonly optimizer: tf.Optimizer) {
    this.fused = fusedOptimizer(optimizer);
    this.counters = optimizer as unknown as Counters;
    this.steps = this.counters.iterations_ ?? 0;
  }

  /** Runs `work` with another learning rate, to see which numbers of a step depend on it. */
  withOtherRate<T>(work: () => T): T {
    const { counters } = this;
    const { learningRate } = counters;
    if (learningRate === undefined) return work();
    return withValues(counters, { learningRate: otherRate(learningRate) }, work);
  }

  get scalarCount(): number {
    return this.scalars(1).length;
  }

  /** Returns the numbers of a step; callbacks may change the learning rate at any time. */
  private scalars(step: number): number[] {
    return this.fused ? this.fused.scalars(step) : [this.counters.learningRate ?? 0];
  }

  /**
   * Makes the slots that the optimizer would make at its first step, where it has none yet. A class of a program may
   * expect gradients, and makes its slots in the first recording.
   *
   * @param weights as the model hands them to the optimizer, which finds its slots by their order.
   */
  prepare(weights: readonly tf.Variable[]): void {
    const { optimizer, counters } = this;
    if (!Object.values<unknown>(tf).includes(optimizer.constructor)) return;
    const { iterations_ } = counters;
    // Without gradients, a step of the optimizer only makes slots, and counts.
    const none = weights.map(({ name }) => ({ name, tensor: null })) as never;
    const { applyGradients } = optimizer.constructor.prototype as tf.Optimizer;
    preservingVariables(() => applyGradients.call(optimizer, none));
    counters.iterations_ = iterations_;
    const lists = this.fused?.slotsOf(optimizer) ?? [];
    this.slots = new Map(weights.map((weight, i) => [weight, lists.map(slots => at(slots, i))]));
  }

  slotsOf(weight: tf.Variable): readonly tf.Variable[] {
    return this.slots.get(weight) ?? [];
  }

  /** Returns each slot with the factor by which the fused op's numbers differ from it. */
  scales(): [tf.Variable, number][] {
    const scales = this.fused?.scales?.() ?? [];
    return [...this.slots.values()].flatMap(slots =>
      slots.map((slot, i): [tf.Variable, number] => [slot, scales[i] ?? 1]),
    );
  }

  /** Takes over the number of steps that the optimizer has made. */
  load(): void {
    this.steps = this.counters.iterations_ ?? 0;
  }

  /**
   * Returns the sign with which a constant follows the learning rate; undefined if it does not.
   *
   * @param other the same within {@link withOtherRate}.
   */
  signOfRate(constant: TapeConstant, other: TapeConstant): 1 | -1 | undefined {
    const { learningRate = Number.NaN } = this.counters;
    if (constant.values.length !== 1) return undefined;
    const rounded = (sign: 1 | -1, rate: number) => Math.fround(sign * rate);
    return ([1, -1] as const).find(
      sign =>
        constant.values[0] === rounded(sign, learningRate) &&
        other.values[0] === rounded(sign, otherRate(learningRate)),
    );
  }

  /** Counts a step and returns its numbers: those of the fused op, or the learning rate. */
  nextScalars(): number[] {
    this.steps++;
    return this.scalars(this.steps);
  }

  save(): void {
    const { counters, steps } = this;
    counters.iterations_ = steps;
    if (!this.fused) return;
    const { accBeta1, accBeta2, beta1 = 0, beta2 = 0 } = counters;
    tf.tidy(() => {
      accBeta1?.assign(tf.scalar(beta1 ** (steps + 1)));
      accBeta2?.assign(tf.scalar(beta2 ** (steps + 1)));
    });
  }
}

/** Halves a rate; of 0, with which a schedule may begin, it makes some other rate. */
const otherRate = (rate: number) => (rate === 0 ? 0.5 : rate / 2);
