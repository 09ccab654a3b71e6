import * as tf from '@tensorflow/tfjs';
import { OptionError } from '../input/errors';
import { requireModel } from '../input/model';
import { messages } from '../language';
import { handlerOf, has, placeOf } from './store';

/**
 * Saves a model's layers and weights, and prints where: in a folder `NAME` beside the notebook, as the
 * files `model.json` and `weights.bin` that TensorFlow.js reads anywhere; on the website in the browser's
 * own store. What was saved there before is replaced.
 *
 * The optimizer is not saved: compile the model again to train it on.
 *
 * @param model any model.
 * @param name letters, digits, `-` and `_`.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws ModelError if it is no model.
 * @throws OptionError if the name has other signs.
 * @throws Error if the folder cannot be written to.
 * @example
 * await saveModel(model, 'my-network');
 */
export async function saveModel(model: tf.LayersModel, name: string): Promise<void> {
  requireModel(model, "saveModel(model, 'my-network')");
  checkName(name);
  const { saved, notWritten } = messages().leaving;
  try {
    await model.save(handlerOf(name));
  } catch (error) {
    throw new Error(notWritten(placeOf(name), (error as Error).message), { cause: error });
  }
  console.log(saved(placeOf(name)));
}

/**
 * Loads a model that {@link saveModel} saved.
 *
 * @param name as it was saved.
 * @returns the model with its weights, ready for `model.predict`, but not compiled.
 * @throws OptionError if nothing was saved under this name.
 * @throws Error if what is saved there cannot be read as a model.
 * @example
 * const model = await loadModel('my-network');
 */
export async function loadModel(name: string): Promise<tf.LayersModel> {
  const { noModel, unreadable } = messages().leaving;
  if (!(await has(checkName(name)))) throw new OptionError(noModel(name, placeOf(name)));
  try {
    return await tf.loadLayersModel(handlerOf(name));
  } catch (error) {
    throw new Error(unreadable(placeOf(name), (error as Error).message), { cause: error });
  }
}

/** @throws OptionError unless the name is one of a file here, and of none elsewhere. */
export function checkName(name: string): string {
  if (typeof name === 'string' && /^[\p{L}\p{N}_-]+$/u.test(name)) return name;
  throw new OptionError(messages().leaving.badName(JSON.stringify(name) ?? typeof name));
}
