import * as tf from '@tensorflow/tfjs';
import {
  conv2DBackpropFilter,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
} from './picture-gradients';

type Inputs<K extends string> = Readonly<Record<K, tf.Tensor>>;

/** Computes an operation of its inputs, by their names, and its attributes. */
type Compute = (inputs: never, attrs: never) => tf.Tensor;

/** The sums of the rows that belong to each segment: the gradient of an embedding. */
function unsortedSegmentSum(
  { x, segmentIds }: Inputs<'x' | 'segmentIds'>,
  { numSegments }: { readonly numSegments: number },
): tf.Tensor {
  const numbers = x.dataSync();
  const ids = segmentIds.dataSync();
  const row = numbers.length / Math.max(1, ids.length);
  const sums = new Float32Array(numSegments * row);
  ids.forEach((id, i) => {
    if (id < 0 || id >= numSegments) return;
    for (let k = 0; k < row; k++) {
      const place = id * row + k;
      sums[place] = (sums[place] ?? Number.NaN) + (numbers[i * row + k] ?? Number.NaN);
    }
  });
  return tf.tensor(sums, [numSegments, ...x.shape.slice(1)]);
}

const MISSING: Readonly<Record<string, Compute>> = {
  Conv2DBackpropFilter: conv2DBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  UnsortedSegmentSum: unsortedSegmentSum,
};

/** TensorFlow.js's engine in plain JavaScript, with what its public type leaves out. */
interface PlainBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
}

/** Returns a kernel of TensorFlow.js's engine in plain JavaScript: slower, and right. */
const cpuFallback =
  (kernelName: string) =>
  (inputs: Inputs<string>, attrs: tf.NamedAttrMap): tf.Tensor => {
    const backend = tf.findBackend('cpu') as PlainBackend;
    const infos = Object.entries(inputs).map(([name, tensor]) => {
      const { shape, dtype } = tensor;
      return [name, backend.makeTensorInfo(shape, dtype, tensor.dataSync())] as const;
    });
    const { kernelFunc } = tf.getKernel(kernelName, 'cpu');
    const output = kernelFunc({
      inputs: Object.fromEntries(infos),
      attrs,
      backend,
    }) as tf.TensorInfo;
    const { dataId, shape, dtype } = output;
    const values = backend.readSync(dataId) as tf.TypedArray;
    for (const [, info] of infos) backend.disposeData(info.dataId);
    backend.disposeData(dataId);
    return tf.tensor(values, shape, dtype);
  };

/**
 * What it has and computes wrongly, as of version 4.22: the maximum of numbers that are all negative,
 * the gradient of enlarged pictures behind the first of a batch, and that of 3D convolutions with strides.
 */
const WRONG: Readonly<Record<string, Compute>> = {
  MaxPoolGrad: maxPoolGrad,
  MaxPool3D: cpuFallback('MaxPool3D'),
  MaxPool3DGrad: cpuFallback('MaxPool3DGrad'),
  ResizeNearestNeighborGrad: cpuFallback('ResizeNearestNeighborGrad'),
  Conv3DBackpropInputV2: cpuFallback('Conv3DBackpropInputV2'),
  Conv3DBackpropFilterV2: cpuFallback('Conv3DBackpropFilterV2'),
};

let done = false;

/**
 * Gives the WebAssembly engine the gradients that it lacks, of convolutions and embeddings, and right
 * ones of pooling, enlarged pictures and 3D convolutions: then tfjs-layers can train them there.
 * {@link fit} does so by itself; it is to be called by who trains by `model.fit` or takes gradients.
 * Without that engine it does nothing.
 *
 * @example
 * registerMissingKernels();
 */
export function registerMissingKernels(): void {
  if (done || tf.getKernelsForBackend('wasm').length === 0) return;
  done = true;
  for (const [name, compute] of Object.entries(MISSING)) {
    if (!tf.getKernel(name, 'wasm')) setKernel(name, compute);
  }
  for (const [name, compute] of Object.entries(WRONG)) setKernel(name, compute);
}

/** Lets the WebAssembly engine compute an operation in this way. */
function setKernel(kernelName: string, compute: Compute): void {
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) =>
    tf.tidy(() => {
      const named = Object.entries(inputs).map(([name, info]) => [name, asTensor(info)]);
      return compute(Object.fromEntries(named) as never, (attrs ?? {}) as never);
    });
  const own = tf.getKernel(kernelName, 'wasm');
  if (own) own.kernelFunc = kernelFunc;
  else tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

/** Returns a tensor; a kernel may also be called with a mere description of one. */
function asTensor(info: tf.NamedTensorInfoMap[string]): tf.Tensor {
  if (info instanceof tf.Tensor) return info;
  return tf.engine().makeTensorFromTensorInfo(info as tf.TensorInfo);
}
