import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { SetFile } from './datasets';
import { alignedBytes, type DataFile, decode } from './decode';
import { FileNotFoundError, isTransient, type Searched, systemReason } from './errors';
import { messages, say } from './language';

/** Receives warnings about problems that do not stop the load. */
export type Warn = (message: string) => void;

/** Returns the possible paths of a file in a folder, fastest first. */
export function candidates(folder: string, file: SetFile): string[] {
  return [join(folder, file.name), join(folder, `${file.name}.gz`)];
}

/** Reads and decodes a raw or gzipped file. Returns `undefined` if `path` does not exist. */
export async function readDataFile(path: string, file: SetFile): Promise<DataFile | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readAligned(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new FileNotFoundError(file.name, [{ path, ...classify(error) }], {
      cause: error,
    });
  }
  return decode(bytes, file, path);
}

/** Maximum number of bytes per read in Node. */
const MAX_READ_BYTES = 2 ** 31 - 1;

/** Error code for a pipe, a socket, a device, or a larger file. */
const UNFIT = 'UNFIT';

/** Reads a whole file into {@link alignedBytes}. Rejects with the errors of `readFile` or the code {@link UNFIT}. */
async function readAligned(path: string): Promise<Uint8Array> {
  // Check before opening, because opening a pipe waits for a writer.
  const stats = await stat(path);
  const isFile = stats.isFile() && stats.size <= MAX_READ_BYTES;
  // Windows and some Linux file systems open a folder like an empty file.
  if (!isFile) throw Object.assign(new Error(), { code: stats.isDirectory() ? 'EISDIR' : UNFIT });
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

function classify(error: unknown): Omit<Searched, 'path'> {
  const { code } = error as NodeJS.ErrnoException;
  if (code === UNFIT) return { found: 'unfit' };
  if (code === 'EISDIR') return { found: 'folder' };
  return { found: isTransient(error) ? 'passing' : 'unreadable', why: systemReason(error) };
}

/** Saves a downloaded file in raw form in the data folder. A failure only causes a warning. */
export async function saveFile(
  folder: string,
  file: SetFile,
  raw: Uint8Array,
  warn: Warn,
): Promise<void> {
  try {
    await writeAtomic(folder, file.name, raw);
  } catch (error) {
    // Windows rejects a rename while another process renames the same file.
    if (await hasContent(join(folder, file.name), raw)) return;
    const reason = say(systemReason(error));
    warn(messages().warning.notSaved(file.name, folder, reason));
  }
}

/** Writes a file atomically for readers in all processes. Removes temporary files of killed processes. */
async function writeAtomic(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeTemporaryFiles(folder, name).catch(() => {});
  const temporaryPath = join(folder, `${temporaryPrefix(name)}${process.pid}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporaryPath, bytes, { flag: 'wx' });
    await rename(temporaryPath, join(folder, name));
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}

/** Prefix of temporary files. Contains the host name, because other machines may use the same folder. */
const temporaryPrefix = (name: string) => `.${name}.${hostname()}.`;

async function removeTemporaryFiles(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(temporaryPrefix(name)) || !entry.endsWith('.tmp')) continue;
    if (isAlive(Number.parseInt(entry.slice(temporaryPrefix(name).length), 10))) continue;
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

const hasContent = (path: string, raw: Uint8Array): Promise<boolean> =>
  readAligned(path).then(
    bytes => Buffer.compare(bytes, raw) === 0,
    () => false,
  );
