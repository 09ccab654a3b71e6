import type * as tf from '@tensorflow/tfjs';
import type { Column } from '../bytes/column';
import type { OptimizerState } from './optimizer-state';

/** The first `count` rows of the columns of inputs, targets and sample weights. */
export interface Part {
  readonly columns: readonly Column[];
  readonly count: number;
}

export type StepValues = readonly number[];

/** Steps of equal size to run together, with the rows of the samples. */
export interface Call {
  readonly rows: Int32Array;
  readonly steps: number;
  readonly batchSize: number;
}

export interface CompilerInput {
  readonly model: InnerModel;
  readonly optimizer: OptimizerState;
  readonly training: Part;
  readonly validation: Part;
  readonly batchSize: number;
  /** Steps after which to update the model's weights, counted from 1 over all epochs. */
  readonly stops?: readonly number[] | undefined;
}

/** A step of tfjs-layers: returns loss and metrics of a batch of inputs, targets and optional sample weights. */
export type Step = (data: tf.Tensor[]) => tf.Scalar[];

/** A loss of tfjs-layers, which returns a value per sample. */
export type Loss = (targets: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/** tfjs-layers' model with internal members. */
export interface InnerModel {
  readonly optimizer: tf.Optimizer;
  readonly layers: readonly tf.layers.Layer[];
  readonly outputNames: readonly string[];
  readonly loss: unknown;
  readonly lossFunctions: readonly Loss[];
  readonly metricsTensors: unknown;
  readonly collectedTrainableWeights: readonly { read(): tf.Variable }[];
  testFunction: Step;
  stopTraining_: boolean;
  history: tf.History;
}

/** Returns the trainable variables at the last `compile`. */
export const trainableWeights = (model: InnerModel): tf.Variable[] =>
  model.collectedTrainableWeights.map(weight => weight.read());

/** Returns an output's loss from the argument of `compile`: a single loss, a list, or losses by output name. */
export function lossOf({ loss, outputNames }: InnerModel, output: number): unknown {
  if (typeof loss !== 'object' || loss === null) return loss;
  const key = Array.isArray(loss) ? output : (outputNames[output] ?? '');
  return (loss as Readonly<Record<string | number, unknown>>)[key];
}
