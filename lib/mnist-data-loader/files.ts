import { randomUUID } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetFile } from './datasets';
import { type Decoded, decode } from './decode';
import { FileNotFoundError, type Searched } from './errors';
import { say } from './language';
import { readAligned, UnfitError } from './read-aligned';
import { isPassing, systemReason } from './system-reason';
import { writeWhole } from './write-whole';

/** Tells the learner of something that did not stop the load. */
export type Warn = (message: string) => void;

/** Lists the paths at which a file may lie in a folder, the faster to read first. */
export function candidates(folder: string, file: SetFile): string[] {
  return [join(folder, file.name), join(folder, `${file.name}.gz`)];
}

/**
 * Reads one file, raw or gzipped.
 *
 * @returns undefined when there is nothing at `path`
 * @throws FileNotFoundError when what is there is no readable file; else what `decode` throws
 */
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

/** What an error says of the place that was to be read. */
function foundBy(error: unknown): Omit<Searched, 'path'> {
  if (error instanceof UnfitError) return { found: 'unfit', why: error.found };
  if ((error as NodeJS.ErrnoException).code === 'EISDIR') return { found: 'folder' };
  return { found: isPassing(error) ? 'passing' : 'unreadable', why: systemReason(error) };
}

/** A place where no file was found: nothing, or a link whose target is gone. */
export function nothingAt(path: string): Searched {
  return isLink(path) ? { path, found: 'nothing', why: leadsNowhere } : { path, found: 'nothing' };
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

const leadsNowhere = { en: 'the link leads nowhere', zh: '链接指向的文件不存在' };

/** Keeps a downloaded file, unpacked, in the data folder. One that cannot be kept is used all the same. */
export async function keep(
  folder: string,
  file: SetFile,
  { raw }: Decoded,
  warn: Warn,
): Promise<void> {
  try {
    await writeWhole(folder, file.name, raw);
  } catch (error) {
    // Windows refuses a name that another process is putting the same file to.
    if (await holds(join(folder, file.name), raw)) return;
    const { en, zh } = systemReason(error);
    warn(
      say({
        en: `${file.name} was downloaded and is used, but could not be saved in ${folder}: ${en}. Fix this, or name another folder with MNIST_DATA_DIR; otherwise it will be downloaded again next time.`,
        zh: `${file.name} 已下载并可以使用，但无法保存到 ${folder}：${zh}。请解决这个问题，或用 MNIST_DATA_DIR 指定其他文件夹，否则下次会重新下载。`,
      }),
    );
  }
}

const holds = (path: string, raw: Uint8Array): Promise<boolean> =>
  readAligned(path).then(
    bytes => Buffer.compare(bytes, raw) === 0,
    () => false,
  );

/**
 * Renames a damaged file out of the way and returns its new path. Nothing is deleted.
 *
 * @param read the identity of the file found damaged
 * @returns undefined when another process has mended or moved the file meanwhile
 */
export async function setAside(path: string, read: string): Promise<string | undefined> {
  const aside = `${path}.corrupt-${randomUUID().slice(0, 8)}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if ((await identity(aside)) === read) return aside;
  await rename(aside, path);
  return undefined;
}

/** Returns a value that changes when another file comes to lie at `path`. */
export async function identity(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch(() => nothing);
  return `${ino} ${size} ${mtimeNs}`;
}

const nothing = { ino: 0n, size: 0n, mtimeNs: 0n };
