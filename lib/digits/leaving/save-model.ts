import * as tf from '@tensorflow/tfjs';
import { LearnerError } from '../input/errors';
import { checkModel } from '../input/model';
import { messages } from '../language';
import { handlerOf, has, placeOf } from './store';

/**
 * Saves a model's layers and weights, and prints the location: a folder `NAME` next to the notebook with
 * TensorFlow.js's files `model.json` and `weights.bin`, or the browser's storage on the website. Replaces an
 * earlier model of the same name.
 *
 * The optimizer is not saved: compile the model again before further training.
 *
 * @param model any model.
 * @param name letters, digits, `-` and `_`.
 * @throws ModelError if `model` is not a model.
 * @throws OptionError if the name has other characters.
 * @throws Error if the folder is not writable.
 * @example
 * await saveModel(model, 'my-network');
 */
export async function saveModel(model: tf.LayersModel, name: string): Promise<void> {
  checkModel(model, "saveModel(model, 'my-network')");
  checkName(name);
  const { saved, notWritten } = messages().leaving;
  try {
    await model.save(handlerOf(name));
  } catch (error) {
    // Other errors are TensorFlow.js's own, such as for a model without layers.
    if (!(error as Partial<DOMException>).code) throw error;
    throw new Error(notWritten(placeOf(name), (error as Error).message), { cause: error });
  }
  console.log(saved(placeOf(name)));
}

/**
 * Loads a model saved by {@link saveModel}.
 *
 * @param name the name given to `saveModel`.
 * @returns the model with its weights, ready for `model.predict`, but not compiled.
 * @throws OptionError if no model has this name.
 * @throws Error if the files do not contain a valid model.
 * @example
 * const model = await loadModel('my-network');
 */
export async function loadModel(name: string): Promise<tf.LayersModel> {
  const { noModel, unreadable } = messages().leaving;
  if (!(await has(checkName(name))))
    throw new LearnerError('OptionError', noModel(name, placeOf(name)));
  try {
    return await tf.loadLayersModel(handlerOf(name));
  } catch (error) {
    throw new Error(unreadable(placeOf(name), (error as Error).message), { cause: error });
  }
}

/** @throws OptionError unless the name is valid for a file in this folder. */
export function checkName(name: string): string {
  if (typeof name === 'string' && /^[\p{L}\p{N}_-]+$/u.test(name)) return name;
  throw new LearnerError(
    'OptionError',
    messages().leaving.badName(JSON.stringify(name) ?? typeof name),
  );
}
