import { messages } from '../language';
import type { Run } from './training-panels';

/**
 * The five epochs of the lesson that this one follows: the same network in Python's Keras, trained
 * on one GPU. `fit` can draw them beside the curves of a training.
 *
 * @example
 * ORIGINAL_RUN.history.val_loss; // [0.1854, 0.1362, 0.1133, 0.107, 0.0891]
 */
export const ORIGINAL_RUN: Run = {
  get name() {
    return messages().figures.history.originalRun;
  },
  history: {
    loss: [0.3316, 0.1542, 0.1083, 0.0816, 0.064],
    sparse_categorical_accuracy: [0.908, 0.9557, 0.9684, 0.9764, 0.9817],
    val_loss: [0.1854, 0.1362, 0.1133, 0.107, 0.0891],
    val_sparse_categorical_accuracy: [0.949, 0.9625, 0.9662, 0.9683, 0.974],
  },
};
