import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';
import { ModelError, NotReadyError } from './errors';
import { kindOf } from './given';

/**
 * Checks that a model is one, whichever copy of TensorFlow.js made it.
 *
 * @param example the call as it should be, such as `nudge(model, x)`.
 */
export function checkModel(model: tf.LayersModel, example: string): void {
  if (typeof (model as Partial<tf.LayersModel> | undefined)?.getLayer === 'function') return;
  throw new ModelError(messages().input.noModel(example, kindOf(model)));
}

/** A model's samples or targets: several tensors where it has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;

/**
 * Returns the loss of an output, as `compile` received it: one for all, a list, or by the outputs' names.
 *
 * @param output the index among the model's outputs, from 0.
 * @returns a name or a function; undefined if the output has none, or the model was not compiled.
 */
export function lossOf(model: tf.LayersModel, output: number): unknown {
  const { loss, outputNames } = model;
  if (typeof loss !== 'object') return loss;
  const key = Array.isArray(loss) ? String(output) : outputNames[output];
  return Object.entries(loss).find(([name]) => name === key)?.[1];
}

/** Checks that a device was started. */
export function requireDevice(): void {
  // Without a device, TensorFlow.js computes in plain JavaScript, and in a browser it has no backend at
  // all before its first operation.
  if (![undefined, '', 'cpu'].includes(tf.getBackend())) return;
  throw new NotReadyError(messages().input.noDevice);
}

/** Checks that a device was started, and that the model has layers and was not disposed of. */
export function requireModel(model: tf.LayersModel, example: string): void {
  const { noLayers, modelDisposed } = messages().input;
  requireDevice();
  checkModel(model, example);
  const layers = model.layers as unknown as readonly { _refCount: number | null }[];
  if (layers.length === 0) throw new NotReadyError(noLayers);
  if (layers.some(({ _refCount }) => _refCount === 0)) throw new NotReadyError(modelDisposed);
}
