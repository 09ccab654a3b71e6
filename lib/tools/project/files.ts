/** Stamps: small files written after a step's success, which say what the step was done with. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file so that it is there as a whole or not at all. */
export function writeWhole(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

export function writeStamp(file: string, facts: object): void {
  writeWhole(file, `${JSON.stringify(facts, undefined, 2)}\n`);
}

/** What a stamp says; `undefined` when the step never finished. */
export function readStamp<Facts>(file: string): Facts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether a stamp says exactly these facts. */
export function stampSays(file: string, facts: object): boolean {
  return JSON.stringify(readStamp(file)) === JSON.stringify(facts);
}
