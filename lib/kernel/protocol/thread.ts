/**
 * Runs the protocol server in a thread of its own: it hears ■, and that the kernel is to end, while a cell
 * computes; and it ends the kernel together with the process that has started it.
 */
import { workerData } from 'node:worker_threads';
import type { ServerData } from '../worker-messages';
import { readConnectionFile } from './connection-file';
import { log } from './log';
import { ProtocolServer } from './protocol-server';

const data = workerData as ServerData;

async function open(): Promise<void> {
  const server = new ProtocolServer(data, readConnectionFile(data.connectionFile));
  watchParent(() => server.end());
  await server.open();
  // One request may go wrong, and the others are answered.
  process.on('uncaughtException', ({ stack }) => log(String(stack)));
}

/** Milliseconds between two looks whether the parent is there. */
const LOOK = 500;

/**
 * Calls `end` once the process is gone that has started the kernel. A kernel that is to outlive it is
 * started without `JPY_PARENT_PID`.
 */
function watchParent(end: () => void): void {
  const { ppid: parent, env } = process;
  if (!env.JPY_PARENT_PID) return;
  // On Windows it is the number of a handle.
  const named = process.platform === 'win32' ? parent : Number(env.JPY_PARENT_PID);
  setInterval(() => {
    // Where a parent has ended, Linux and macOS name another one; Windows goes on to name it.
    if (process.ppid !== parent || !lives(named)) end();
  }, LOOK).unref();
}

function lives(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

open().catch(({ message }: Error) => {
  log(message);
  process.exit(1);
});
