import type * as tf from '@tensorflow/tfjs';
import type { Call } from './plan';

/** Rows `[start, start + count)` of tensors: a model's inputs, targets and sample weights, in order. */
export interface Part {
  readonly columns: readonly tf.Tensor[];
  readonly start: number;
  readonly count: number;
}

/** The loss of a step, then its metrics. */
export type StepValues = readonly number[];

/** Takes a model's steps of training and of validation, on data that it is given. */
export interface Trainer {
  /** The calls of an epoch, in order; each may depend on how the one before went. */
  readonly calls: Iterable<Call>;
  /** Takes a call's steps of training on the samples of these rows, in their order. */
  train(call: Call, rows: Int32Array): StepValues[];
  /** Measures the validation samples: loss and metrics, as means over them all. */
  test(): StepValues;
  /** Gives the model the weights, and the optimizer the state, of the last step. */
  pull(): void;
  /** Takes over what was assigned to the model's weights since the last pull. */
  push(): void;
  dispose(): void;
}

/** A loss of tfjs-layers: a value a sample, of targets and outputs. */
export type Loss = (targets: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/** What training uses of tfjs-layers' model beyond its public types. */
export interface InnerModel {
  readonly optimizer: tf.Optimizer;
  makeTrainFunction(): (data: tf.Tensor[]) => tf.Scalar[];
  makeTestFunction(): void;
  testFunction: (data: tf.Tensor[]) => tf.Scalar[];
  readonly layers: readonly tf.layers.Layer[];
  readonly inputs: readonly tf.SymbolicTensor[];
  readonly outputs: readonly tf.SymbolicTensor[];
  lossFunctions: Loss[];
  /** As given to `compile`. */
  readonly loss: unknown;
  readonly metrics: unknown;
  readonly weights: readonly { read(): tf.Variable }[];
  readonly collectedTrainableWeights: readonly { read(): tf.Variable }[];
  stopTraining: boolean;
  isTraining: boolean;
  history: tf.History;
  getDedupedMetricsNames(): string[];
  standardizeUserData(
    x: tf.Tensor | tf.Tensor[],
    y: tf.Tensor | tf.Tensor[],
    sampleWeight: null,
    classWeight: unknown,
    checkBatchAxis: boolean,
    batchSize: number,
  ): Promise<[tf.Tensor[], tf.Tensor[], tf.Tensor[] | null]>;
}
