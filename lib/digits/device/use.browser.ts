/** The engine in a browser: WebAssembly, whatever is asked for. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { messages } from '../language';
import type { Device, DeviceKind } from './device';
import { releaseUnreachable } from './release-unreachable';
import { startCpu } from './start-cpu';
import { wasmDevice } from './wasm';

export type { Device };

// TensorFlow.js accepts the folder only before the first attempt to start WebAssembly, which a cell may make.
setWasmPaths(folder());
// Threads gain the lesson nothing. That build also passes its own source to its workers, which fails once
// a bundler has minified the source.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
startCpu();

/** The pending start, which a second one would make fail: a cell may have called `useDevice` without `await`. */
let starting: Promise<boolean> | undefined;

/**
 * Starts WebAssembly. Its files are fetched from `wasm/`, next to the page or, in a worker, next to the
 * worker's script, unless the embedding page has started it before.
 *
 * @param requested if it is another engine, `why` says what that takes.
 * @throws Error if the engine does not start, as without its files.
 */
export async function useDevice(requested?: DeviceKind): Promise<Device> {
  // A cell that is run again would leave its tensors behind.
  releaseUnreachable();
  starting ??= tf.setBackend('wasm');
  const isStarted = await starting;
  starting = undefined;
  if (!isStarted) {
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
