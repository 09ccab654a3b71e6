/** Tensors as raw files, which files.py reads too. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Data, Values } from './data';

/** A tensor in a file; of bytes if its numbers are pixels, to be divided by 255. */
export interface Entry {
  readonly file: string;
  readonly dtype: 'uint8' | 'int32' | 'float32';
  readonly shape: readonly number[];
}

/** The samples, a file for each input of a model, and their targets, all in one folder. */
export interface DataFiles {
  readonly folder: string;
  readonly x: readonly Entry[];
  readonly y: Entry;
}

export function writeValues(path: string, { data, shape }: Values): Entry {
  writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const dtype = data instanceof Int32Array ? 'int32' : 'float32';
  return { file: basename(path), dtype, shape };
}

export const writeData = (folder: string, { x, y }: Data): DataFiles => ({
  folder,
  x: x.map((values, i) => writeValues(join(folder, `x${i}`), values)),
  y: writeValues(join(folder, 'y'), y),
});

/** Reads a tensor's bytes, aligned as the numbers need it; of a longer file the first ones. */
export function readBytes(folder: string, { file, dtype, shape }: Entry): Uint8Array<ArrayBuffer> {
  const size = (dtype === 'uint8' ? 1 : 4) * shape.reduce((product, each) => product * each, 1);
  return Uint8Array.from(readFileSync(join(folder, file)).subarray(0, size));
}
