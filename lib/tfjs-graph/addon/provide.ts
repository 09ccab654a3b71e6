/** Fetches TensorFlow's libraries into the cache. */
import { createHash } from 'node:crypto';
import {
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
import { cacheFolder, folderOf, isCached, type Part, type Wheel } from './cache';
import { addressOf, indexUrl, partOf, patience, shown } from './pypi';

/** Called once for each percent that has come, of how many megabytes. */
type OnProgress = (percent: number, megabytes: number) => void;

const TRIES = 5;

/**
 * Fetches files of a wheel, unless they are there. Whoever else does so is waited for.
 *
 * @returns their folder
 * @throws Error if they cannot be had.
 */
export async function provide(wheel: Wheel, onProgress: OnProgress = () => {}): Promise<string> {
  const folder = folderOf(wheel);
  // Also from a cache in which nobody may write a lock.
  if (isCached(wheel)) return folder;
  const half = `${folder}.half`;
  try {
    const unlock = await lock(`${folder}.lock`);
    try {
      if (isCached(wheel)) return folder;
      await fetchInto(half, wheel, onProgress);
      rmSync(folder, { recursive: true, force: true });
      renameSync(half, folder);
      return folder;
    } finally {
      rmSync(half, { recursive: true, force: true });
      unlock();
    }
  } catch (error) {
    const { message } = ((error as Error).cause ?? error) as Error;
    throw new Error(said.notFetched(shown(new URL(indexUrl())), message, cacheFolder()));
  }
}

async function fetchInto(
  folder: string,
  { file, files }: Wheel,
  onProgress: OnProgress,
): Promise<void> {
  const address = await addressOf(file);
  const parts = Object.entries(files);
  const total = parts.reduce((sum, [, { size }]) => sum + size, 0);
  let received = 0;
  let told = -1;
  const tell = (bytes: number) => {
    received += bytes;
    const percent = Math.floor((100 * received) / total);
    if (percent > told) onProgress(percent, Math.round(total / 1e6));
    told = percent;
  };
  const bring = async ([path, part]: [string, Part]) => {
    const hash = await unpack(bytesOf(address, part, tell), join(folder, path)).catch(
      (error: NodeJS.ErrnoException) => {
        // What zlib cannot read is not what was packed; a full disk is something else.
        if (error.code?.startsWith('Z_')) return error.message;
        throw error;
      },
    );
    if (hash !== part.sha256) throw new Error(said.otherContent(path, file, part.sha256, hash));
  };
  // Of a small file, most of the time goes to waiting for the answer.
  const isSmall = ([, { size }]: [string, Part]) => size < 1e5;
  for (const part of parts) if (!isSmall(part)) await bring(part);
  await Promise.all(parts.filter(isSmall).map(bring));
}

/** Reads a part of a file, and goes on from where the connection breaks. */
async function* bytesOf(address: URL, { start, size }: Part, onBytes: (count: number) => void) {
  let has = 0;
  let failures = 0;
  while (has < size) {
    const { signal, watch } = patience();
    try {
      for await (const piece of await partOf(address, start + has, start + size, signal)) {
        watch.refresh();
        has += piece.length;
        failures = 0;
        onBytes(piece.length);
        yield piece;
      }
    } catch (error) {
      failures += 1;
      // Others than those of a connection come again.
      if (!(error instanceof TypeError) || failures === TRIES) throw error;
      await setTimeout(failures * 1000);
    }
  }
}

/** Unpacks a file. Returns its SHA-256. */
async function unpack(packed: AsyncIterable<Uint8Array>, target: string): Promise<string> {
  mkdirSync(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  await pipeline(
    packed,
    // With Node's usual 16 KB it would take twice the time.
    createInflateRaw({ chunkSize: 1 << 20 }),
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
