/** Keeps the log of a learner's record beside the notebook; `store.browser.ts` is its twin for browsers. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messages } from '../language';

const FILE = 'digits-record.jsonl';
const DRAWING_FILE = 'digits-drawing.json';

/** Tells whether a record is kept: not of the runs by which the notebooks are published. */
export const isKept = (): boolean => process.env.DIGITS_RECORD !== 'off';

/** Says where it is. */
export const placeOf = (): string => messages().record.inFile(FILE);

/** The kernel works where the notebook is. */
const pathOf = (file: string) => join(process.cwd(), file);

/** Returns the log, empty if there is none. */
export async function read(): Promise<string> {
  try {
    return await readFile(pathOf(FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Adds to the log; what several kernels add at once all stands in it. */
export const append = (text: string): Promise<void> => appendFile(pathOf(FILE), text);

/**
 * Returns the digit that was drawn last, as JSON.
 *
 * @throws Error if there is none.
 */
export const readDrawing = (): Promise<string> => readFile(pathOf(DRAWING_FILE), 'utf8');

export const writeDrawing = (text: string): Promise<void> => writeFile(pathOf(DRAWING_FILE), text);

/** Removes the log and the drawing. */
export async function clear(): Promise<void> {
  for (const file of [FILE, DRAWING_FILE]) await rm(pathOf(file), { force: true });
}
