/** Reads and writes files, which are there as a whole or not at all, also where a process is killed in between. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Writes a file as a whole, with the folders on its way; `mode` is who may read it. */
export const writeWhole = (file: string, content: string | Uint8Array, mode?: number): void =>
  writeTogether({ [file]: content }, mode);

/** Writes files by their paths as {@link writeWhole} does: all of them, or none if one cannot be written. */
export function writeTogether(
  contents: Readonly<Record<string, string | Uint8Array>>,
  mode = 0o666,
): void {
  const temporary = (file: string) => `${file}.${process.pid}`;
  for (const [file, content] of Object.entries(contents)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary(file), content, { mode });
  }
  for (const file of Object.keys(contents)) rename(temporary(file), file);
}

/** Renames a file or a folder. On Windows, what a virus scanner looks at just then is tried again. */
function rename(from: string, to: string, tries = 20): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const held = /^(EPERM|EACCES|EBUSY)$/.test((error as NodeJS.ErrnoException).code ?? '');
    if (!held || process.platform !== 'win32' || tries === 0) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    rename(from, to, tries - 1);
  }
}

export function writeJson(file: string, value: unknown): void {
  writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Returns what a file of JSON holds; undefined if it is missing or cannot be read. */
export function readJson<T>(file: string): T | undefined {
  const text = readText(file);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a file's text; undefined where it is missing or cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Links a file to another place, or copies it if that cannot be. */
export function linkOrCopy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}

/** Lists the files below a folder by their paths in it, with `/` and in the order of the alphabet. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map(path => path.split(sep).join('/'))
    .sort();
}

/** Returns a path as it is typed here: from the present folder if it leads below that. */
export function fromHere(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') ? path : way;
}

/** Returns the SHA-256 of some content, as 64 hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
