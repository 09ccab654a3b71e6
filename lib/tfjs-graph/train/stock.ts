/** tfjs-layers' own methods, which compiled steps replace. */
import * as tf from '@tensorflow/tfjs';
import type { InnerModel, Step } from './model';

/** The parameters of `fitLoop` in tfjs-layers 4. */
export type FitLoopParameters = [
  f: Step,
  ins: readonly (tf.Tensor | null)[],
  outLabels: readonly string[],
  batchSize?: number | null,
  epochs?: number | null,
  verbose?: number | null,
  callbacks?: tf.Callback[] | null,
  valF?: Step | null,
  valIns?: readonly tf.Tensor[] | null,
  shuffle?: boolean | string | null,
  callbackMetrics?: readonly string[] | null,
  initialEpoch?: number | null,
  stepsPerEpoch?: number | null,
  validationSteps?: number | null,
];

export interface ComputingMethods {
  fitLoop(...args: FitLoopParameters): Promise<tf.History>;
  testLoop(
    f: Step,
    ins: readonly tf.Tensor[],
    batchSize?: number,
    verbose?: number,
    steps?: number,
  ): tf.Scalar[];
  makeTrainFunction(): Step;
  makeTestFunction(): void;
  dispose(): unknown;
}

export const prototype = tf.LayersModel.prototype as unknown as ComputingMethods;

const { fitLoop, testLoop, makeTrainFunction, makeTestFunction, dispose } = prototype;

export const stock = { fitLoop, testLoop, makeTrainFunction, makeTestFunction, dispose };

export const trainStep = (model: InnerModel): Step => makeTrainFunction.call(model as never);

/** Returns a model's stock evaluation step, without changing the model. */
export function testStep(model: InnerModel): Step {
  const derived = Object.create(model);
  makeTestFunction.call(derived);
  return derived.testFunction;
}
