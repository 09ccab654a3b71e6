import * as tf from '@tensorflow/tfjs';
import { InputError, TrainingError } from '../errors';
import type { OptimizerState } from './optimizer-state';

/** Rows `[start, start + count)` of tensors: a model's inputs, targets and weights of the samples, in order. */
export interface Part {
  readonly columns: readonly tf.Tensor[];
  readonly start: number;
  readonly count: number;
}

/** The loss of a step, then its metrics. */
export type StepValues = readonly number[];

/** Steps of one size that were taken together. */
export interface Steps {
  readonly batchSize: number;
  readonly values: readonly StepValues[];
  /** Loss and metrics over the validation samples, behind the last step of an epoch. */
  readonly validation?: StepValues | undefined;
}

/** Steps of one size that are handed over together, and the rows of their samples, in their order. */
export interface Call {
  readonly rows: Int32Array;
  readonly steps: number;
  readonly batchSize: number;
}

/** Takes a model's steps on data that it is given: in the model itself, or in a copy of its weights. */
export interface Trainer {
  /** The most steps that the next call of training is to have; defaults to one. */
  stepsAtOnce?(): number;
  /** Takes steps on training samples. */
  train(call: Call): readonly StepValues[];
  /** Measures all samples of a part of the validation data. */
  validate(part: Part): StepValues;
  /** Reads what was assigned to the model's weights. */
  push?(): void;
  /** Hands the model the weights, and the optimizer the state, of the last step. */
  pull?(): void;
  dispose?(): void;
}

export interface TrainerInput {
  readonly model: InnerModel;
  readonly optimizer: OptimizerState;
  readonly training: Part;
  readonly validation?: Part | undefined;
  readonly batchSize: number;
  /** Whether callbacks are to see the weights of each step in the model, and may change them. */
  readonly live: boolean;
  /** Steps behind which the model is to have its weights, counted from 1 on over all epochs. */
  readonly stops?: readonly number[];
}

/** A loss of tfjs-layers: a value a sample, of targets and outputs. */
export type Loss = (targets: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/** tfjs-layers' model, with what its public types leave out. */
export interface InnerModel {
  readonly optimizer: tf.Optimizer;
  makeTrainFunction(): (data: tf.Tensor[]) => tf.Scalar[];
  makeTestFunction(): void;
  testFunction: (data: tf.Tensor[]) => tf.Scalar[];
  readonly layers: readonly tf.layers.Layer[];
  readonly outputs: readonly tf.SymbolicTensor[];
  readonly outputNames: readonly string[];
  readonly feedInputNames: readonly string[];
  readonly feedOutputNames: readonly string[];
  readonly lossFunctions: readonly Loss[];
  /** As given to `compile`. */
  readonly loss: unknown;
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

/** Returns the model that trains, with what its types leave out: a sequential one wraps it. */
export function innerModel(model: tf.LayersModel | InnerModel): InnerModel {
  const { model: inner } = model as { model?: InnerModel };
  return inner ?? (model as InnerModel);
}

/**
 * Looks up the loss of an output, as `compile` was given it: one for all, a list, or by the outputs' names.
 *
 * @param output its place among the model's outputs, from 0.
 * @returns a name or a function; undefined if the output has none, or the model was not compiled.
 * @example
 * lossOf(model, 0); // 'sparseCategoricalCrossentropy'
 */
export function lossOf(model: tf.LayersModel | InnerModel, output: number): unknown {
  const { loss, outputNames } = innerModel(model);
  if (typeof loss !== 'object' || loss === null) return loss;
  const key = Array.isArray(loss) ? String(output) : outputNames[output];
  return Object.entries(loss).find(([name]) => name === key)?.[1];
}

/** @throws TrainingError if the model is not compiled, or belongs to another copy of TensorFlow.js. */
export function requireCompiled(model: InnerModel): void {
  // The engine is shared, but what an optimizer or a layer is told by its class is not.
  if (!((model as unknown) instanceof tf.LayersModel))
    throw new TrainingError({ code: 'other-copy' });
  if (!model.optimizer) throw new TrainingError({ code: 'not-compiled' });
}

/** Returns the variables that a model trains, those of the last compile. */
export const trainableWeights = (model: InnerModel): tf.Variable[] =>
  model.collectedTrainableWeights.map(weight => weight.read());

/** Returns a model's own step of validation, of samples and targets. */
export function validationStep(model: InnerModel): (data: tf.Tensor[]) => tf.Scalar[] {
  model.makeTestFunction();
  return data => model.testFunction(data);
}

/** A model's samples or targets: several tensors where it has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** Tensors, maybe by the names of the inputs or outputs. */
export type NamedTensors = Tensors | tf.NamedTensorMap;

/**
 * Puts tensors that were given by name into the order of the names.
 *
 * @throws InputError if one is missing, or no tensor.
 */
export function inOrder(given: NamedTensors, names: readonly string[]): tf.Tensor[] {
  const tensors = isNamed(given) ? names.map(name => given[name]) : [given].flat();
  return tensors.map((tensor, i) => {
    if (tensor instanceof tf.Tensor) return tensor;
    const name = names[i] ?? String(i);
    throw new InputError({ code: 'no-tensor', name, received: typeof tensor });
  });
}

const isNamed = (given: NamedTensors): given is tf.NamedTensorMap =>
  typeof given === 'object' && !Array.isArray(given) && !(given instanceof tf.Tensor);
