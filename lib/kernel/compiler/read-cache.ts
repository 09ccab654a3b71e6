/**
 * Keeps what cells became in files, so that a cell that was read once, by whichever kernel, is not read again.
 * Without it "Run All" takes a third more processor time.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Read } from './worker-rpc';

/** The most cells that are kept; a lesson and its exercises have a hundred. */
const CAPACITY = 1000;

/** The most characters that the cells before may declare, as by a long text: each file holds them. */
const LONGEST = 100_000;

const root = dirname(require.resolve('kernel/package.json'));

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Returns when our packages were built last. */
export const builtAt = (): number => changedAt(join(root, 'dist', 'built'));

export class ReadCache {
  /** @param build returns the build of our packages on whose declarations the cells are read. */
  constructor(
    private readonly folder = join(root, 'dist', 'cells'),
    private readonly build = builtAt,
  ) {}

  /** Finds what a cell became behind others that declare this. */
  find(declared: string, code: string): Read | undefined {
    try {
      return deserialize(readFileSync(this.fileOf(declared, code)));
    } catch {
      return undefined;
    }
  }

  /** Keeps a cell, unless it is too long, or the folder cannot be written to. */
  keep(code: string, read: Read): void {
    if (read.declared.length > LONGEST) return;
    const file = this.fileOf(read.declared, code);
    const half = `${file}.${process.pid}`;
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(half, serialize(read));
      renameSync(half, file);
    } catch {}
  }

  /** Tells whether no cell is kept. */
  get isEmpty(): boolean {
    return this.files().length === 0;
  }

  /** Deletes all cells if there are too many; those still in use come back. */
  prune(): void {
    if (this.files().length > CAPACITY) rmSync(this.folder, { recursive: true, force: true });
  }

  private files(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }

  private fileOf(declared: string, code: string): string {
    // What else its reading depends on: this Node, our packages and npm's, the notebook's folder.
    const packages = changedAt(join(root, '..', '..', 'node_modules', '.package-lock.json'));
    const surroundings = [process.version, this.build(), packages, process.cwd()];
    const all = JSON.stringify([surroundings, declared, code]);
    return join(this.folder, createHash('sha256').update(all).digest('hex'));
  }
}
