import * as tf from '@tensorflow/tfjs';
import type { Matrix, Memory } from './memory';

/** A layer in training, on samples that lie in the rows of matrices. */
export interface Layer {
  /** `[samples, size]`. */
  readonly output: Matrix;
  /** The gradient of the loss with respect to the output; of a layer that ends in softmax, to its logits. */
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  /** Computes the output of the first samples of the input. */
  forward(samples: number, training: boolean): void;
  /**
   * Computes, from `delta`, the gradients of the weights and of the input.
   *
   * @param deltaBelow takes the gradient of the input, if anything needs it.
   */
  backward(samples: number, deltaBelow: Matrix | undefined): void;
}

export interface Trainable {
  readonly variable: tf.Variable;
  readonly slots: readonly tf.Variable[];
}

/** Weights of a layer in training: a kernel, or a bias. */
export class Weights {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  readonly slots: readonly Matrix[];
  /** The variables of the model and of the optimizer. */
  readonly parameters: readonly Parameter[];

  constructor(memory: Memory, { variable, slots }: Trainable, rows: number, columns: number) {
    const placed = (of: tf.Variable) => new Parameter(of, memory.matrix(rows, columns));
    const weights = placed(variable);
    const kept = slots.map(placed);
    this.weights = weights.place;
    this.gradient = memory.matrix(rows, columns);
    this.slots = kept.map(({ place }) => place);
    this.parameters = [weights, ...kept];
  }
}

/** A variable, and where its values are while they are trained. */
export class Parameter {
  private dataId: tf.DataId | undefined;

  constructor(
    private readonly variable: tf.Variable,
    readonly place: Matrix,
  ) {}

  /** Takes over the variable's values if they have changed since the last call. */
  load(): void {
    const { variable } = this;
    if (variable.dataId === this.dataId) return;
    this.place.write(variable.dataSync() as Float32Array);
    this.dataId = variable.dataId;
  }

  store(): void {
    const { variable } = this;
    tf.tidy(() => variable.assign(tf.tensor(this.place.read(), variable.shape)));
    this.dataId = variable.dataId;
  }
}
