/**
 * Remembers what `model.fit` trained, and on what, so that an exercise can tell an experiment that took
 * place from an invented one.
 */
import * as tf from '@tensorflow/tfjs';
import { type DataArgs, tensorsIn } from '../input/data';
import type { Tensors } from '../input/model';
import { itemAt } from '../item-at';

/** Samples and labels of a training or of its validation; their owner may dispose of them. */
export interface Data {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
}

export interface Training {
  /** The model inside a sequential one. */
  readonly model: tf.LayersModel;
  /** Whether the model had been trained before. */
  readonly again: boolean;
  /** What it was given, with the samples for `validationSplit`. */
  readonly data: Data;
  /** A few of the samples, copied, `[count, ...sample]` one after the other. */
  readonly some: Float32Array;
  /** What was given as `validationData`. */
  readonly validation: Data | undefined;
  readonly validationSplit: number;
  readonly batchSize: number;
  /** As many as were asked for. */
  readonly epochs: number;
  /** Loss and metrics, one value an epoch, as they came out. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Tells the weights with which it ended from any others. */
  readonly weights: string;
}

const byHistory = new WeakMap<object, Training>();
const byModel = new WeakMap<tf.LayersModel, readonly Training[]>();
/** Those since a time that somebody waits for. */
const lists = new Set<Training[]>();

/** Remembers a training by its model and by its history. */
export function remember(
  result: { readonly history: Readonly<Record<string, readonly number[]>> },
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  { batchSize = 32, epochs = 1, validationSplit = 0, validationData }: DataArgs,
): void {
  const before = trainingsOf(model);
  const data = { x: first(x), y: first(y) };
  const training: Training = {
    ...{ model, again: before.length > 0, data, batchSize, epochs },
    some: someOf(data.x),
    validation: validationData && { x: first(validationData[0]), y: first(validationData[1]) },
    validationSplit: validationData ? 0 : validationSplit,
    history: structuredClone(result.history),
    weights: fingerprint(model),
  };
  byModel.set(model, [...before, training]);
  byHistory.set(result, training);
  byHistory.set(result.history, training);
  for (const list of lists) list.push(training);
}

const first = (tensors: unknown): tf.Tensor => itemAt(tensorsIn(tensors), 0);

/** Copies up to 50 samples, taken evenly. */
export function someOf(x: tf.Tensor): Float32Array {
  const samples = x.shape[0] ?? 0;
  const count = Math.min(50, samples);
  const places = Array.from({ length: count }, (_, i) => Math.floor((i * samples) / count));
  return tf.tidy(() => x.gather(places).toFloat().dataSync<'float32'>().slice());
}

/** Writes what tells a model's weights from others: their sums. */
export const fingerprint = (model: tf.LayersModel): string =>
  tf.tidy(() =>
    model
      .getWeights()
      .map(weight => itemAt(weight.abs().sum().dataSync(), 0))
      .join(),
  );

/** Finds the training that a result of `model.fit`, or its `history`, came from. */
export const trainingOf = (history: object): Training | undefined => byHistory.get(history);

export const trainingsOf = (model: tf.LayersModel): readonly Training[] =>
  byModel.get(innerModel(model)) ?? [];

/** Returns the model that trains: a sequential model wraps it. */
export const innerModel = (model: tf.LayersModel): tf.LayersModel =>
  (model as { model?: tf.LayersModel }).model ?? model;

/** Runs `work`, and lists the trainings that took place meanwhile. */
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
