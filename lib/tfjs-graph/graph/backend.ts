/** The parts of TensorFlow.js's native backend that recording needs, which its own types leave out. */
import * as tf from '@tensorflow/tfjs';

/** The number by which the addon knows a tensor. */
export type TensorId = number;

/** An attribute of an op, as the backend hands it to the addon. */
export interface OpAttr {
  readonly name: string;
  /** One of the addon's `TF_ATTR_…` numbers. */
  readonly type: number;
  readonly value: unknown;
}

/** A tensor that an op produced; `dtype` is TensorFlow's number. */
export interface TensorMetadata {
  readonly id: TensorId;
  readonly shape: number[];
  readonly dtype: number;
}

export type Values = Float32Array | Int32Array | Uint8Array;

export interface Binding {
  createTensor(shape: readonly number[], dtype: number, values: Values): TensorId;
  deleteTensor(id: TensorId): void;
  tensorDataSync(id: TensorId): Values;
  executeOp(
    op: string,
    attrs: readonly OpAttr[],
    inputs: readonly TensorId[],
    outputs: number,
  ): TensorMetadata[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(session: number): void;
  runSavedModel(
    session: number,
    inputs: readonly TensorId[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[];
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_UINT8: number;
  readonly TF_RESOURCE: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** The backend, named `tensorflow`. */
export interface NativeBackend extends tf.KernelBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  /** Returns the ids of tensors; values that are still in JavaScript are handed to TensorFlow first. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): TensorId[];
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  executeSingleOutput(op: string, attrs: OpAttr[], inputs: tf.TensorInfo[]): tf.Tensor;
  executeMultipleOutputs(
    op: string,
    attrs: OpAttr[],
    inputs: tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
  getDTypeInteger(dtype: tf.DataType): number;
}

/** Returns the native backend; undefined while another one is in use. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as NativeBackend) : undefined;
}

/** Makes the attributes of ops. */
export class Attributes {
  readonly type = this.maker<number>('TF_ATTR_TYPE');
  readonly int = this.maker<number>('TF_ATTR_INT');
  readonly float = this.maker<number>('TF_ATTR_FLOAT');
  readonly bool = this.maker<boolean>('TF_ATTR_BOOL');
  readonly string = this.maker<string>('TF_ATTR_STRING');
  readonly shape = this.maker<readonly number[]>('TF_ATTR_SHAPE');

  constructor(protected readonly binding: Binding) {}

  private maker<T>(type: Extract<keyof Binding, `TF_ATTR_${string}`>) {
    return (name: string, value: T): OpAttr => ({ name, type: this.binding[type], value });
  }
}

/**
 * Says whether the addon has the ops that we add to it, which are the processor's, by the newest: one that others
 * have compiled lacks them all, one that we have compiled before some.
 */
export function hasOwnOps({ binding, isUsingGpuDevice }: NativeBackend): boolean {
  if (isUsingGpuDevice) return false;
  try {
    binding.executeOp('SoftmaxGradient', [], [], 1);
    return true;
  } catch (error) {
    // One that is known lacks its inputs; of another one, this says that it was not found.
    return !String(error).includes('TF_Status: 5');
  }
}
