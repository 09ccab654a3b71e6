/**
 * Remembers what `fit` trained, and on what, so that an exercise can tell an experiment that took
 * place from an invented one.
 */
import type * as tf from '@tensorflow/tfjs';
import type { Tensors } from 'tfjs-graph';

/** A training that took place. */
export interface Training {
  readonly model: tf.LayersModel;
  /** Whether the model had been trained before. */
  readonly again: boolean;
  /** The pictures that it was given, those for `validationSplit` included; their owner may dispose of them. */
  readonly x: tf.Tensor;
  /** The pictures given as `validationData`. */
  readonly validation: tf.Tensor | undefined;
  /** Loss and metrics, one value an epoch, as they came out. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

interface Memory {
  readonly byHistory: WeakMap<object, Training>;
  readonly byModel: WeakMap<tf.LayersModel, readonly Training[]>;
}

// On the process rather than in this module: where it is loaded again, the trainings stay known.
const KEY = Symbol.for('digits.trainings');
const holder = globalThis as unknown as Record<symbol, Memory | undefined>;
holder[KEY] ??= { byHistory: new WeakMap(), byModel: new WeakMap() };
const { byHistory, byModel } = holder[KEY];

/** Remembers a training by its model and by what `fit` returns of it. */
export function remember(
  result: { readonly history: Readonly<Record<string, readonly number[]>> },
  model: tf.LayersModel,
  x: Tensors,
  validationData?: readonly [Tensors, Tensors],
): void {
  const before = trainingsOf(model);
  const training: Training = {
    model,
    again: before.length > 0,
    x: first(x),
    validation: validationData && first(validationData[0]),
    history: structuredClone(result.history),
  };
  byModel.set(model, [...before, training]);
  byHistory.set(result, training);
  byHistory.set(result.history, training);
}

const first = (tensors: Tensors): tf.Tensor => [tensors].flat()[0] as tf.Tensor;

/** Finds the training that a result of `fit`, or its `history`, came from. */
export const trainingOf = (history: object): Training | undefined => byHistory.get(history);

/** Lists the trainings of a model, in their order. */
export const trainingsOf = (model: tf.LayersModel): readonly Training[] => byModel.get(model) ?? [];
