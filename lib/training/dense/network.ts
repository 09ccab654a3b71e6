import * as tf from '@tensorflow/tfjs';
import { type Activation, activate, scaleBySlope } from './activations';
import type { Parameter } from './parameter';
import { crossEntropy, logitGradient, type Pass } from './softmax';
import type { Update } from './updates';

/** A Dense layer in training. */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  /** None for the last layer, which ends in softmax. */
  readonly activation?: Activation | undefined;
  /** `[units, inputs]`. */
  readonly kernel: Parameter;
  /** `[units]`. */
  readonly bias?: Parameter | undefined;
}

/**
 * A stack of Dense layers that ends in softmax, trained on the sparse cross-entropy by the textbook's
 * gradients. The large products are TensorFlow.js's; all else is plain arithmetic, which on the
 * WebAssembly engine takes less time than the many small operations of automatic differentiation.
 *
 * Samples are columns: an activation has the shape `[units, samples]`. So the products need no
 * transposed operand, for which that engine has only a slow way.
 */
export class DenseNetwork {
  constructor(
    private readonly layers: readonly DenseLayer[],
    private readonly update: Update,
  ) {}

  /**
   * Takes a step of training.
   *
   * @param x samples, `[samples, inputs]`.
   * @param labels classes, one a sample.
   */
  train(x: tf.Tensor2D, labels: Int32Array, scalars: readonly number[]): Pass {
    return inScope(() => {
      const outputs = this.forward(x);
      const probabilities = outputs.at(-1) as Float32Array;
      const pass = crossEntropy(probabilities, labels);
      let delta = logitGradient(probabilities, labels);
      for (let l = this.layers.length - 1; l >= 0; l--) {
        const { inputs, units, kernel, bias } = this.layers[l] as DenseLayer;
        const below = this.layers[l - 1];
        const deltas = tf.tensor2d(delta, [units, labels.length]);
        const input = l === 0 ? x : turned(outputs[l - 1] as Float32Array, inputs);
        const gradient = deltas.matMul(input).dataSync() as Float32Array;
        const biasGradient = bias && rowSums(delta, units);
        if (below) {
          delta = turned(kernel.values, units).matMul(deltas).dataSync() as Float32Array;
          scaleBySlope(delta, outputs[l - 1] as Float32Array, below.activation as Activation);
        }
        this.update(kernel, gradient, scalars);
        if (bias && biasGradient) this.update(bias, biasGradient, scalars);
      }
      return pass;
    });
  }

  /** Measures samples. */
  test(x: tf.Tensor2D, labels: Int32Array): Pass {
    return inScope(() => crossEntropy(this.forward(x).at(-1) as Float32Array, labels));
  }

  /** The output of each layer, `[units, samples]`; the last is what softmax makes of it. */
  private forward(x: tf.Tensor2D): Float32Array[] {
    const outputs: Float32Array[] = [];
    let input: tf.Tensor2D = x.transpose();
    for (const { inputs, units, activation, kernel, bias } of this.layers) {
      const output = tf
        .tensor2d(kernel.values, [units, inputs])
        .matMul(input)
        .dataSync() as Float32Array;
      activate(output, units, bias?.values, activation);
      outputs.push(output);
      input = tf.tensor2d(output, [units, x.shape[0]]);
    }
    return outputs;
  }
}

/** The transpose of a matrix with so many rows. */
const turned = (values: Float32Array, rows: number): tf.Tensor2D =>
  tf.tensor2d(values, [rows, values.length / rows]).transpose();

function rowSums(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows;
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += values[i] as number;
    return sum;
  });
}

/** As `tf.tidy`, for a result that is no tensor. */
function inScope<T>(work: () => T): T {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}
