import type * as tf from '@tensorflow/tfjs';
import { debug } from '../messages/en';
import type { InnerModel } from './model';

type Listener = (why: Error, model: tf.LayersModel) => void;

const listeners = new Set<Listener>();
const reportedReasons = new WeakMap<InnerModel, Set<string>>();

/**
 * Calls a function for each reason why a model cannot be compiled and uses TensorFlow.js's own steps. The environment
 * variable `TFJS_GRAPH_DEBUG` also prints the reasons.
 *
 * @param listener receives the reason, usually a {@link NotRecordableError}, and the model (of a sequential model, the
 * inner model)
 * @returns a callback to remove the listener
 * @example
 * const stop = onFallback(why => console.warn(why.message));
 * stop();
 */
export function onFallback(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Notifies the listeners of a reason, once per model. */
export function reportFallback(model: InnerModel, error: unknown): void {
  const why = error instanceof Error ? error : new Error(String(error));
  const reasons = reportedReasons.get(model) ?? new Set();
  if (reasons.has(why.message)) return;
  reportedReasons.set(model, reasons.add(why.message));
  const publicModel = model as unknown as tf.LayersModel;
  if (globalThis.process?.env?.TFJS_GRAPH_DEBUG)
    console.warn(debug.fallback(publicModel.name, why.message));
  for (const listener of listeners) listener(why, publicModel);
}
