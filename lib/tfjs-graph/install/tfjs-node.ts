/** Like importing `@tensorflow/tfjs-node`, but with a given addon. Built as a separate bundle. */
import '../native/node-util';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-node-gpu/dist/register_all_kernels';
import { ProgbarLogger } from '@tensorflow/tfjs-node-gpu/dist/callbacks';
import { nodeFileSystemRouter } from '@tensorflow/tfjs-node-gpu/dist/io/file_system';
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

/** Same as in `@tensorflow/tfjs-node`; higher than WebAssembly's. */
const PRIORITY = 3;

/** @param load returns the addon. Called when the backend is first needed. */
export function register(load: () => object): void {
  const create = () => new NodeJSKernelBackend(load() as never, '@tensorflow/tfjs-node');
  tf.registerBackend('tensorflow', create as never, PRIORITY);
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  tf.registerCallbackConstructor(1, ProgbarLogger as never);
}
