/** A model of the benchmark, and the data that it is trained on. */
import type * as tf from '@tensorflow/tfjs';

/** An input of a model: the shape of a sample, and what its numbers are. */
export type Input =
  /** Multiples of 1/255 from 0 to 1, of which the share `black` is 0. */
  | { readonly kind: 'pixels'; readonly shape: readonly number[]; readonly black: number }
  /** Of mean 0 and deviation 1. */
  | { readonly kind: 'normal'; readonly shape: readonly number[] }
  /** Whole numbers from 0 to below `below`. */
  | { readonly kind: 'tokens'; readonly shape: readonly number[]; readonly below: number };

/** What a model is to give for a sample. */
export type Target =
  /** The number of its class; shape `[samples]`, int32. */
  | { readonly kind: 'class'; readonly classes: number }
  /** The same as a vector of a single 1; shape `[samples, classes]`, float32. */
  | { readonly kind: 'one-hot'; readonly classes: number }
  /** Whether it is of the second of two classes: 0 or 1; shape `[samples, 1]`, float32. */
  | { readonly kind: 'yes-or-no' }
  /** A sum of its numbers, each times a weight, and some noise; shape `[samples, 1]`, float32. */
  | { readonly kind: 'number' }
  /** The sample itself. */
  | { readonly kind: 'input' };

/** A model of which `models.py` has the same in Keras, in a function of its name. */
export interface BenchModel {
  /** Its name for `--only`; in Python with `_` for `-`. */
  readonly name: string;
  /** Its name in the table. */
  readonly title: string;
  /** Samples of an epoch: few enough for stock TensorFlow.js. */
  readonly samples: number;
  readonly batchSize: number;
  readonly inputs: readonly Input[];
  readonly target: Target;
  /** The share of its numbers by which a sample tells its class, as in {@link Target}; defaults to 0.2. */
  readonly signal?: number;
  /** Builds and compiles it. */
  build(): tf.LayersModel;
}
