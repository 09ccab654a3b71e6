/** A training to draw, and what to compare it with. */
import { messages } from '../language';
import type { StepMeans } from './step-means';

/** Values by name, one an epoch, as in the `history` of `fit`. */
export type HistoryValues = Readonly<Record<string, ArrayLike<number>>>;

/** A training to compare with: what `fit` returned, or `ORIGINAL_RUN`. */
export interface Run {
  /** Its name in the figure; defaults to "earlier run". */
  readonly name?: string;
  readonly history: HistoryValues;
}

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

/** Options of the curves of a training. */
export interface CurveOptions {
  /** The values of the steps, as a thin line. */
  readonly steps?: StepMeans | undefined;
  /** Another training, black and dotted. */
  readonly beside?: Run | undefined;
  /** The epochs that the figure has room for; defaults to those that it shows. */
  readonly epochs?: number;
}
