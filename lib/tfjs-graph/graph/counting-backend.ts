import * as tf from '@tensorflow/tfjs';

/** A backend that counts who uses its tensors, as TensorFlow.js's engine expects, and computes nothing. */
export abstract class CountingBackend extends tf.KernelBackend {
  private readonly users = new WeakMap<tf.DataId, number>();

  /** Returns the id of a new tensor, which one uses. */
  hold(): tf.DataId {
    const dataId = {};
    this.users.set(dataId, 1);
    return dataId;
  }

  /** Says whether a tensor is still in use. */
  holds(dataId: tf.DataId): boolean {
    return this.refCount(dataId) > 0;
  }

  override async read(dataId: tf.DataId): Promise<tf.backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override refCount(dataId: tf.DataId): number {
    return this.users.get(dataId) ?? 0;
  }

  override incRef(dataId: tf.DataId): void {
    this.users.set(dataId, this.refCount(dataId) + 1);
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    this.users.set(dataId, force ? 0 : Math.max(0, this.refCount(dataId) - 1));
    return !this.holds(dataId);
  }
}
