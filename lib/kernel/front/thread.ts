/**
 * Runs as the front's thread: it hears ■, and that the kernel is to end, while a cell computes; and it ends
 * the kernel together with the process that has started it.
 */
import { workerData } from 'node:worker_threads';
import type { FrontData } from './cells-port';
import { readConnectionFile } from './connection-file';
import { Front } from './front';
import { log } from './log';
import { watchParent } from './parent';

const data = workerData as FrontData;

async function open(): Promise<void> {
  const front = new Front(data, readConnectionFile(data.connectionFile));
  watchParent(() => front.end());
  await front.open();
  // One request may go wrong, and the others are answered.
  process.on('uncaughtException', ({ stack }) => log(String(stack)));
}

open().catch(({ message }: Error) => {
  log(message);
  process.exit(1);
});
