/**
 * Runs as the front's thread: it hears ■, and that the kernel is to end, while a cell computes; and it ends
 * the kernel together with the process that has started it.
 */
import { workerData } from 'node:worker_threads';
import type { FrontData } from './cells-port';
import { readConnectionFile } from './connection-file';
import { Front } from './front';
import { watchParent } from './parent';

const data = workerData as FrontData;
const front = new Front(data, readConnectionFile(data.connectionFile));
watchParent(() => front.end());
front.open();
