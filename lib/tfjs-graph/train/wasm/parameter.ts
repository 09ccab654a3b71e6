import * as tf from '@tensorflow/tfjs';
import type { Matrix } from './matrix';

/** A variable, and the place of its values while they are trained. */
export class Parameter {
  private dataId: tf.DataId | undefined;

  constructor(
    private readonly variable: tf.Variable,
    readonly place: Matrix,
  ) {}

  /** Takes over the variable's values, where they have changed since the last call. */
  load(): void {
    const { variable } = this;
    if (variable.dataId === this.dataId) return;
    this.place.write(variable.dataSync() as Float32Array);
    this.dataId = variable.dataId;
  }

  /** Gives the variable the values. */
  store(): void {
    const { variable } = this;
    tf.tidy(() => variable.assign(tf.tensor(this.place.read(), variable.shape)));
    this.dataId = variable.dataId;
  }
}
