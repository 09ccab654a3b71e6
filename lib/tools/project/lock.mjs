/** Lock files to serialize work between processes. */
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardPid } from './guard.mjs';
import { isAlive } from './watch-parent.mjs';

const PERIOD = 2_000;

/**
 * Runs `work` while holding the lock file. Takes over a stale lock: after the end of the owner and all subprocesses,
 * or after five missed heartbeats.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(holder: number | undefined) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let hasNotified = false;
  while (!acquire(file)) {
    if (isStale(file)) {
      removeStale(file);
    } else {
      if (!hasNotified) onWait?.(holderPids(file)[0]);
      hasNotified = true;
      await sleep(200);
    }
  }
  const timer = setInterval(() => utimes(file, new Date(), new Date(), () => {}), PERIOD).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    rmSync(file, { force: true });
  }
}

function acquire(file) {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${process.pid} ${guardPid()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    rmSync(file, { force: true }); // a full disk leaves an empty lock file
    throw error;
  }
}

/** Returns the process ids of the lock's owner and of the owner's guard. */
function holderPids(file) {
  try {
    return readFileSync(file, 'utf8').split(' ').map(Number);
  } catch {
    return [];
  }
}

function isStale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > 5 * PERIOD) return true;
  } catch {
    return false; // the owner has just released the lock
  }
  const pids = holderPids(file);
  return Boolean(pids[0]) && !pids.some(isAlive);
}

// Rename first: of two processes with the same stale lock, only one succeeds.
function removeStale(file) {
  try {
    renameSync(file, `${file}.${process.pid}`);
    rmSync(`${file}.${process.pid}`);
  } catch {}
}
