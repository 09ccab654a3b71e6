import * as tf from '@tensorflow/tfjs';
import { keepBytes, registerMissingKernels } from 'tfjs-graph';
import type { Text } from '../language';
import { type Device, deviceOf } from './device';
import { transposeBeforeProducts } from './wasm-products';

/** Makes the WebAssembly engine, which has been started, fit for the lesson, and tells of it. */
export function wasmDevice(hardware: string, why: Text): Device {
  transposeBeforeProducts();
  keepBytes();
  registerMissingKernels();
  const engine = `TensorFlow.js ${tf.version.tfjs}, WebAssembly`;
  return deviceOf({ kind: 'wasm', engine, hardware, why });
}
