import { endianness } from 'node:os';
import { NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { type AnyArray, type Dtype, NdArray, sizeOf, type TypedArrays } from './nd-array';

/** By the third byte of an IDX file: its dtype, and the bytes of a value. */
const dtypes: Record<number, { dtype: Dtype; bytes: number }> = {
  0x08: { dtype: 'uint8', bytes: 1 },
  0x09: { dtype: 'int8', bytes: 1 },
  0x0b: { dtype: 'int16', bytes: 2 },
  0x0c: { dtype: 'int32', bytes: 4 },
  0x0d: { dtype: 'float32', bytes: 4 },
  0x0e: { dtype: 'float64', bytes: 8 },
};

export interface IdxHeader {
  dtype: Dtype;
  shape: number[];
  /** Where the values begin. */
  offset: number;
  /** Bytes of the whole file. Infinity where the shape is beyond all measure. */
  size: number;
}

/** Tells whether bytes begin as those of a gzip file do. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Reads an IDX header; undefined while `bytes` is a beginning of one.
 *
 * @throws NotIdxError when no further bytes could make it one
 */
export function readIdxHeader(bytes: Uint8Array, file: string): IdxHeader | undefined {
  if (isGzip(bytes)) {
    throw new NotIdxError(file, { en: 'gzip: unpack it first', zh: ' gzip 压缩数据：请先解压' });
  }
  if (bytes[0] || bytes[1]) throw new NotIdxError(file, startOf(bytes));
  const [, , type, rank] = bytes;
  if (type === undefined || rank === undefined) return undefined;
  const kind = dtypes[type];
  if (!kind || rank === 0) throw new NotIdxError(file, startOf(bytes));
  const offset = 4 + 4 * rank;
  if (bytes.length < offset) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { dtype: kind.dtype, shape, offset, size: offset + sizeOf(shape) * kind.bytes };
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
  const { dtype, shape, offset, size } = header;
  if (bytes.length < size) throw new TruncatedError(file, size, bytes.length);
  if (bytes.length > size) {
    const form = `${dtype} [${shape.join(', ')}]`;
    throw new WrongShapeError(
      file,
      { en: `${size} bytes for ${form}`, zh: `${form} 的 ${size} 字节` },
      { en: `${bytes.length} bytes`, zh: `${bytes.length} 字节` },
    );
  }
  const values = decoders[dtype](bytes.subarray(offset));
  return new NdArray<number[], Dtype>(dtype, shape, values) as AnyArray;
}

const decoders: { [D in Dtype]: (bytes: Uint8Array) => TypedArrays[D] } = {
  uint8: bytes => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  int8: bytes => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  int16: bytes => new Int16Array(native(bytes, 'swap16')),
  int32: bytes => new Int32Array(native(bytes, 'swap32')),
  float32: bytes => new Float32Array(native(bytes, 'swap32')),
  float64: bytes => new Float64Array(native(bytes, 'swap64')),
};

/** Copies values, aligned and in the machine's byte order. */
function native(bytes: Uint8Array, swap: 'swap16' | 'swap32' | 'swap64'): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  if (endianness() === 'LE') Buffer.from(copy)[swap]();
  return copy;
}

function startOf(bytes: Uint8Array) {
  if (/^\s*</.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))) {
    return { en: 'a web page', zh: '网页' };
  }
  const hex = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return { en: `bytes that start with ${hex} (hex)`, zh: `以十六进制 ${hex} 开头的内容` };
}
