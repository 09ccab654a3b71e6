import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend } from '../backend';
import type { Patch } from '../with-values';
import { type InnerModel, type Loss, lossOf } from './model';

const OPS: Readonly<Record<string, string>> = {
  sparseCategoricalCrossentropy: 'SparseCrossEntropy',
  categoricalCrossentropy: 'DenseCrossEntropy',
  binaryCrossentropy: 'BinaryCrossEntropy',
};

/** Returns a patch that computes a model's cross-entropies of matrices by this package's ops. */
export function fusedLosses(backend: NativeBackend, model: InnerModel): Patch {
  const lossFunctions = model.lossFunctions.map((stock, output): Loss => {
    const op = OPS[String(lossOf(model, output))];
    return (labels, probabilities) => {
      const fits = probabilities.rank === 2 && labels.dtype === 'float32';
      return op && fits
        ? entropy(backend, op, labels, probabilities)
        : stock(labels, probabilities);
    };
  });
  return [model, { lossFunctions }];
}

/** Returns a cross-entropy, `[samples]`. */
function entropy(
  backend: NativeBackend,
  op: string,
  labels: tf.Tensor,
  probabilities: tf.Tensor,
): tf.Tensor {
  const loss = tf.customGrad((x, save) => {
    const outputs = backend.executeMultipleOutputs(op, [], [x as tf.Tensor, labels], 3);
    (save as tf.GradSaveFunc)([at(outputs, 1)]);
    const gradFunc = (dy: tf.Tensor, [slopes]: tf.Tensor[]) =>
      dy.reshape([-1, 1]).mul(slopes as tf.Tensor);
    return { value: at(outputs, 0), gradFunc: gradFunc as never };
  });
  return loss(probabilities);
}
