/** What the commands that write a README's table have counted, and the tables. */
import { readFileSync } from 'node:fs';

export { parted, readmeOf, readTable, writeTables } from '../lib/publish/readme-table';

/** What a command has counted in all its runs so far; nothing before the first. */
export function readRecord<T>(file: string): T[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
