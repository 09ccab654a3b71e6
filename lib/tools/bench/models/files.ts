/** Hands tensors to Python, as raw files beside a JSON that names them; files.py reads them. */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Data, Values } from './data';

/** A tensor in a file beside the JSON. */
export interface Entry {
  readonly file: string;
  readonly dtype: 'int32' | 'float32';
  readonly shape: readonly number[];
}

/** Writes the numbers into a file, and returns how to read them. */
export function writeValues(path: string, { data, shape }: Values): Entry {
  writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const dtype = data instanceof Int32Array ? 'int32' : 'float32';
  return { file: basename(path), dtype, shape };
}

/** Writes a model's data into files whose names begin with `path`. */
export const writeData = (path: string, { x, y }: Data): { x: Entry[]; y: Entry } => ({
  x: x.map((values, i) => writeValues(`${path}.x${i}`, values)),
  y: writeValues(`${path}.y`, y),
});
