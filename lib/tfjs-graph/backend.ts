/** Types of TensorFlow.js's native backend, including internal members. */
import * as tf from '@tensorflow/tfjs';

/** A tensor's id in the addon. */
export type TensorId = number;

/** An attribute of an op in the addon's format. */
export interface OpAttr {
  readonly name: string;
  /** An addon constant `TF_ATTR_…`. */
  readonly type: number;
  readonly value: unknown;
}

/** An output of an op. `dtype` is TensorFlow's type number. */
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

export interface NativeBackend extends tf.KernelBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  /** Returns the ids of tensors. Copies values from JavaScript to TensorFlow if necessary. */
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

/** Returns the native backend; undefined if another backend is current. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as NativeBackend) : undefined;
}

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
 * Returns whether the addon has this package's CPU ops. Tests for the newest op: TensorFlow.js's own addon lacks all
 * of them, an addon of an earlier version some.
 */
export function hasOwnOps({ binding, isUsingGpuDevice }: NativeBackend): boolean {
  if (isUsingGpuDevice) return false;
  try {
    binding.executeOp('SoftmaxSlopes', [], [], 1);
    return true;
  } catch (error) {
    // A known op fails because of missing inputs, an unknown op with the status NOT_FOUND.
    return !String(error).includes('TF_Status: 5');
  }
}
