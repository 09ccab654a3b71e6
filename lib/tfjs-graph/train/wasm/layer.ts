import type { Matrix } from './matrix';
import type { Weights } from './weights';

/** A layer in training, on samples that lie in the rows of matrices. */
export interface Layer {
  /** `[samples, size]`. */
  readonly output: Matrix;
  /** The gradient of the loss with respect to the output; of a layer that ends in softmax, to its logits. */
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  /** From so many samples in its input to its output. */
  forward(samples: number, training: boolean): void;
  /**
   * From `delta` to the gradients of the weights, and of the input.
   *
   * @param deltaBelow is given the gradient of the input, where anybody needs it.
   */
  backward(samples: number, deltaBelow: Matrix | undefined): void;
}
