/** Reads and writes files. Writes are atomic: a killed process leaves no partial file. */
import { createHash } from 'node:crypto';
import { cpSync, linkSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export { readJson, readText } from './read.mjs';

/** Writes a file atomically, and creates missing folders. `mode` sets the file permissions. */
export const writeWhole = (file: string, content: string | Uint8Array, mode?: number): void =>
  writeAll({ [file]: content }, mode);

/** Writes several files like {@link writeWhole}, keyed by path. Replaces the first file only after all are written. */
export function writeAll(
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

/** Renames a file or folder. On Windows, retries while a virus scanner holds the file open. */
function rename(from: string, to: string, tries = 20): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const isBusy = /^(EPERM|EACCES|EBUSY)$/.test((error as NodeJS.ErrnoException).code ?? '');
    if (!isBusy || process.platform !== 'win32' || tries === 0) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    rename(from, to, tries - 1);
  }
}

export const writeJson = (file: string, value: unknown): void =>
  writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`);

/** Hard-links a file, or copies the file if links are unsupported. */
export function linkOrCopy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}

/** Returns the sorted paths of all files below a folder, relative to the folder, with `/`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map(path => path.split(sep).join('/'))
    .sort();
}

/** Returns a path relative to the current folder if the path is inside. */
export function relativeToCwd(path: string): string {
  const relativePath = relative(process.cwd(), path);
  return relativePath.startsWith('..') ? path : relativePath;
}

/** Returns the SHA-256 of `content` in hexadecimal. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** Prints paths, relative to the working directory if possible. */
export function printPaths(files: readonly string[]): void {
  for (const file of files) console.log(relativeToCwd(file));
}
