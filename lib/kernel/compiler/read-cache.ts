/**
 * Keeps what cells became in files, so that a cell that was read once, by whichever kernel, is not read again.
 * Without it "Run All" takes a third more processor time.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

const { replace, timeOf }: typeof import('../build.cjs') = require('kernel/build.cjs');

/** The most files that are kept, two of a cell; a lesson and its exercises have a hundred cells. */
const CAPACITY = 2000;

const root = dirname(require.resolve('kernel/package.json'));
const folder = join(root, 'dist', 'cells');

// What else a reading depends on. Of a newer build, only a thread that is started after it has read the declarations.
const times = [join(root, 'dist', 'built'), join(root, '../../node_modules/.package-lock.json')];
const around = [process.version, process.cwd(), ...times.map(timeOf)];

/** What could not be written: what was read ahead is asked for again. */
const unkept = new Map<string, unknown>();

/** Finds what was kept of something; otherwise makes it, and keeps it if it is to be kept. */
export function cached<T>(what: string, make: () => T, isKept = (_made: T): boolean => true): T {
  const all = JSON.stringify([around, what]);
  const file = join(folder, createHash('sha256').update(all).digest('hex'));
  try {
    return (unkept.get(file) as T) ?? deserialize(readFileSync(file));
  } catch {}
  const made = make();
  try {
    if (isKept(made)) replace(file, serialize(made));
  } catch {
    unkept.set(file, made);
  }
  return made;
}

/** Counts the files that are kept. Deletes all if there are too many; those still in use come back. */
export function prune(): number {
  const count = existsSync(folder) ? readdirSync(folder).length : 0;
  if (count > CAPACITY) rmSync(folder, { recursive: true, force: true });
  return count;
}
