import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Dataset, fileNames } from '../../lib/mnist-data-loader/datasets';

/** An IDX file: header and big-endian values as they come. */
export function idx(type: number, shape: number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = type;
  header[3] = shape.length;
  shape.forEach((length, axis) => {
    header.writeUInt32BE(length, 4 + 4 * axis);
  });
  return Buffer.concat([header, values]);
}

/** Uint8 values that differ from one seed to another. */
export function bytes(length: number, seed: number, below = 256): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17 + (i >> 3)) % below);
}

export interface SmallSet {
  dataset: Dataset;
  /** The four raw files by name. */
  raw: Map<string, Buffer>;
}

/**
 * A set of MNIST's form with few images of 6 × 6, its checksums pinned as those of the real sets are.
 */
export function smallSet(seed = 1, [train, test] = [20, 5]): SmallSet {
  const shapes = [[train, 6, 6], [train], [test, 6, 6], [test]];
  const raw = new Map(
    fileNames.map((name, i) => {
      const shape = shapes[i] as number[];
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, idx(8, shape, bytes(size, seed + i, shape.length === 1 ? 10 : 256))] as const;
    }),
  );
  const files = fileNames.map((name, i) => ({
    name,
    shape: shapes[i],
    sha256: sha256(raw.get(name)),
  }));
  const dataset = {
    name: 'small',
    title: 'Small',
    licence: 'ours',
    folder: '.',
    mirrors: [],
    files,
  };
  return { dataset, raw };
}

export function sha256(content: Uint8Array = Buffer.alloc(0)): string {
  return createHash('sha256').update(content).digest('hex');
}

const folders: string[] = [];

/** A new empty folder, removed by `removeFolders`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mnist-data-loader-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function put(folder: string, files: Iterable<readonly [string, Uint8Array]>): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** A folder that holds the set's raw files. */
export function folderOf(set: SmallSet): string {
  const folder = join(temporaryFolder(), randomUUID());
  put(folder, set.raw);
  return folder;
}
