import * as tf from '@tensorflow/tfjs';
import type { Layer } from './layer';
import type { Matrix, Memory } from './memory';

export class Dropout implements Layer {
  readonly output: Matrix;
  readonly delta: Matrix;
  readonly weights = [];
  /** The factor of each number of the input, sample by sample. */
  private factors: Float32Array = new Float32Array(0);

  /**
   * @param rate of the numbers that become 0, above 0 and below 1.
   * @param seed starts its random numbers anew at each step; undefined for other numbers each time.
   */
  constructor(
    memory: Memory,
    private readonly input: Matrix,
    private readonly rate: number,
    private readonly seed: number | undefined,
  ) {
    this.output = memory.samples(input.rows, input.columns);
    this.delta = memory.samples(input.rows, input.columns);
  }

  forward(samples: number, training: boolean): void {
    if (training) this.factors = this.draw(samples);
    multiplyRows(this.input, training ? this.factors : undefined, samples, this.output);
  }

  backward(samples: number, deltaBelow: Matrix | undefined): void {
    if (deltaBelow) multiplyRows(this.delta, this.factors, samples, deltaBelow);
  }

  /** Draws factors as TensorFlow.js does, so that a seed gives the same. */
  private draw(samples: number): Float32Array {
    return tf.tidy(() => {
      const ones = tf.ones([samples, this.input.columns]);
      return tf.dropout(ones, this.rate, undefined, this.seed).dataSync() as Float32Array;
    });
  }
}

function multiplyRows(from: Matrix, factors: Float32Array | undefined, rows: number, to: Matrix) {
  const [source, target] = [from.values, to.values];
  for (let row = 0; row < rows; row++) {
    const [i, j, k] = [row * from.rowStride, row * to.rowStride, row * from.columns];
    for (let column = 0; column < from.columns; column++) {
      const factor = factors ? (factors[k + column] as number) : 1;
      target[j + column] = (source[i + column] as number) * factor;
    }
  }
}
