/** Keeps models in the browser's own store, IndexedDB. */
import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';

const addressOf = (name: string): string => `indexeddb://${name}`;

export const placeOf = (name: string): string => messages().leaving.inBrowser(name);

export const has = async (name: string): Promise<boolean> =>
  addressOf(name) in (await tf.io.listModels());

export async function write(name: string, artifacts: tf.io.ModelArtifacts): Promise<void> {
  await tf.io.getSaveHandlers(addressOf(name))[0]?.save?.(artifacts);
}

export const read = async (name: string): Promise<tf.io.ModelArtifacts> =>
  (await tf.io.getLoadHandlers(addressOf(name))[0]?.load?.()) ?? {};
