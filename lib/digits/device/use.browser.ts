/** The engine in a browser: WebAssembly, whatever is asked for. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type Text, text } from '../language';
import { ASKED, type Device, type DeviceKind } from './device';
import { startWasm, WasmError } from './wasm';

export type { Device };

let isPrepared = false;

/**
 * Starts WebAssembly. Its files are fetched from `wasm/`, beside the page or, in a worker, beside the
 * worker's script, unless whoever embeds the lesson has started it before.
 *
 * @param requested where it is another engine, `why` says what that takes.
 */
export async function useDevice(requested?: DeviceKind): Promise<Device> {
  const folder = tf.getBackend() === 'wasm' ? undefined : prepare();
  const hardware = `CPU × ${navigator.hardwareConcurrency}`;
  try {
    return await startWasm(hardware, whyWasm(requested));
  } catch (cause) {
    if (!(cause instanceof WasmError)) throw cause;
    throw Object.assign(new Error(text(notStarted(folder)), { cause }), { name: 'WasmError' });
  }
}

/** Says where the engine's files are; TensorFlow.js can be told only before the first attempt. */
function prepare(): string {
  const folder = new URL('wasm/', globalThis.location.href).href;
  if (isPrepared) return folder;
  isPrepared = true;
  setWasmPaths(folder);
  // Threads gain the lesson nothing. That build hands its own source on to its workers, too, which no
  // longer works once a bundler has made it smaller.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  return folder;
}

function whyWasm(requested: DeviceKind | undefined): Text {
  if (requested === undefined)
    return {
      zh: '课程在浏览器里运行，什么都不用安装',
      en: 'the lesson runs in the browser, with nothing installed',
    };
  if (requested === 'wasm') return ASKED;
  return {
    zh: '浏览器里只有 WebAssembly；要用 GPU 或原生引擎，请把课程安装到电脑上',
    en: 'there is nothing else in a browser; for the GPU or the native engine, install the lesson on a computer',
  };
}

const notStarted = (folder: string | undefined): Text => ({
  zh: `WebAssembly 引擎没有启动。它的文件应当在 ${folder} 下面。请重新载入网页再试；如果仍然这样，请网站的维护者检查这个文件夹。`,
  en: `The WebAssembly engine did not start. Its files are expected below ${folder}. Load the page again; if that changes nothing, have whoever keeps the site look at that folder.`,
});
