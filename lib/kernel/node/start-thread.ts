import { dirname, join } from 'node:path';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

export const bundlePath = (program: string): string =>
  join(dirname(require.resolve('kernel/package.json')), 'dist', program);

/** Starts a worker thread from a bundle, with limits on the memory. */
export function startThread(
  program: string,
  workerData: unknown,
  transferList: TransferListItem[],
  resourceLimits: ResourceLimits,
): Worker {
  // Evaluate code instead of passing a path. A loader from `--import` would resolve the path in the cell
  // thread: a deadlock if the cell thread waits for this thread.
  const code = `require(${JSON.stringify(bundlePath(program))})`;
  return new Worker(code, { eval: true, workerData, transferList, resourceLimits });
}
