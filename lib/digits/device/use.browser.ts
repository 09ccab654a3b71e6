/** The engine in a browser is always WebAssembly. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { messages } from '../language';
import { prepareBeforeStart } from './before-start';
import type { Device, DeviceKind } from './device';
import { releaseUnreachable } from './release-unreachable';
import { wasmDevice } from './wasm';

export type { Device };

// TensorFlow.js accepts the folder only before the first start of WebAssembly, possibly by a cell.
setWasmPaths(folder());
// Threads do not speed up the lesson. The threaded build also passes its own source to workers, which fails
// after minification.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

prepareBeforeStart(useDevice);

/** The pending start, because a second start would make it fail. A cell may have called `useDevice` without `await`. */
let starting: Promise<boolean> | undefined;

/**
 * Starts WebAssembly, unless the embedding page has already started it. Loads the files from `wasm/`, next to
 * the page or the worker's script.
 *
 * @param requested for another engine, `why` explains its requirements.
 * @throws Error if the engine does not start, for example without its files.
 */
export async function useDevice(requested?: DeviceKind): Promise<Device> {
  // Avoids leaking tensors when a cell is executed again.
  releaseUnreachable();
  starting ??= tf.setBackend('wasm');
  const isStarted = await starting;
  starting = undefined;
  if (!isStarted) {
    // TensorFlow.js would continue with any available backend. `fit` recognizes this backend as not started.
    await tf.setBackend('cpu');
    throw new Error(messages().device.wasmNotStarted(folder()));
  }
  // Browsers do not reveal the processor.
  const hardware = messages().device.cores(navigator.hardwareConcurrency);
  const { inBrowser, asked, onlyInBrowser } = messages().device.why;
  const why = requested === 'wasm' ? asked : requested ? onlyInBrowser : inBrowser;
  return wasmDevice(hardware, why);
}

/** Returns the folder of the engine's files. A worker created from a blob has no base URL. */
function folder(): string {
  try {
    return new URL('wasm/', globalThis.location.href).href;
  } catch {
    return 'wasm/';
  }
}
