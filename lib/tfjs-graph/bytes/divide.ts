import * as tf from '@tensorflow/tfjs';
import {
  type ByteArray,
  bytesOf,
  byteTensor,
  isPending,
  range,
  samplesOf,
  type TensorOf,
} from './byte-tensor';

type Bytes = NonNullable<ReturnType<typeof bytesOf>>;

/** A kernel for tensors stored as bytes. Returns undefined to run the backend's kernel instead. */
type ByteKernel = (
  bytes: Bytes,
  x: tf.TensorInfo,
  config: KernelConfig,
) => tf.TensorInfo | undefined;
type KernelConfig = Parameters<tf.KernelFunc>[0];

const { sizeFromShape, inferFromImplicitShape } = tf.util;

const same = ({ data, divisor }: Bytes, { shape }: tf.TensorInfo) =>
  byteTensor({ data, shape }, divisor);

const BYTE_KERNELS: Readonly<Record<string, ByteKernel>> = {
  Identity: same,
  Cast: (bytes, x, { attrs }) => (attrs?.dtype === x.dtype ? same(bytes, x) : undefined),
  Reshape({ data, divisor }, _x, { attrs }) {
    const { shape } = attrs as { shape: number[] };
    if (!shape.includes(-1) && sizeFromShape(shape) !== data.length) return undefined;
    return byteTensor({ data, shape: inferFromImplicitShape(shape, data.length) }, divisor);
  },
  ExpandDims({ data, divisor }, x, { attrs }) {
    const { dim } = attrs as { dim: number };
    const shape = [...x.shape];
    shape.splice(dim < 0 ? dim + shape.length + 1 : dim, 0, 1);
    return byteTensor({ data, shape }, divisor);
  },
  Slice(_bytes, x, { attrs }) {
    const { begin, size } = attrs as { begin: number[]; size: number[] };
    const { parseSliceParams } = tf.backend_util.slice_util;
    const [[start = 0] = [], lengths = []] = parseSliceParams(x as tf.Tensor, begin, size);
    const sample = x.shape.slice(1);
    const [count = 0, ...rest] = lengths;
    if (rest.some((length, i) => length !== sample[i])) return undefined;
    if (start + count > (x.shape[0] ?? 0)) return undefined;
    return samplesOf(x as tf.Tensor, start, count);
  },
  GatherV2({ data, divisor }, x, { inputs, attrs, backend }) {
    const { axis, batchDims } = attrs as { axis: number; batchDims: number };
    const indices = inputs.indices as tf.TensorInfo;
    const [length = 0, ...sample] = x.shape;
    const rows = Array.from((backend as tf.KernelBackend).readSync(indices.dataId) as Int32Array);
    if (axis !== 0 || batchDims !== 0 || rows.some(row => row < 0 || row >= length)) {
      return undefined;
    }
    const stride = sizeFromShape(sample);
    const picked = new Uint8Array(rows.length * stride);
    rows.forEach((row, i) => {
      picked.set(data.subarray(row * stride, (row + 1) * stride), i * stride);
    });
    return byteTensor({ data: picked, shape: [...indices.shape, ...sample] }, divisor);
  },
  Min: (_bytes, x, { attrs }) =>
    isOverall(attrs) ? tf.scalar(range(x as tf.Tensor)[0]) : undefined,
  Max: (_bytes, x, { attrs }) =>
    isOverall(attrs) ? tf.scalar(range(x as tf.Tensor)[1]) : undefined,
};

/** Returns whether a reduction gives one number. */
function isOverall(attrs: KernelConfig['attrs']): boolean {
  const { axis, reductionIndices, keepDims } = attrs as Record<string, unknown>;
  return (axis ?? reductionIndices ?? keepDims ?? false) === false;
}

const done = new Set<string>();

/** Patches the current backend's kernels, so that reshaping and selecting samples does not convert bytes to floats. */
function patchKernels(): void {
  const backend = tf.getBackend();
  if (done.has(backend)) return;
  done.add(backend);
  for (const [name, byteKernel] of Object.entries(BYTE_KERNELS)) {
    const kernel = tf.getKernel(name, backend);
    if (!kernel) continue;
    const { kernelFunc } = kernel;
    kernel.kernelFunc = config => {
      const x = (config.inputs.x ?? config.inputs.input) as tf.TensorInfo;
      const bytes = isPending(x) ? bytesOf(x) : undefined;
      return (bytes && byteKernel(bytes, x, config)) ?? kernelFunc(config);
    };
  }
}

/**
 * Divides bytes by a number, as `data.astype('float32') / 255` does in NumPy.
 *
 * The tensor is float32 for whoever uses it. On the native engine and on WebAssembly it keeps the
 * bytes, a quarter of the memory, until an operation asks for its values. Training and measuring by
 * compiled steps never do: they divide batch by batch; nor do `reshape`, `gather` and slices of samples,
 * which stay bytes too, and `min` and `max` of all values.
 *
 * @param array bytes with a shape, such as images `[60000, 28, 28]`, values 0 to 255
 * @param divisor a finite number other than 0
 * @returns a float32 tensor of the same shape, with values 0 to 1 for a divisor of 255
 * @throws InputError if the divisor is 0 or not finite
 * @throws Error if the number of bytes differs from the shape's size
 * @example
 * const x = divide({ data: Uint8Array.of(0, 51, 255), shape: [3] }, 255);
 * x.dtype; // 'float32'
 * x.max().arraySync(); // 1
 */
export function divide<S extends readonly number[]>(
  array: ByteArray<S>,
  divisor: number,
): TensorOf<S> {
  patchKernels();
  return byteTensor(array, divisor);
}
