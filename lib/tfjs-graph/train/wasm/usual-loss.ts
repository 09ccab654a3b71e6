import * as tf from '@tensorflow/tfjs';
import type { InnerModel } from '../trainer';

/** The metrics that are the accuracy, by the name of the loss. */
const ACCURACIES: Readonly<Record<string, readonly unknown[]>> = {
  sparseCategoricalCrossentropy: ['accuracy', 'acc', tf.metrics.sparseCategoricalAccuracy],
  categoricalCrossentropy: ['accuracy', 'acc', tf.metrics.categoricalAccuracy],
};

/** Says whether the loss is a cross-entropy of classes, and the only metric, if any, its accuracy. */
export function isCrossEntropy({ loss, metrics }: InnerModel): boolean {
  const known = ACCURACIES[String(loss)];
  const given = [metrics ?? []].flat();
  return known !== undefined && given.length <= 1 && given.every(metric => known.includes(metric));
}
