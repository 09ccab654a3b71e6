/** Keeps the log of a learner's record beside the notebook; `store.browser.ts` is its twin for browsers. */
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messages } from '../language';

const FILE = 'digits-record.jsonl';

/** Tells whether a record is kept: not of the runs by which the notebooks are published. */
export const isKept = (): boolean => process.env.DIGITS_RECORD !== 'off';

/** Says where it is. */
export const placeOf = (): string => messages().record.inFile(FILE);

/** The kernel works where the notebook is. */
const path = () => join(process.cwd(), FILE);

/** Returns the log, empty if there is none. */
export async function read(): Promise<string> {
  try {
    return await readFile(path(), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Adds to the log; what several kernels add at once all stands in it. */
export const append = (text: string): Promise<void> => appendFile(path(), text);

export const clear = (): Promise<void> => rm(path(), { force: true });
