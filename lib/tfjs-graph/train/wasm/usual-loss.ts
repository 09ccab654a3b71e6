import * as tf from '@tensorflow/tfjs';
import type { InnerModel } from '../trainer';

/** Says whether the loss is the sparse cross-entropy, and the only metric, if any, its accuracy. */
export function isSparseCrossEntropy({ loss, metrics }: InnerModel): boolean {
  const given = [metrics ?? []].flat();
  const known: unknown[] = ['accuracy', 'acc', tf.metrics.sparseCategoricalAccuracy];
  return (
    loss === 'sparseCategoricalCrossentropy' &&
    given.length <= 1 &&
    given.every(metric => known.includes(metric))
  );
}
