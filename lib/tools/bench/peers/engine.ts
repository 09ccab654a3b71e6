/** TensorFlow.js as any program starts it: nothing set, no choice of threads. */
import 'tfjs-graph/graph/node-util';
import * as tf from '@tensorflow/tfjs';

/** Starts the native engine, on a processor or a card, or WebAssembly. */
export async function startEngine(engine: string | undefined): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL = '3';
  if (engine === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-node-gpu');
  await tf.setBackend(engine === 'wasm' ? 'wasm' : 'tensorflow');
}

/**
 * Checks that the engine runs that the row names.
 *
 * @throws Error where it is another.
 */
export function requireEngine(engine: string | undefined): void {
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean };
  const gpu = isUsingGpuDevice ? 'gpu' : 'native';
  const running = tf.getBackend() === 'tensorflow' ? gpu : tf.getBackend();
  if (running !== engine) throw new Error(`Expected the engine ${engine} but ${running} runs`);
}

/** The versions of TensorFlow.js, and of TensorFlow where it computes. */
export function engineVersions(): Record<string, string> {
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version: string } };
  return {
    'TensorFlow.js': tf.version.tfjs,
    ...(binding ? { TensorFlow: binding.TF_Version } : {}),
  };
}
