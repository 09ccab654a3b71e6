/** Reports why the steps of a model are not compiled. */
import type * as tf from '@tensorflow/tfjs';
import { debug } from '../messages/en';
import type { InnerModel } from './trainer';

type Listener = (why: Error, model: tf.LayersModel) => void;

const listeners = new Set<Listener>();
const reported = new WeakMap<InnerModel, Set<string>>();

/**
 * Calls a function each time that a model cannot be compiled and trains by TensorFlow.js's own steps, once a
 * reason. With the environment variable `TFJS_GRAPH_DEBUG` the reasons are printed, too.
 *
 * @param listener receives the reason, most often a {@link NotRecordableError}, and the model; of a
 * sequential model the inner one.
 * @returns a function that ends the calls.
 * @example
 * const stop = onFallback(why => console.warn(why.message));
 * stop();
 */
export function onFallback(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function reportFallback(model: InnerModel, error: unknown): void {
  const why = error instanceof Error ? error : new Error(String(error));
  const reasons = reported.get(model) ?? new Set();
  if (reasons.has(why.message)) return;
  reported.set(model, reasons.add(why.message));
  const publicModel = model as unknown as tf.LayersModel;
  if (globalThis.process?.env?.TFJS_GRAPH_DEBUG)
    console.warn(debug.fallback(publicModel.name, why.message));
  for (const listener of listeners) listener(why, publicModel);
}
