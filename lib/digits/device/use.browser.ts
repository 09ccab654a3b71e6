/** The engine in a browser: WebAssembly, whatever is asked for. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type Text, text } from '../language';
import { ASKED, type Device, type DeviceKind } from './device';
import { wasmDevice } from './wasm';

export type { Device };

let isStarted = false;

/**
 * Starts WebAssembly. Its files are fetched from `wasm/`, beside the page or, in a worker, beside the
 * worker's script, unless whoever embeds the lesson has started it before.
 *
 * @param requested where it is another engine, `why` says what that takes.
 * @throws Error where the engine does not start, as without its files.
 */
export async function useDevice(requested?: DeviceKind): Promise<Device> {
  if (!isStarted && tf.getBackend() !== 'wasm') prepare();
  isStarted = true;
  await start();
  return wasmDevice(cores(navigator.hardwareConcurrency), whyWasm(requested));
}

/** A browser does not tell which processor it is. */
const cores = (count: number): string =>
  text({ zh: `${count} 核`, en: count === 1 ? '1 core' : `${count} cores` });

/** Where the engine's files are; a worker that was made of a blob has no place beside which they could be. */
function folder(): string {
  try {
    return new URL('wasm/', globalThis.location.href).href;
  } catch {
    return 'wasm/';
  }
}

/** To be called before the first attempt, after which TensorFlow.js takes no folder any more. */
function prepare(): void {
  setWasmPaths(folder());
  // Threads gain the lesson nothing. That build hands its own source on to its workers, too, which no
  // longer works once a bundler has made it smaller.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
}

/** @throws Error where it does not start. */
async function start(): Promise<void> {
  if (await tf.setBackend('wasm')) return;
  // TensorFlow.js would go on with whatever it finds; by this one `fit` sees that none was started.
  await tf.setBackend('cpu');
  throw new Error(
    text({
      zh: `WebAssembly 引擎没有启动。它的文件应当在 ${folder()} 下面。请刷新网页再试；如果仍然不行，请联系网站的维护者检查这个文件夹。`,
      en: `The WebAssembly engine did not start. Its files should be under ${folder()}. Reload the page; if that does not help, ask the maintainer of the site to check that folder.`,
    }),
  );
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
    en: 'a browser offers no other engine; for the GPU or the native engine, install the lesson on a computer',
  };
}
