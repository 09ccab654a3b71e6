/**
 * Stores the learner's record in the browser's IndexedDB. A call must wait for the end of the last: if a worker ends
 * during two transactions, WebKit's database hangs until the browser restarts (WebKit bug 324094).
 */
import * as idb from 'idb-keyval';
import { LearnerError } from '../input/errors';
import { messages } from '../language';
import type { Part } from './store';

const database = idb.createStore('digits-record', 'record');

/** The first timeout; later calls fail at once. */
let failure: Error | undefined;

const store: idb.UseStore = async (mode, act) => {
  if (failure) throw failure;
  return Promise.race([database(mode, act), timeout()]).catch(error => {
    if (error.name === 'TimeoutError') failure = error;
    throw error;
  });
};

/** Rejects after ten seconds. A cell that blocks the event loop delays answers, so a single timer could be first. */
async function timeout(): Promise<never> {
  for (let i = 0; i < 2; i++) await new Promise(resolve => setTimeout(resolve, 5000));
  throw new LearnerError('TimeoutError', messages().record.noAnswer);
}

/** Notifies views of the record about additions. */
const channel = new BroadcastChannel('digits-record');

export const isKept = (): boolean => true;

export const placeOf = (): string => messages().record.inBrowser;

export const read = (part: Part): Promise<string> =>
  store('readonly', async objects => {
    const request = objects.get(part);
    await idb.promisifyRequest(objects.transaction);
    return request.result ?? '';
  });

/** Appends in a transaction, so concurrent appends of several tabs are all preserved. */
export async function append(text: string): Promise<void> {
  await idb.update<string>('log', (before = '') => before + text, store);
  channel.postMessage('grown');
}

export const writeDrawing = (text: string): Promise<void> => idb.set('drawing', text, store);

export const clear = (): Promise<void> => idb.clear(store);
