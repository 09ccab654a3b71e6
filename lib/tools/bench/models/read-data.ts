/** Reads what files.ts wrote, in a process of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Data, Values } from './data';
import type { Entry, writeData } from './files';

/** The files of a model's data. */
export type DataFiles = ReturnType<typeof writeData>;

/** Returns the samples and targets that a folder's files hold. */
export function readData(folder: string, { x, y }: DataFiles): Data {
  const read = ({ file, dtype, shape }: Entry): Values => {
    const { buffer } = Uint8Array.from(readFileSync(join(folder, file)));
    return { data: dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer), shape };
  };
  return { x: x.map(read), y: read(y) };
}
