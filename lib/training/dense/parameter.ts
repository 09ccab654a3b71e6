import * as tf from '@tensorflow/tfjs';

/**
 * A variable of a layer with the optimizer's slots for it, held as plain numbers while they are
 * trained. A kernel is held with the units as rows, so that no product has to transpose it.
 */
export class Parameter {
  readonly values: Float32Array;
  readonly slots: readonly Float32Array[];
  private dataId: tf.DataId | undefined;

  constructor(
    private readonly variable: tf.Variable,
    private readonly slotVariables: readonly tf.Variable[],
  ) {
    this.values = new Float32Array(variable.size);
    this.slots = slotVariables.map(({ size }) => new Float32Array(size));
  }

  /** Takes over the variable's values, where they have changed since the last call. */
  load(): void {
    if (this.variable.dataId === this.dataId) return;
    this.values.set(turned(this.variable));
    this.slotVariables.forEach((slot, i) => {
      this.slots[i]?.set(turned(slot));
    });
    this.dataId = this.variable.dataId;
  }

  /** Gives the variables the values. */
  store(): void {
    tf.tidy(() => {
      assign(this.variable, this.values);
      this.slotVariables.forEach((slot, i) => {
        assign(slot, this.slots[i] as Float32Array);
      });
    });
    this.dataId = this.variable.dataId;
  }
}

/** The values of a tensor, a matrix's transposed. */
const turned = (tensor: tf.Tensor): Float32Array =>
  tf.tidy(() => (tensor.rank === 2 ? tensor.transpose() : tensor).dataSync() as Float32Array);

function assign(variable: tf.Variable, values: Float32Array): void {
  const [rows, columns] = variable.shape;
  const copy = values.slice();
  variable.assign(
    columns === undefined
      ? tf.tensor(copy, variable.shape)
      : tf.tensor2d(copy, [columns, rows as number]).transpose(),
  );
}
