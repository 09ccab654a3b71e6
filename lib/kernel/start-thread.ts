import { dirname, join } from 'node:path';
import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

/** Returns the path of a bundle in `dist`. */
export const bundlePath = (program: string): string =>
  join(dirname(require.resolve('kernel/package.json')), 'dist', program);

/** Starts a worker thread from a bundle. A thread that exceeds its limits is terminated. */
export function startThread(
  program: string,
  workerData: unknown,
  transferList: TransferListItem[],
  resourceLimits: ResourceLimits,
): Worker {
  // Evaluate code instead of passing a path. A loader from `--import` resolves paths in the cell thread, which
  // may wait for this thread: a deadlock.
  const code = `require(${JSON.stringify(bundlePath(program))})`;
  return new Worker(code, { eval: true, workerData, transferList, resourceLimits });
}
