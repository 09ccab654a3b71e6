/**
 * Keeps what cells became in files, so that a cell that was read once, by whichever kernel, is not read again.
 * Without it "Run All" takes a third more processor time.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Converted } from './worker-rpc';

interface Builder {
  replace(file: string, content: Uint8Array): void;
  timeOf(file: string): number;
}
const { replace, timeOf }: Builder = require('kernel/build.cjs');

/** The most cells that are kept; a lesson and its exercises have a hundred. */
const CAPACITY = 1000;

/** The most characters that the cells before may declare, as by a long text. */
const LONGEST = 100_000;

const root = dirname(require.resolve('kernel/package.json'));
const folder = join(root, 'dist', 'cells');

// Of a newer build, only a thread that is started after it can be sure to have read the declarations.
const build = timeOf(join(root, 'dist', 'built'));

/** Finds what a cell became behind others that declare this. */
export function find(declared: string, code: string): Converted | undefined {
  try {
    return deserialize(readFileSync(fileOf(declared, code)));
  } catch {
    return undefined;
  }
}

/** Keeps a cell, unless it is too long, or the folder cannot be written to. */
export function keep(declared: string, code: string, converted: Converted): void {
  if (declared.length > LONGEST) return;
  try {
    replace(fileOf(declared, code), serialize(converted));
  } catch {}
}

/** Counts the cells that are kept. Deletes all if there are too many; those still in use come back. */
export function prune(): number {
  const count = existsSync(folder) ? readdirSync(folder).length : 0;
  if (count > CAPACITY) rmSync(folder, { recursive: true, force: true });
  return count;
}

function fileOf(declared: string, code: string): string {
  // What else its reading depends on: this Node, our packages and npm's, the notebook's folder.
  const packages = timeOf(join(root, '..', '..', 'node_modules', '.package-lock.json'));
  const surroundings = [process.version, build, packages, process.cwd()];
  const all = JSON.stringify([surroundings, declared, code]);
  return join(folder, createHash('sha256').update(all).digest('hex'));
}
