/** Lock files to serialize work between processes. */
import { mkdirSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText } from '../machine/read.mjs';
import { isAlive } from './watch-parent.mjs';

const PERIOD = 2_000;

/**
 * Runs `work` while holding the lock file. Takes over a stale lock: after five missed heartbeats or, if the owner has
 * ended, after two. Until then, the owner's guard may still end subprocesses.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(owner: number) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let hasNotified = false;
  while (!acquire(file)) {
    const owner = Number(readText(file));
    const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {};
    // After a change of the clock, a lock that nobody holds may lie in the future.
    const missed = Math.abs(Date.now() - mtimeMs) / PERIOD;
    const isOwned = owner > 0 && isAlive(owner);
    if (missed > (isOwned ? 5 : 2)) {
      rmSync(file, { force: true });
      continue;
    }
    if (isOwned && !hasNotified) onWait?.(owner);
    hasNotified ||= isOwned;
    await sleep(200);
  }
  const timer = setInterval(() => utimes(file, new Date(), new Date(), () => {}), PERIOD).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // A suspended owner may have lost the lock.
    if (readText(file) === String(process.pid)) rmSync(file, { force: true });
  }
}

function acquire(file) {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    rmSync(file, { force: true }); // a full disk leaves an empty lock file
    throw error;
  }
}
