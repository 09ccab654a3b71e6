import * as tf from '@tensorflow/tfjs';
import { keepBytes } from 'tfjs-graph';
import type { Text } from '../language';
import { type Device, deviceOf } from './device';
import { transposeBeforeProducts } from './wasm-products';

/**
 * Starts the WebAssembly engine, whose package has been loaded.
 *
 * @throws WasmError where it does not start, as without its files.
 */
export async function startWasm(hardware: string, why: Text): Promise<Device> {
  transposeBeforeProducts();
  if (!(await tf.setBackend('wasm'))) throw new WasmError();
  keepBytes();
  const engine = `TensorFlow.js ${tf.version.tfjs}, WebAssembly`;
  return deviceOf({ kind: 'wasm', engine, hardware, why });
}

/** The WebAssembly engine does not start; TensorFlow.js has said why on the console. */
export class WasmError extends Error {}
