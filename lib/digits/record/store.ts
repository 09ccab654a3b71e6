/** Stores the learner's record next to the notebook; browser version: `store.browser.ts`. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { messages } from '../language';

/** The log of the learner's events, and the last drawn digit, as JSON. */
const FILES = { log: 'digits-record.jsonl', drawing: 'digits-drawing.json' };
export type Part = keyof typeof FILES;

/** Returns whether records are stored. Publishing the notebooks switches storage off. */
export const isKept = (): boolean => process.env.DIGITS_RECORD !== 'off';

/** Describes the location of the log for the learner. */
export const placeOf = (): string => messages().record.inFile(FILES.log);

/**
 * The kernel's working directory is the notebook's folder. The path is relative, because `process.cwd()` would return
 * the old name of a folder that was renamed.
 */
const pathOf = (part: Part): string => FILES[part];

/** Returns an empty text if the file does not exist. */
export async function read(part: Part): Promise<string> {
  try {
    return isKept() ? await readFile(pathOf(part), 'utf8') : '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Appends to the log; concurrent appends of several kernels are all preserved. */
export const append = (text: string): Promise<void> => appendFile(pathOf('log'), text);

export const writeDrawing = (text: string): Promise<void> => writeFile(pathOf('drawing'), text);

export async function clear(): Promise<void> {
  for (const part of ['log', 'drawing'] as const) await rm(pathOf(part), { force: true });
}
