import { NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { type Text, words } from './language';
import { type AnyArray, type Dtype, NdArray, sizeOf, type TypedArrays } from './nd-array';

/** By the third byte of an IDX file: its dtype, and how a value is read. */
const types = {
  0x08: ['uint8', Uint8Array, 'getUint8'],
  0x09: ['int8', Int8Array, 'getInt8'],
  0x0b: ['int16', Int16Array, 'getInt16'],
  0x0c: ['int32', Int32Array, 'getInt32'],
  0x0d: ['float32', Float32Array, 'getFloat32'],
  0x0e: ['float64', Float64Array, 'getFloat64'],
} as const;

interface IdxHeader {
  type: (typeof types)[keyof typeof types];
  dtype: Dtype;
  shape: number[];
  /** The offset at which the values begin, in bytes. */
  offset: number;
  /** Bytes of the whole file. Infinity if the shape is beyond all measure. */
  size: number;
}

/** Returns whether bytes begin as those of a gzip file do. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Reads an IDX header; undefined while `bytes` is a beginning of one. */
export function readIdxHeader(bytes: Uint8Array, file: string): IdxHeader | undefined {
  if (isGzip(bytes)) throw new NotIdxError(file, words.content.packed());
  if (bytes[0] || bytes[1]) throw new NotIdxError(file, startOf(bytes));
  const [, , third, rank] = bytes;
  if (third === undefined || rank === undefined) return undefined;
  const type = types[third as keyof typeof types];
  if (!type || rank === 0) throw new NotIdxError(file, startOf(bytes));
  const offset = 4 + 4 * rank;
  if (bytes.length < offset) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const [dtype, { BYTES_PER_ELEMENT }] = type;
  return { type, dtype, shape, offset, size: offset + sizeOf(shape) * BYTES_PER_ELEMENT };
}

/**
 * Reads an array in the IDX format, the format of the MNIST files: two zero bytes, a type, a rank,
 * a 32-bit length for each axis, then the values, all big-endian.
 *
 * One-byte types come as a view on `bytes`; wider ones are copied into the machine's byte order.
 * Lengths are checked against `bytes` before anything is allocated.
 *
 * @param bytes the whole file, unpacked
 * @param file what to call it in errors
 * @returns an array of any rank from 1 and any of the six dtypes
 * @throws NotIdxError | TruncatedError | WrongShapeError (bytes beyond what the header says)
 * @see http://yann.lecun.com/exdb/mnist/ for the format
 *
 * @example
 * const labels = readIdx(await readFile('train-labels-idx1-ubyte'));
 * labels.shape; // [60000]
 */
export function readIdx(bytes: Uint8Array, file = 'IDX'): AnyArray {
  const header = readIdxHeader(bytes, file);
  if (!header) throw new TruncatedError(file, 4 + 4 * (bytes[3] ?? 1), bytes.length);
  const { type, dtype, shape, offset, size } = header;
  if (bytes.length < size) throw new TruncatedError(file, size, bytes.length);
  if (bytes.length > size) {
    const form = `${dtype} [${shape.join(', ')}]`;
    const { bytesFor, bytesAlone } = words.content;
    throw new WrongShapeError(file, bytesFor(size, form), bytesAlone(bytes.length));
  }
  const values = valuesOf(type, bytes.subarray(offset));
  return new NdArray<number[], Dtype>(dtype, shape, values) as AnyArray;
}

/** Views values of one byte; copies wider ones, aligned and in the machine's byte order. */
function valuesOf([, Values, get]: IdxHeader['type'], bytes: Uint8Array): TypedArrays[Dtype] {
  const { buffer, byteOffset, length } = bytes;
  const size = Values.BYTES_PER_ELEMENT;
  if (size === 1) return new Values(buffer as ArrayBuffer, byteOffset, length);
  const view = new DataView(buffer, byteOffset, length);
  const values = new Values(length / size);
  for (let i = 0; i < values.length; i++) values[i] = view[get](i * size);
  return values;
}

/** Returns whether bytes begin as a web page does, which many servers send for what they do not have. */
export function isWebPage(bytes: Uint8Array): boolean {
  return /^(\xef\xbb\xbf)?\s*</.test(String.fromCharCode(...bytes.subarray(0, 64)));
}

function startOf(bytes: Uint8Array): Text {
  const hex = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, '0')).join('');
  return isWebPage(bytes) ? words.content.page() : words.content.bytes(hex);
}
