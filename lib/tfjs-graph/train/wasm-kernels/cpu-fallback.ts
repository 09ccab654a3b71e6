import * as tf from '@tensorflow/tfjs';
import type { Compute } from './kernel';

/** TensorFlow.js's engine in plain JavaScript, with what its public type leaves out. */
interface PlainBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): tf.TensorInfo;
}

/** Returns a kernel of TensorFlow.js's engine in plain JavaScript: slower, and right. */
export const cpuFallback =
  (kernelName: string): Compute =>
  (inputs, attrs) => {
    const backend = tf.findBackend('cpu') as PlainBackend;
    const infos = Object.entries(inputs).map(([name, tensor]) => {
      const { shape, dtype } = tensor;
      return [name, backend.makeTensorInfo(shape, dtype, tensor.dataSync())] as const;
    });
    const { kernelFunc } = tf.getKernel(kernelName, 'cpu');
    const output = kernelFunc({
      inputs: Object.fromEntries(infos),
      attrs: attrs as tf.NamedAttrMap,
      backend,
    }) as tf.TensorInfo;
    const { dataId, shape, dtype } = output;
    const values = backend.readSync(dataId) as tf.TypedArray;
    for (const [, info] of infos) backend.disposeData(info.dataId);
    backend.disposeData(dataId);
    return tf.tensor(values, shape, dtype);
  };
