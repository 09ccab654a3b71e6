import * as tf from '@tensorflow/tfjs';
import { bytesOf, divide, isPending, samplesOf } from 'tfjs-graph';

type Bytes = NonNullable<ReturnType<typeof bytesOf>>;

/** Does on bytes what a kernel does; returns undefined to leave it to the kernel. */
type Pick = (bytes: Bytes, x: tf.TensorInfo, config: KernelConfig) => tf.TensorInfo | undefined;
type KernelConfig = Parameters<tf.KernelFunc>[0];

const { sizeFromShape, inferFromImplicitShape } = tf.util;

const same = ({ data, divisor }: Bytes, { shape }: tf.TensorInfo) =>
  divide({ data, shape }, divisor);

const PICKS: Readonly<Record<string, Pick>> = {
  Identity: same,
  Cast: (bytes, x, { attrs }) => (attrs?.dtype === x.dtype ? same(bytes, x) : undefined),
  Reshape({ data, divisor }, _x, { attrs }) {
    const { shape: asked } = attrs as { shape: number[] };
    if (!asked.includes(-1) && sizeFromShape(asked) !== data.length) return undefined;
    return divide({ data, shape: inferFromImplicitShape(asked, data.length) }, divisor);
  },
  ExpandDims({ data, divisor }, x, { attrs }) {
    const { dim } = attrs as { dim: number };
    const shape = [...x.shape];
    shape.splice(dim < 0 ? dim + shape.length + 1 : dim, 0, 1);
    return divide({ data, shape }, divisor);
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
    return divide({ data: picked, shape: [...indices.shape, ...sample] }, divisor);
  },
};

const done = new Set<string>();

/**
 * Lets tensors made by `divide` stay bytes while the backend in use, the native one or WebAssembly's,
 * only arranges or picks samples, for as long as no operation has asked for their values. To be called
 * once the backend is in use; again for another.
 */
export function keepBytes(): void {
  const backend = tf.getBackend();
  if (done.has(backend)) return;
  done.add(backend);
  for (const [name, pick] of Object.entries(PICKS)) {
    const kernel = tf.getKernel(name, backend);
    const { kernelFunc } = kernel;
    kernel.kernelFunc = config => {
      const x = (config.inputs.x ?? config.inputs.input) as tf.TensorInfo;
      const bytes = isPending(x) ? bytesOf(x) : undefined;
      return (bytes && pick(bytes, x, config)) ?? kernelFunc(config);
    };
  }
}
