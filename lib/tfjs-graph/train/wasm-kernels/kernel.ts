import * as tf from '@tensorflow/tfjs';

/** An operation written by others: its inputs by their names, and its attributes. */
export type Compute = (
  inputs: Readonly<Record<string, tf.Tensor>>,
  attrs: Readonly<Record<string, unknown>>,
) => tf.Tensor;

/** Lets the WebAssembly engine compute an operation in this way. */
export function setKernel(kernelName: string, compute: Compute): void {
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) =>
    tf.tidy(() => {
      const named = Object.entries(inputs).map(([name, info]) => [name, asTensor(info)]);
      return compute(Object.fromEntries(named), attrs ?? {});
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
