import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

/**
 * Starts a thread whose program is TypeScript.
 *
 * @param workerData what the program is given.
 * @param transferList what of it moves there.
 * @param limits the memory beyond which the thread is ended.
 */
export function startThread(
  file: string,
  workerData: unknown,
  transferList: readonly TransferListItem[],
  limits: ResourceLimits,
): Worker {
  // Started by a line of code: to find a file, a loader given by --import may wait for the thread of the
  // cells, which may wait for this one.
  return new Worker(`require(${JSON.stringify(file)})`, {
    eval: true,
    workerData,
    transferList: [...transferList],
    execArgv: ['--require', require.resolve('digits/register.cjs')],
    resourceLimits: limits,
  });
}
