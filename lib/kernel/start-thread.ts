import { dirname, join } from 'node:path';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

/** Returns the path of a program of the kernel's: a file of `dist`. */
export const built = (program: string): string =>
  join(dirname(require.resolve('kernel/package.json')), 'dist', program);

/** Starts a thread of the kernel. Beyond its limits it is ended. */
export function startThread(
  program: string,
  workerData: unknown,
  transferList: TransferListItem[],
  resourceLimits: ResourceLimits,
): Worker {
  // Started by a line of code: to find a file, a loader given by --import may wait for the thread of the
  // cells, which may wait for this one.
  const code = `require(${JSON.stringify(built(program))})`;
  return new Worker(code, { eval: true, workerData, transferList, resourceLimits });
}
