import * as tf from '@tensorflow/tfjs';
import { messages } from '../language';
import { ModelError, NotReadyError } from './errors';
import { kindOf } from './tensors';

/**
 * Checks that a device was started: without one, TensorFlow.js computes in plain JavaScript, and in a
 * browser it has no backend at all before its first operation.
 *
 * @throws NotReadyError that names stage 2.
 */
export function requireDevice(): void {
  if ([undefined, '', 'cpu'].includes(tf.getBackend())) {
    throw new NotReadyError(messages().input.noDevice);
  }
}

/**
 * Checks that the model was compiled since it was built.
 *
 * @throws NotReadyError that names stage 7.
 */
export function requireCompiled(model: tf.LayersModel): void {
  if (!model.optimizer) throw new NotReadyError(messages().input.notCompiled);
}

/**
 * Checks that a model is one, whichever copy of TensorFlow.js made it.
 *
 * @param example the call as it should be, such as `fit(model, x, y)`.
 * @throws ModelError that says what was given instead.
 */
export function checkModel(model: tf.LayersModel, example: string): void {
  if (typeof (model as Partial<tf.LayersModel> | undefined)?.getLayer === 'function') return;
  throw new ModelError(messages().input.noModel(example, kindOf(model)));
}

/**
 * Checks that the model is one, has layers, and was not disposed of.
 *
 * @throws ModelError as {@link checkModel}.
 * @throws NotReadyError that names stage 5.
 */
export function requireModel(model: tf.LayersModel, example: string): void {
  checkModel(model, example);
  const layers = model.layers as unknown as readonly { _refCount: number | null }[];
  if (layers.length === 0) throw new NotReadyError(messages().input.noLayers);
  if (layers.some(({ _refCount }) => _refCount === 0)) {
    throw new NotReadyError(messages().input.modelDisposed);
  }
}
