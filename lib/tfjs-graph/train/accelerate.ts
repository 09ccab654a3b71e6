/** Replaces tfjs-layers' methods for training and evaluation by compiled steps. */
import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';
import { compiledFitLoop } from './fit-loop';
import type { InnerModel } from './model';
import { runCompiled } from './single-steps';
import { forgetSteps } from './step-cache';
import { type ComputingMethods, prototype, stock, testStep } from './stock';

/** Which models use compiled steps: all models, models passed to {@link accelerate}, or no models. */
export type Acceleration = 'all' | 'chosen' | 'none';

let acceleration: Acceleration = 'all';
const acceleratedModels = new WeakSet<InnerModel>();

/**
 * Sets which models train and evaluate with compiled steps. The environment variable `TFJS_GRAPH=off` enforces `'none'`.
 *
 * @param which `'all'` (default), `'chosen'` for models passed to {@link accelerate}, or `'none'`
 * @example
 * setAcceleration('none');
 * setAcceleration('all');
 */
export function setAcceleration(which: Acceleration): void {
  acceleration = which;
}

/**
 * Compiles the steps of one model, like `torch.compile`, if `setAcceleration('chosen')` disables other models.
 *
 * @param model any Layers model
 * @returns the same model
 * @throws InputError if the model belongs to another copy of TensorFlow.js
 * @example
 * setAcceleration('chosen');
 * const model = accelerate(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }));
 * setAcceleration('all');
 */
export function accelerate<M extends tf.LayersModel>(model: M): M {
  // Copies share kernels, but not the methods of models.
  if (!((model as unknown) instanceof tf.LayersModel)) throw new InputError({ code: 'other-copy' });
  acceleratedModels.add(innerModel(model));
  return model;
}

/** Returns the model that trains: the inner model of a sequential model. */
const innerModel = (model: object): InnerModel =>
  ((model as { model?: InnerModel }).model ?? model) as InnerModel;

const isAccelerated = (model: InnerModel): boolean =>
  acceleration === 'all' || (acceleration === 'chosen' && acceleratedModels.has(model));

const methods: ComputingMethods = {
  fitLoop(this: InnerModel, ...args) {
    if (!isAccelerated(this)) return stock.fitLoop.apply(this as never, args);
    return compiledFitLoop(this, args);
  },
  testLoop(this: InnerModel, f, ins, batchSize = 32, verbose = 0, steps) {
    const isStock = !isAccelerated(this) || verbose > 0 || steps != null;
    const results = isStock ? undefined : runCompiled(this, 'validation', ins, batchSize);
    // Not `f`, which would compile single batches.
    const step = isStock ? f : testStep(this);
    return results ?? stock.testLoop.call(this as never, step, ins, batchSize, verbose, steps);
  },
  makeTrainFunction(this: InnerModel) {
    const step = stock.makeTrainFunction.call(this as never);
    return data =>
      (isAccelerated(this) ? runCompiled(this, 'training', data) : undefined) ?? step(data);
  },
  makeTestFunction(this: InnerModel) {
    stock.makeTestFunction.call(this as never);
    const step = this.testFunction;
    this.testFunction = data =>
      (isAccelerated(this) ? runCompiled(this, 'validation', data) : undefined) ?? step(data);
  },
  dispose(this: InnerModel) {
    forgetSteps(innerModel(this));
    return stock.dispose.call(this as never);
  },
};

if (globalThis.process?.env?.TFJS_GRAPH !== 'off') Object.assign(prototype, methods);
