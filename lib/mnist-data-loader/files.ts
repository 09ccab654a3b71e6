import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { SetFile } from './datasets';
import { alignedBytes, type Decoded, decode } from './decode';
import { FileNotFoundError, isPassing, type Searched, systemReason } from './errors';
import { messages, say } from './language';

/** Tells the learner of something that did not stop the load. */
export type Warn = (message: string) => void;

/** Lists the paths at which a file may lie in a folder, the faster to read first. */
export function candidates(folder: string, file: SetFile): string[] {
  return [join(folder, file.name), join(folder, `${file.name}.gz`)];
}

/** Reads one file, raw or gzipped; undefined if there is nothing at `path`. */
export async function readDataFile(path: string, file: SetFile): Promise<Decoded | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readAligned(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new FileNotFoundError(file.name, [{ path, ...foundBy(error) }], { cause: error });
  }
  return decode(bytes, file, path);
}

/** The most bytes that Node reads at once. */
const MOST = 2 ** 31 - 1;

/** The code for a pipe, a socket, a device, or a file of more bytes. */
const UNFIT = 'UNFIT';

/**
 * Reads a whole file into {@link alignedBytes}, as long as it was when it was opened; rejects as
 * `readFile` does, or with the code {@link UNFIT}.
 */
export async function readAligned(path: string): Promise<Uint8Array> {
  // Before it is opened: a pipe would wait there for somebody to write into it.
  const stats = await stat(path);
  const isFit = stats.isFile() && stats.size <= MOST;
  // A folder may be read as one of no size: on Windows, and on some disks of Linux.
  if (!isFit) throw Object.assign(new Error(), { code: stats.isDirectory() ? 'EISDIR' : UNFIT });
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const bytes = alignedBytes(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/** Finds in an error what lies at the place that was to be read. */
function foundBy(error: unknown): Omit<Searched, 'path'> {
  const { code } = error as NodeJS.ErrnoException;
  if (code === UNFIT) return { found: 'unfit' };
  if (code === 'EISDIR') return { found: 'folder' };
  return { found: isPassing(error) ? 'passing' : 'unreadable', why: systemReason(error) };
}

/** Saves a downloaded file, unpacked, in the data folder. One that cannot be saved is used all the same. */
export async function saveFile(
  folder: string,
  file: SetFile,
  raw: Uint8Array,
  warn: Warn,
): Promise<void> {
  try {
    await writeAtomic(folder, file.name, raw);
  } catch (error) {
    // Windows refuses a name that another process is putting the same file to.
    if (await holds(join(folder, file.name), raw)) return;
    const reason = say(systemReason(error));
    warn(messages().warning.notSaved(file.name, folder, reason));
  }
}

/**
 * Writes a file so that no reader, in this process or another, ever sees a part of it.
 * Removes parts of the same file that a killed process left.
 */
async function writeAtomic(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeLeft(folder, name).catch(() => {});
  const temporary = join(folder, `${partOf(name)}${process.pid}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Begins the name of an unfinished part; it names the machine, since a shared folder has others' too. */
const partOf = (name: string) => `.${name}.${hostname()}.`;

async function removeLeft(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(partOf(name)) || !entry.endsWith('.tmp')) continue;
    if (isAlive(Number.parseInt(entry.slice(partOf(name).length), 10))) continue;
    await rm(join(folder, entry), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

const holds = (path: string, raw: Uint8Array): Promise<boolean> =>
  readAligned(path).then(
    bytes => Buffer.compare(bytes, raw) === 0,
    () => false,
  );
