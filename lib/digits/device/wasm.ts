import * as tf from '@tensorflow/tfjs';
import { registerMissingKernels } from 'tfjs-graph';
import { type Device, deviceOf } from './device';

/** Prepares the started WebAssembly engine for the lesson, and describes it. */
export function wasmDevice(hardware: string, why: string): Device {
  transposeBeforeProducts();
  registerMissingKernels();
  const engine = `TensorFlow.js ${tf.version.tfjs}, WebAssembly`;
  return deviceOf({ kind: 'wasm', engine, hardware, why });
}

/** Arguments of a matrix product's kernel. */
interface Product {
  readonly inputs: { a: tf.TensorInfo; b: tf.TensorInfo };
  readonly attrs: { transposeA: boolean; transposeB: boolean };
  readonly backend: tf.KernelBackend;
}

let done = false;

/**
 * Makes the WebAssembly engine transpose operands before products. Its optimized library supports only plain
 * operands; the engine's own loop for transposed operands takes 3.7 ms where transposing and multiplying take
 * 0.3 ms (64 × 784 × 128).
 */
function transposeBeforeProducts(): void {
  if (done) return;
  done = true;
  for (const name of ['BatchMatMul', '_FusedMatMul'] as const) {
    const kernel = tf.getKernel(name, 'wasm');
    const multiply = kernel.kernelFunc;
    kernel.kernelFunc = args => {
      const { inputs, attrs, backend } = args as unknown as Product;
      const { transposeA, transposeB } = attrs;
      const a = transposeA ? transposed(inputs.a, backend) : inputs.a;
      const b = transposeB ? transposed(inputs.b, backend) : inputs.b;
      const plain = { ...attrs, transposeA: false, transposeB: false };
      const product = multiply({ ...args, inputs: { ...inputs, a, b }, attrs: plain });
      if (transposeA) backend.disposeData(a.dataId);
      if (transposeB) backend.disposeData(b.dataId);
      return product;
    };
  }
}

/** Swaps the last two axes of a matrix or of a batch of matrices. */
function transposed(x: tf.TensorInfo, backend: tf.KernelBackend): tf.TensorInfo {
  const perm = x.shape.map((_, i) => i);
  perm.push(...perm.splice(-2).reverse());
  const { kernelFunc } = tf.getKernel('Transpose', 'wasm');
  return kernelFunc({ inputs: { x }, attrs: { perm }, backend }) as tf.TensorInfo;
}
