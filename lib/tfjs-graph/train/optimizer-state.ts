import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { preservingVariables, type Scales } from '../trace/recording';
import type { TapeConstant } from '../trace/tape';
import { withValues } from '../with-values';
import { type FusedOptimizer, fusedOptimizer } from './optimizers';

type Counters = Partial<
  Record<'iterations_' | 'learningRate' | 'beta1' | 'beta2', number> &
    Record<'accBeta1' | 'accBeta2', tf.Variable>
>;

/** Fields of an optimizer with slots, in the order of the weights. */
type SlotLists = Readonly<Record<string, readonly { readonly variable: tf.Variable }[]>>;

/** Synchronizes an optimizer's slots and step counter with compiled steps. */
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

  /** Runs `work` with another learning rate, to find the constants that depend on the rate. */
  withOtherRate<T>(work: () => T): T {
    const { counters } = this;
    const { learningRate } = counters;
    if (learningRate === undefined) return work();
    return withValues(counters, { learningRate: otherRate(learningRate) }, work);
  }

  get scalarCount(): number {
    return this.scalars(1).length;
  }

  /** Returns the scalars of a step. Callbacks may change the learning rate at any time. */
  private scalars(step: number): number[] {
    return this.fused ? this.fused.scalars(step) : signed(this.counters.learningRate ?? 0);
  }

  /**
   * Creates the slots of one of TensorFlow.js's own optimizers for a model's weights, as in the first step. Other classes
   * may need gradients, and create slots in the first recording.
   */
  prepare(weights: readonly tf.Variable[]): void {
    const { optimizer, counters } = this;
    if (!Object.values<unknown>(tf).includes(optimizer.constructor)) return;
    const { iterations_ } = counters;
    // Without gradients, a step only creates slots and increments the counter.
    const gradients = weights.map(({ name }) => ({ name, tensor: null })) as never;
    const { applyGradients } = optimizer.constructor.prototype as tf.Optimizer;
    preservingVariables(() => applyGradients.call(optimizer, gradients));
    counters.iterations_ = iterations_;
    const lists = this.fused?.slotFields.map(field => (optimizer as unknown as SlotLists)[field]);
    this.slots = new Map(
      weights.map((weight, i) => [weight, lists?.map(slots => at(slots ?? [], i).variable) ?? []]),
    );
  }

  slotsOf(weight: tf.Variable): readonly tf.Variable[] {
    return this.slots.get(weight) ?? [];
  }

  /** Returns the factors from the slots to the fused op's slots. */
  scales(): Scales {
    const factors = this.fused?.scales?.() ?? [];
    const slots = [...this.slots.values()];
    return new Map(slots.flatMap(list => factors.map((factor, i) => [at(list, i), factor])));
  }

  load(): void {
    this.steps = this.counters.iterations_ ?? 0;
  }

  /** Returns the scalar if a constant, and `other` from {@link withOtherRate}, are the rate or the negative rate. */
  rateOf(constant: TapeConstant, other: TapeConstant): { scalar: number } | undefined {
    const { learningRate = Number.NaN } = this.counters;
    const others = signed(otherRate(learningRate));
    const scalar = signed(learningRate).findIndex(
      (rate, i) => constant.values[0] === rate && other.values[0] === others[i],
    );
    return scalar >= 0 && constant.values.length === 1 ? { scalar } : undefined;
  }

  /**
   * Increments the step counter. Returns the scalars of the step: inputs of the fused op, or the learning rate and the
   * negative learning rate.
   */
  nextScalars(): number[] {
    this.steps++;
    return this.scalars(this.steps);
  }

  /** Copies the step counter back to the optimizer. */
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

/** Returns a rate and the negative rate, as float32. */
const signed = (rate: number) => [rate, -rate].map(Math.fround);

/** Returns half of a rate, or another rate for 0, the start of some schedules. */
const otherRate = (rate: number) => (rate === 0 ? 0.5 : rate / 2);
