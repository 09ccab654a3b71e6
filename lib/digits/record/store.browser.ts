/** Keeps the log of a learner's record in the browser's own store, IndexedDB. */
import { createStore, del, get, update } from 'idb-keyval';
import { messages } from '../language';

const [KEY, store] = ['log', createStore('digits-record', 'record')];

/** Those who show it hear that it has grown. */
const channel = new BroadcastChannel('digits-record');

export const isKept = (): boolean => true;

export const placeOf = (): string => messages().record.inBrowser;

export const read = async (): Promise<string> => (await get<string>(KEY, store)) ?? '';

/** In one transaction: what several tabs add at once all stands in it. */
export async function append(text: string): Promise<void> {
  await update<string>(KEY, (before = '') => before + text, store);
  channel.postMessage('grown');
}

export const clear = (): Promise<void> => del(KEY, store);
