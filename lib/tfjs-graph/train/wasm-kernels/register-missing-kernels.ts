import * as tf from '@tensorflow/tfjs';
import { cpuFallback } from './cpu-fallback';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-backprop';
import { type Compute, setKernel } from './kernel';
import { conv2DBackpropFilter, maxPoolGrad } from './picture-gradients';
import { unsortedSegmentSum } from './unsorted-segment-sum';

const MISSING: Readonly<Record<string, Compute>> = {
  Conv2DBackpropFilter: conv2DBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  UnsortedSegmentSum: unsortedSegmentSum,
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
