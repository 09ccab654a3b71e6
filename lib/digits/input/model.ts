import type * as tf from '@tensorflow/tfjs';
import { isStarted } from '../device/before-start';
import { messages } from '../language';
import { LearnerError } from './errors';
import { kindOf } from './given';

/**
 * Checks that `model` is a LayersModel, even one from another copy of TensorFlow.js.
 *
 * @param example a correct call for the error message, such as `nudge(model, x)`.
 */
export function checkModel(model: tf.LayersModel, example: string): void {
  if (typeof (model as Partial<tf.LayersModel> | undefined)?.getLayer === 'function') return;
  throw new LearnerError('ModelError', messages().input.noModel(example, kindOf(model)));
}

/** A model's samples or targets; several tensors for several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;

/**
 * Returns the loss of an output as passed to `compile`: a single loss, a list, or losses by output name.
 *
 * @param output index of the output, from 0.
 * @returns a name or a function; undefined without a loss, or for a model that is not compiled.
 */
export function lossOf(model: tf.LayersModel, output: number): unknown {
  const { loss, outputNames } = model;
  if (typeof loss !== 'object') return loss;
  const key = Array.isArray(loss) ? String(output) : outputNames[output];
  return Object.entries(loss).find(([name]) => name === key)?.[1];
}

export function requireDevice(): void {
  if (!isStarted()) throw new LearnerError('NotReadyError', messages().input.noDevice);
}
