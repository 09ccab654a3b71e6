/** Stores the learner's record in the browser's IndexedDB. */
import { clear as clearStore, createStore, get, set, update } from 'idb-keyval';
import { messages } from '../language';
import type { Part } from './store';

const store = createStore('digits-record', 'record');

/** Notifies views of the record about additions. */
const channel = new BroadcastChannel('digits-record');

export const isKept = (): boolean => true;

export const placeOf = (): string => messages().record.inBrowser;

export const read = async (part: Part): Promise<string> => (await get<string>(part, store)) ?? '';

/** Appends in a transaction, so concurrent appends of several tabs are all preserved. */
export async function append(text: string): Promise<void> {
  await update<string>('log', (before = '') => before + text, store);
  channel.postMessage('grown');
}

export const writeDrawing = (text: string): Promise<void> => set('drawing', text, store);

export const clear = (): Promise<void> => clearStore(store);
