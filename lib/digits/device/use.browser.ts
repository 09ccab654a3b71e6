/** The engine in a browser: WebAssembly, whatever is asked for. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

import { messages } from '../language';
import type { Device, DeviceKind } from './device';
import { releaseUnreachable } from './release-unreachable';
import { wasmDevice } from './wasm';

export type { Device };

let isStarted = false;

/**
 * Starts WebAssembly. Its files are fetched from `wasm/`, beside the page or, in a worker, beside the
 * worker's script, unless whoever embeds the lesson has started it before.
 *
 * @param requested if it is another engine, `why` says what that takes.
 * @throws Error if the engine does not start, as without its files.
 */
export async function useDevice(requested?: DeviceKind): Promise<Device> {
  // A cell that is run again would leave its tensors behind.
  releaseUnreachable();
  if (!isStarted && tf.getBackend() !== 'wasm') {
    // After the first attempt TensorFlow.js takes no folder any more.
    setWasmPaths(folder());
    // Threads gain the lesson nothing. That build hands its own source on to its workers, too, which
    // no longer works once a bundler has made it smaller.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  }
  isStarted = true;
  if (!(await tf.setBackend('wasm'))) {
    // TensorFlow.js would go on with whatever it finds; by this one `fit` sees that none was started.
    await tf.setBackend('cpu');
    throw new Error(messages().device.wasmNotStarted(folder()));
  }
  // A browser does not tell which processor it is.
  const hardware = messages().device.cores(navigator.hardwareConcurrency);
  const { inBrowser, asked, onlyInBrowser } = messages().device.why;
  const why = requested === 'wasm' ? asked : requested ? onlyInBrowser : inBrowser;
  return wasmDevice(hardware, why);
}

/** Returns the folder of the engine's files; a worker that was made of a blob has no place beside which they could be. */
function folder(): string {
  try {
    return new URL('wasm/', globalThis.location.href).href;
  } catch {
    return 'wasm/';
  }
}
