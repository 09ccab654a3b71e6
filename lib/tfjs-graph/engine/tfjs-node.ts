/** What `@tensorflow/tfjs-node` does when it is imported, with an addon from elsewhere: a bundle of its own. */
import '../graph/node-util';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-node-gpu/dist/register_all_kernels';
import { ProgbarLogger } from '@tensorflow/tfjs-node-gpu/dist/callbacks';
import { nodeFileSystemRouter } from '@tensorflow/tfjs-node-gpu/dist/io/file_system';
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

/** Before WebAssembly's, as there. */
const PRIORITY = 3;

/** @param start loads the addon, once an engine is needed. */
export function register(start: () => object): void {
  const make = () => new NodeJSKernelBackend(start() as never, '@tensorflow/tfjs-node');
  tf.registerBackend('tensorflow', make as never, PRIORITY);
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  tf.registerCallbackConstructor(1, ProgbarLogger as never);
}
