/** Stores models in the browser's IndexedDB. */
import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';

export const placeOf = (name: string): string => messages().leaving.inBrowser(name);

export const has = async (name: string): Promise<boolean> =>
  handlerOf(name) in (await tf.io.listModels());

export const handlerOf = (name: string): string => `indexeddb://${name}`;
