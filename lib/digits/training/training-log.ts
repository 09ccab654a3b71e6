/**
 * Logs each training by `model.fit` with model and data, so an exercise can distinguish a real experiment from
 * an invented result.
 */
import * as tf from '@tensorflow/tfjs';
import { type DataArgs, tensorsIn } from '../input/data';
import type { Tensors } from '../input/model';
import { itemAt } from '../item-at';

/** Samples and labels of a training or validation; the caller may dispose of the tensors. */
export interface Data {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
}

export interface Training {
  /** The model wrapped by a sequential model. */
  readonly model: tf.LayersModel;
  /** Whether the model had been trained before. */
  readonly again: boolean;
  /** The training data, including the samples for `validationSplit`. */
  readonly data: Data;
  /** Copies of some samples, concatenated, `[count, ...sample]`. */
  readonly some: Float32Array;
  readonly validation: Data | undefined;
  readonly validationSplit: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Loss and metrics, one value per epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Fingerprint of the final weights. */
  readonly weights: string;
}

const byHistory = new WeakMap<object, Training>();
const byModel = new WeakMap<tf.LayersModel, readonly Training[]>();
/** Lists under collection by {@link trainingsIn}. */
const lists = new Set<Training[]>();

/** Logs a training by model and by history. */
export function remember(
  result: { readonly history: Readonly<Record<string, readonly number[]>> },
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  { batchSize = 32, epochs = 1, validationSplit = 0, validationData }: DataArgs,
): void {
  const previous = trainingsOf(model);
  const data = { x: first(x), y: first(y) };
  const training: Training = {
    ...{ model, again: previous.length > 0, data, batchSize, epochs },
    some: someOf(data.x),
    validation: validationData && { x: first(validationData[0]), y: first(validationData[1]) },
    validationSplit: validationData ? 0 : validationSplit,
    history: structuredClone(result.history),
    weights: fingerprint(model),
  };
  byModel.set(model, [...previous, training]);
  byHistory.set(result, training);
  byHistory.set(result.history, training);
  for (const list of lists) list.push(training);
}

const first = (tensors: unknown): tf.Tensor => itemAt(tensorsIn(tensors), 0);

/** Copies up to 50 evenly spaced samples. */
export function someOf(x: tf.Tensor): Float32Array {
  const samples = x.shape[0] ?? 0;
  const count = Math.min(50, samples);
  const indices = Array.from({ length: count }, (_, i) => Math.floor((i * samples) / count));
  return tf.tidy(() => x.gather(indices).toFloat().dataSync<'float32'>().slice());
}

/** Returns the sums of a model's weights as text, to recognize the same weights later. */
export const fingerprint = (model: tf.LayersModel): string =>
  tf.tidy(() =>
    model
      .getWeights()
      .map(weight => itemAt(weight.abs().sum().dataSync(), 0))
      .join(),
  );

/** Returns the training of a result of `model.fit`, or of the result's `history`. */
export const trainingOf = (history: object): Training | undefined => byHistory.get(history);

export const trainingsOf = (model: tf.LayersModel): readonly Training[] =>
  byModel.get(innerModel(model)) ?? [];

/** Returns the model that trains, unwrapped from a sequential model. */
export const innerModel = (model: tf.LayersModel): tf.LayersModel =>
  (model as { model?: tf.LayersModel }).model ?? model;

/** Calls `work` and returns all trainings that took place meanwhile. */
export async function trainingsIn<T>(
  work: () => Promise<T>,
): Promise<{ result: T; trainings: readonly Training[] }> {
  const trainings: Training[] = [];
  lists.add(trainings);
  try {
    return { result: await work(), trainings };
  } finally {
    lists.delete(trainings);
  }
}
