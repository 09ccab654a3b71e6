import * as tf from '@tensorflow/tfjs';
import { NotRecordableError } from '../errors';
import { Builder, fixed, type Tensor } from './ir';
import { lowerKernel } from './lower';
import { Memory } from './memory';
import { loadPrograms } from './program';
import { numbersOf } from './samples';

/** Kernels that are missing or wrong in the WebAssembly backend of version 4.22. */
const KERNELS = [
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

let isRegistered = false;

/**
 * Adds the WebAssembly backend's missing gradients of convolutions and embeddings, and corrects the gradients of
 * pooling, upsampling and 3D convolutions. Compiled steps call this function. Call it before computing gradients
 * yourself, or before training for too few steps to be compiled. A no-op without the WebAssembly backend.
 *
 * @example
 * registerMissingKernels();
 */
export function registerMissingKernels(): void {
  if (isRegistered || tf.getKernelsForBackend('wasm').length === 0) return;
  isRegistered = true;
  for (const name of KERNELS) setKernel(name);
}

/** Registers a compiled kernel, with the backend's own kernel as fallback for unsupported attributes. */
function setKernel(kernelName: string): void {
  const kernel = tf.getKernel(kernelName, 'wasm');
  const stock = kernel?.kernelFunc;
  /** Compiled kernels by shapes and attributes. */
  const compiled = new Map<string, ReturnType<typeof compile>>();
  const kernelFunc: tf.KernelFunc = call => {
    const { inputs, attrs = {} } = call;
    const all = Object.values(inputs) as tf.TensorInfo[];
    const key = JSON.stringify([all.map(({ shape }) => shape), attrs]);
    try {
      const run = compiled.get(key) ?? compile(kernelName, inputs, attrs);
      compiled.set(key, run);
      return run(all);
    } catch (error) {
      if (!stock || !(error instanceof NotRecordableError)) throw error;
      return stock(call);
    }
  };
  if (kernel) kernel.kernelFunc = kernelFunc;
  else tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

/** Compiles a kernel for inputs of these shapes. */
function compile(name: string, inputs: tf.NamedTensorInfoMap, attrs: object) {
  const builder = new Builder();
  const memory = new Memory();
  const locations = Object.values(inputs).map(info => fixed(info?.shape ?? []));
  const lowered = lowerKernel(name, Object.keys(inputs), locations, { ...attrs }, builder);
  const [result] = [lowered].flat() as [Tensor];
  const out = fixed(result.shape);
  builder.store(out, result);
  for (const { access } of [...locations, out]) memory.place(access.value);
  const [run] = loadPrograms(memory, [builder.steps]);
  return (all: readonly tf.TensorInfo[]): tf.Tensor => {
    // The inputs may be descriptions of tensors without methods.
    for (const [i, { access }] of locations.entries()) {
      memory.floats(access.value).set(numbersOf(all[i] as tf.Tensor));
    }
    run?.();
    return tf.tensor(memory.floats(out.access.value).slice(), [...result.shape]);
  };
}
