/** Stores the log of the learner's record next to the notebook; browser version: `store.browser.ts`. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messages } from '../language';

const FILE = 'digits-record.jsonl';
const DRAWING_FILE = 'digits-drawing.json';

/** Returns whether records are stored. Publishing the notebooks switches storage off. */
export const isKept = (): boolean => process.env.DIGITS_RECORD !== 'off';

/** Describes the location of the log for the learner. */
export const placeOf = (): string => messages().record.inFile(FILE);

/** The kernel's working directory is the notebook's folder. */
const pathOf = (file: string) => join(process.cwd(), file);

/** Returns the log, or an empty text if the file does not exist. */
export async function read(): Promise<string> {
  try {
    return await readFile(pathOf(FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Appends to the log; concurrent appends of several kernels are all preserved. */
export const append = (text: string): Promise<void> => appendFile(pathOf(FILE), text);

/**
 * Returns the last drawn digit, as JSON.
 *
 * @throws Error if no digit is stored.
 */
export const readDrawing = (): Promise<string> => readFile(pathOf(DRAWING_FILE), 'utf8');

export const writeDrawing = (text: string): Promise<void> => writeFile(pathOf(DRAWING_FILE), text);

/** Removes the log and the drawing. */
export async function clear(): Promise<void> {
  for (const file of [FILE, DRAWING_FILE]) await rm(pathOf(file), { force: true });
}
