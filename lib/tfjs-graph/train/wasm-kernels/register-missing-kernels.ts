import * as tf from '@tensorflow/tfjs';
import { NotRecordableError } from '../../errors';
import { compiledKernel } from './compiled-kernel';

/** What it lacks, and what it, or also the engine in plain JavaScript, computes wrongly, as of version 4.22. */
const COMPILED = [
  'AvgPool3DGrad',
  'AvgPoolGrad',
  'Conv2DBackpropFilter',
  'Conv3DBackpropFilterV2',
  'Conv3DBackpropInputV2',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
  'MaxPool3D',
  'MaxPool3DGrad',
  'MaxPoolGrad',
  'ResizeNearestNeighborGrad',
  'UnsortedSegmentSum',
];

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
  for (const name of COMPILED) setKernel(name);
}

/** Lets the WebAssembly engine compute an operation as a compiled step does, if that knows it. */
function setKernel(kernelName: string): void {
  const own = tf.getKernel(kernelName, 'wasm');
  const [compute, stock] = [compiledKernel(kernelName), own?.kernelFunc];
  const kernelFunc: tf.KernelFunc = given => {
    try {
      return tf.tidy(() => {
        const named = Object.entries(given.inputs).map(([name, info]) => [name, asTensor(info)]);
        return compute(Object.fromEntries(named), given.attrs ?? {});
      });
    } catch (error) {
      if (!stock || !(error instanceof NotRecordableError)) throw error;
      return stock(given);
    }
  };
  if (own) own.kernelFunc = kernelFunc;
  else tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

/** Returns a tensor; a kernel may also be called with a mere description of one. */
function asTensor(info: tf.NamedTensorInfoMap[string]): tf.Tensor {
  if (info instanceof tf.Tensor) return info;
  return tf.engine().makeTensorFromTensorInfo(info as tf.TensorInfo);
}
