import { dirname, join } from 'node:path';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

const built = join(dirname(require.resolve('kernel/package.json')), 'dist');

/**
 * Starts a thread of the kernel.
 *
 * @param name the file of its program in `dist`.
 * @param workerData what the program is given.
 * @param transferList what of it moves there.
 * @param limits the memory beyond which the thread is ended.
 */
export function startThread(
  name: string,
  workerData: unknown,
  transferList: readonly TransferListItem[],
  limits: ResourceLimits,
): Worker {
  // Started by a line of code: to find a file, a loader given by --import may wait for the thread of the
  // cells, which may wait for this one.
  return new Worker(`require(${JSON.stringify(join(built, name))})`, {
    eval: true,
    workerData,
    transferList: [...transferList],
    resourceLimits: limits,
  });
}
