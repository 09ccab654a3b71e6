import * as tf from '@tensorflow/tfjs';
import { NotRecordableError } from '../../errors';
import { Builder, fixed, type Tensor } from '../wasm/ir';
import { lowerKernel } from '../wasm/lower';
import { Memory } from '../wasm/memory';
import { loadPrograms } from '../wasm/program';
import { numbersOf } from '../wasm/samples';

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
 * Compiled steps call it. Call it before you take gradients, or train for too few steps to be compiled.
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
  const stock = own?.kernelFunc;
  /** By the shapes and attributes, of which a model has few. */
  const known = new Map<string, ReturnType<typeof compile>>();
  const kernelFunc: tf.KernelFunc = given => {
    const { inputs, attrs = {} } = given;
    const all = Object.values(inputs) as tf.TensorInfo[];
    const key = JSON.stringify([all.map(({ shape }) => shape), attrs]);
    try {
      const run = known.get(key) ?? compile(kernelName, inputs, attrs);
      known.set(key, run);
      return run(all);
    } catch (error) {
      if (!stock || !(error instanceof NotRecordableError)) throw error;
      return stock(given);
    }
  };
  if (own) own.kernelFunc = kernelFunc;
  else tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

function compile(name: string, inputs: tf.NamedTensorInfoMap, attrs: object) {
  const builder = new Builder();
  const memory = new Memory();
  const places = Object.values(inputs).map(info => fixed(info?.shape ?? []));
  const lowered = lowerKernel(name, Object.keys(inputs), places, { ...attrs }, builder);
  const [made] = [lowered].flat() as [Tensor];
  const out = fixed(made.shape);
  builder.store(out, made);
  for (const { access } of [...places, out]) memory.place(access.value);
  const [run] = loadPrograms(memory, [builder.steps]);
  return (all: readonly tf.TensorInfo[]): tf.Tensor => {
    // A kernel may also be called with mere descriptions of tensors.
    for (const [i, { access }] of places.entries()) {
      memory.floats(access.value).set(numbersOf(all[i] as tf.Tensor));
    }
    run?.();
    return tf.tensor(memory.floats(out.access.value).slice(), [...made.shape]);
  };
}
