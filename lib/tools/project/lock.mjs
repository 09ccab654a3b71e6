/** One process at a time that writes to one place. */
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
import { lastToEnd } from './guard.mjs';
import { lives } from './watch-parent.mjs';

const beat = 2_000;

/**
 * Runs `work` while holding the lock file. Takes over a lock whose process has ended, with all that it had
 * started, or that has given no sign of life for five beats.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(holder: number | undefined) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let told = false;
  while (!take(file)) {
    if (stale(file)) {
      setAside(file);
    } else {
      if (!told) onWait?.(holders(file)[0]);
      told = true;
      await sleep(200);
    }
  }
  const alive = setInterval(() => utimes(file, new Date(), new Date(), () => {}), beat).unref();
  try {
    return await work();
  } finally {
    clearInterval(alive);
    rmSync(file, { force: true });
  }
}

function take(file) {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${process.pid} ${lastToEnd()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    rmSync(file, { force: true }); // on a full disk it is there, and empty
    throw error;
  }
}

/** Returns the process that holds it, and the one that outlives what that has started. */
function holders(file) {
  try {
    return readFileSync(file, 'utf8').split(' ').map(Number);
  } catch {
    return [];
  }
}

function stale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > 5 * beat) return true;
  } catch {
    return false; // it has just been given back
  }
  const pids = holders(file);
  return Boolean(pids[0]) && !pids.some(lives);
}

// Renamed first: of two processes that find it stale, only one can do so.
function setAside(file) {
  try {
    renameSync(file, `${file}.${process.pid}`);
    rmSync(`${file}.${process.pid}`);
  } catch {}
}
