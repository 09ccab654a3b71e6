import { readFileSync } from 'node:fs';

/** What a command has counted in all its runs so far; nothing before the first. */
export function readRecord<T>(file: string): T[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
