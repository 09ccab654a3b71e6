import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Lists the files below a folder by their paths in it, with `/` and in the order of the alphabet. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map(path => path.split(sep).join('/'))
    .sort();
}
