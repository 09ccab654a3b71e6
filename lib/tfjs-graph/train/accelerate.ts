/** Replaces the methods of tfjs-layers' models that compute by ones that take compiled steps. */
import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';
import { forgetSteps } from './compiled-steps';
import { compiledFitLoop } from './fit-loop';
import { measureBatch, measureSamples, trainBatch } from './single-steps';
import { type ComputingMethods, prototype, stock, testStep } from './stock';
import type { InnerModel } from './trainer';

/** Which models train and measure by compiled steps: all, those given to {@link accelerate}, or none. */
export type Acceleration = 'all' | 'chosen' | 'none';

let acceleration: Acceleration = 'all';
const chosen = new WeakSet<InnerModel>();

/**
 * Chooses the models that train and measure by compiled steps. The environment variable `TFJS_GRAPH=off`
 * has the effect of `'none'`, whatever the program chooses.
 *
 * @param which `'all'`, as after the import; `'chosen'`: the models given to {@link accelerate}; or `'none'`.
 * @example
 * setAcceleration('none');
 * setAcceleration('all');
 */
export function setAcceleration(which: Acceleration): void {
  acceleration = which;
}

/**
 * Compiles the steps of one model, as `torch.compile` does, while others train by TensorFlow.js's own steps.
 *
 * @param model any Layers model.
 * @returns the same model.
 * @throws InputError if the model belongs to another copy of TensorFlow.js.
 * @example
 * setAcceleration('chosen');
 * const model = accelerate(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }));
 * setAcceleration('all');
 */
export function accelerate<M extends tf.LayersModel>(model: M): M {
  // The kernels are shared between copies, but not the methods of a model.
  if (!((model as unknown) instanceof tf.LayersModel)) throw new InputError({ code: 'other-copy' });
  chosen.add(innerModel(model));
  return model;
}

/** Returns the model that trains: a sequential one wraps it. */
const innerModel = (model: object): InnerModel =>
  ((model as { model?: InnerModel }).model ?? model) as InnerModel;

const isAccelerated = (model: InnerModel): boolean =>
  acceleration === 'all' || (acceleration === 'chosen' && chosen.has(model));

const methods: ComputingMethods = {
  fitLoop(this: InnerModel, ...given) {
    if (!isAccelerated(this)) return stock.fitLoop.apply(this as never, given);
    return compiledFitLoop(this, given);
  },
  testLoop(this: InnerModel, f, ins, batchSize = 32, verbose = 0, steps) {
    const isStock = !isAccelerated(this) || verbose > 0 || steps != null;
    const measured = isStock ? undefined : measureSamples(this, ins, batchSize);
    // `f` would compile single batches.
    const step = isStock ? f : testStep(this);
    return measured ?? stock.testLoop.call(this as never, step, ins, batchSize, verbose, steps);
  },
  makeTrainFunction(this: InnerModel) {
    const step = stock.makeTrainFunction.call(this as never);
    return data => (isAccelerated(this) ? trainBatch(this, data) : undefined) ?? step(data);
  },
  makeTestFunction(this: InnerModel) {
    stock.makeTestFunction.call(this as never);
    const step = this.testFunction;
    this.testFunction = data =>
      (isAccelerated(this) ? measureBatch(this, data) : undefined) ?? step(data);
  },
  dispose(this: InnerModel) {
    forgetSteps(innerModel(this));
    return stock.dispose.call(this as never);
  },
};

if (globalThis.process?.env?.TFJS_GRAPH !== 'off') Object.assign(prototype, methods);
