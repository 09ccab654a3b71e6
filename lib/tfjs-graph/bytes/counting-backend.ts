import * as tf from '@tensorflow/tfjs';

/** A backend with the reference counts that TensorFlow.js expects, but without kernels. */
export abstract class CountingBackend extends tf.KernelBackend {
  private readonly counts = new WeakMap<tf.DataId, number>();

  /** Returns the data id of a new tensor with a reference count of 1. */
  hold(): tf.DataId {
    const dataId = {};
    this.counts.set(dataId, 1);
    return dataId;
  }

  /** Returns whether the reference count is positive. */
  holds(dataId: tf.DataId): boolean {
    return this.refCount(dataId) > 0;
  }

  override async read(dataId: tf.DataId): Promise<tf.backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override refCount(dataId: tf.DataId): number {
    return this.counts.get(dataId) ?? 0;
  }

  override incRef(dataId: tf.DataId): void {
    this.counts.set(dataId, this.refCount(dataId) + 1);
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    this.counts.set(dataId, force ? 0 : Math.max(0, this.refCount(dataId) - 1));
    return !this.holds(dataId);
  }
}
