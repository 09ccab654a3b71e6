import * as tf from '@tensorflow/tfjs';
import { type FusedOptimizer, fusedOptimizer } from './optimizers';

/** What an optimizer of TensorFlow.js keeps beside its variables. */
interface Counters {
  iterations_?: number;
  learningRate?: number;
  accBeta1?: tf.Variable;
  accBeta2?: tf.Variable;
  beta1?: number;
  beta2?: number;
}

/** An optimizer's slots and step counter, shared between the session and the optimizer itself. */
export class OptimizerState {
  readonly fused: FusedOptimizer | undefined;
  /** The slots of each weight: `slots[weight][slot]`. */
  slots: tf.Variable[][] = [];
  private readonly counters: Counters;
  private steps: number;

  constructor(private readonly optimizer: tf.Optimizer) {
    this.fused = fusedOptimizer(optimizer);
    this.counters = optimizer as unknown as Counters;
    this.steps = this.counters.iterations_ ?? 0;
  }

  /** Runs `work` with another rate of learning, to see which numbers of a step depend on it. */
  withOtherRate<T>(work: () => T): T {
    const { counters } = this;
    const { learningRate } = counters;
    if (learningRate === undefined) return work();
    counters.learningRate = otherRate(learningRate);
    try {
      return work();
    } finally {
      counters.learningRate = learningRate;
    }
  }

  /** How many numbers a step is given. */
  get scalarCount(): number {
    return this.scalars(1).length;
  }

  /** The numbers of a step; callbacks may change the rate of learning at any time. */
  private scalars(step: number): number[] {
    return this.fused ? this.fused.scalars(step) : [this.counters.learningRate ?? 0];
  }

  /** Makes the slots that the optimizer would make at its first step, where it has none yet. */
  async prepare(weights: readonly tf.Variable[]): Promise<void> {
    if (!this.fused?.slots) return;
    const { slots, initial } = this.fused;
    if ((await this.read()).length === 0) {
      const filled = weights.map(w => tf.fill(w.shape, initial));
      const all = Array.from({ length: slots }, (_, slot) =>
        weights.map((w, i) => ({ name: `${w.name}/slot${slot}`, tensor: filled[i] as tf.Tensor })),
      );
      const iterations = { name: 'iter', tensor: tf.scalar(this.steps, 'int32') };
      await this.optimizer.setWeights([iterations, ...all.flat()]);
      tf.dispose([...filled, iterations.tensor]);
    }
    const variables = await this.read();
    this.slots = weights.map((_, i) =>
      Array.from(
        { length: slots },
        (_, slot) => variables[slot * weights.length + i] as tf.Variable,
      ),
    );
  }

  private async read(): Promise<tf.Variable[]> {
    const [iterations, ...slots] = await this.optimizer.getWeights();
    iterations?.tensor.dispose();
    return slots.map(({ tensor }) => tensor as tf.Variable);
  }

  /**
   * The sign with which a constant follows the rate of learning; undefined where it does not.
   *
   * @param other what it is within {@link withOtherRate}.
   */
  signOfRate(value: number, other: number): 1 | -1 | undefined {
    const { learningRate = Number.NaN } = this.counters;
    const rates = [learningRate, otherRate(learningRate)];
    for (const sign of [1, -1] as const) {
      const [rate, changed] = rates.map(each => Math.fround(sign * each));
      if (value === rate && other === changed) return sign;
    }
    return undefined;
  }

  /** Returns what sets the optimizer's own counter back to where it is now. */
  remember(): () => void {
    const { iterations_ } = this.counters;
    return () => {
      this.counters.iterations_ = iterations_ ?? 0;
    };
  }

  /** Counts a step and returns its numbers: those of the fused op, or the rate of learning. */
  nextScalars(): number[] {
    this.steps++;
    return this.scalars(this.steps);
  }

  /** Tells the optimizer how many steps it has taken. */
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

/** Half of a rate; of 0, which a schedule may begin with, a rate that is another one. */
const otherRate = (rate: number) => (rate === 0 ? 0.5 : rate / 2);
