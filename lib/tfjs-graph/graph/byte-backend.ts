import * as tf from '@tensorflow/tfjs';

/** The content of a tensor that holds bytes: `data / divisor`. */
export interface Bytes {
  readonly data: Uint8Array;
  readonly divisor: number;
}

/** Known for tensors that are still bytes, and for those that were. */
const known = new WeakMap<tf.DataId, Bytes>();

/**
 * Returns the bytes that a tensor is made of, also once an operation has asked for its values.
 *
 * @param tensor any, of any shape and dtype.
 * @returns the data and the divisor that `divide` was given; undefined for any other tensor.
 * @example
 * const x = divide({ data: Uint8Array.of(0, 255), shape: [2] }, 255);
 * bytesOf(x).divisor; // 255
 * bytesOf(tf.zeros([2])); // undefined
 */
export const bytesOf = (tensor: tf.TensorInfo): Bytes | undefined => known.get(tensor.dataId);

/**
 * Holds what `divide` makes, for as long as no operation has asked for its values. When one does, the
 * engine moves them from the backend that has them to its own, as it does with tensors made before
 * another backend was chosen: they are divided then. To read them here moves nothing.
 *
 * That goes well with the native and the WebAssembly backend, which look for the data of each tensor
 * that they are given. Those in JavaScript and WebGL do not where they only give a tensor another
 * shape, and would lose count of who uses the data.
 */
class ByteBackend extends tf.KernelBackend {
  /** The number of tensors that share data. */
  private readonly shared = new WeakMap<tf.DataId, number>();

  /** Returns the id by which the engine knows the bytes. */
  hold(bytes: Bytes): tf.DataId {
    const dataId = {};
    known.set(dataId, bytes);
    this.shared.set(dataId, 1);
    return dataId;
  }

  holds(dataId: tf.DataId): boolean {
    return this.shared.has(dataId);
  }

  override readSync(dataId: tf.DataId): Float32Array {
    const bytes = known.get(dataId);
    if (!bytes) throw new Error('Expected the data to be held as bytes');
    return divided(bytes);
  }

  override async read(dataId: tf.DataId): Promise<Float32Array> {
    return this.readSync(dataId);
  }

  override refCount(dataId: tf.DataId): number {
    return this.shared.get(dataId) ?? 0;
  }

  override incRef(dataId: tf.DataId): void {
    this.shared.set(dataId, this.refCount(dataId) + 1);
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    const left = this.refCount(dataId) - 1;
    if (left > 0 && !force) {
      this.shared.set(dataId, left);
      return false;
    }
    this.shared.delete(dataId);
    return true;
  }
}

export const byteBackend = new ByteBackend();

const tables = new Map<number, Float32Array>();

/** Returns the quotients of the 256 bytes by a number. */
export function quotientsOf(divisor: number): Float32Array {
  const known = tables.get(divisor);
  if (known) return known;
  const made = Float32Array.from({ length: 256 }, (_, value) => value / divisor);
  // Few divisors are ever in use, and no more of them are kept.
  if (tables.size >= 8) tables.clear();
  tables.set(divisor, made);
  return made;
}

/**
 * Returns the floats that bytes stand for, by a table of the quotients: `Float32Array.from(data, …)` takes
 * twenty times as long.
 *
 * @param values where to write them, of the same length; a new array by default.
 * @example
 * Array.from(divided({ data: Uint8Array.of(0, 255), divisor: 255 })); // [0, 1]
 */
export function divided(
  { data, divisor }: Bytes,
  values = new Float32Array(data.length),
): Float32Array {
  const quotients = quotientsOf(divisor);
  for (let i = 0; i < data.length; i++) values[i] = quotients[data[i] as number] as number;
  return values;
}
