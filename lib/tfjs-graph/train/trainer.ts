import type * as tf from '@tensorflow/tfjs';
import type { Column } from '../graph/column';
import type { OptimizerState } from './optimizer-state';

/** The first `count` rows of columns: a model's inputs, targets and weights of the samples, in order. */
export interface Part {
  readonly columns: readonly Column[];
  readonly count: number;
}

/** The loss of a step, then its metrics. */
export type StepValues = readonly number[];

/** Steps of one size that are handed over together, and the rows of their samples, in their order. */
export interface Call {
  readonly rows: Int32Array;
  readonly steps: number;
  readonly batchSize: number;
}

/** Runs a model's compiled steps, on copies of its weights. */
export interface Trainer {
  /** Returns the largest number of steps for the next call of {@link train}; defaults to one. */
  stepsAtOnce?(): number;
  /** Runs steps on training samples. */
  train(call: Call): readonly StepValues[];
  /** Measures all samples of a part of the validation data. */
  validate(part: Part): StepValues;
  /** Copies what was assigned to weights, the optimizer's state and columns since the last {@link pull}. */
  push(): void;
  /** Gives the model the weights, and the optimizer the state, of the last step. */
  pull(): void;
  dispose(): void;
}

export interface TrainerInput {
  readonly model: InnerModel;
  readonly optimizer: OptimizerState;
  readonly training: Part;
  readonly validation?: Part | undefined;
  readonly batchSize: number;
  /** Steps after which the model gets its weights, counted from 1 over all epochs. */
  readonly stops?: readonly number[];
}

/** A step of tfjs-layers: a batch of inputs, targets and maybe weights of samples in, loss and metrics out. */
export type Step = (data: tf.Tensor[]) => tf.Scalar[];

/** A loss of tfjs-layers: a value a sample, of targets and outputs. */
export type Loss = (targets: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/** tfjs-layers' model, with the members that its public types leave out. */
export interface InnerModel {
  readonly optimizer: tf.Optimizer;
  readonly layers: readonly tf.layers.Layer[];
  readonly outputNames: readonly string[];
  /** As given to `compile`. */
  readonly loss: unknown;
  readonly lossFunctions: readonly Loss[];
  readonly metricsTensors: unknown;
  readonly collectedTrainableWeights: readonly { read(): tf.Variable }[];
  testFunction: Step;
  stopTraining_: boolean;
  history: tf.History;
}

/** Returns the variables that a model trains, those of the last `compile`. */
export const trainableWeights = (model: InnerModel): tf.Variable[] =>
  model.collectedTrainableWeights.map(weight => weight.read());

/** Returns the loss of an output as `compile` received it: one for all, a list, or by the outputs' names. */
export function lossOf({ loss, outputNames }: InnerModel, output: number): unknown {
  if (typeof loss !== 'object' || loss === null) return loss;
  const key = Array.isArray(loss) ? output : (outputNames[output] ?? '');
  return (loss as Readonly<Record<string | number, unknown>>)[key];
}
