/** The models of the benchmark, from `models.yml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A layer or an optimizer of Keras. A setting of a layer may be another layer. */
export type Part = readonly [name: string, settings: Readonly<Record<string, unknown>>];

/** A layer in a graph with inputs: numbers of the model's inputs, or names of layers. */
export type Node = readonly [...Part, ...reads: (number | string)[]];

/** The shape and distribution of an input's samples; see `models.yml`. */
export interface Input {
  readonly kind: 'pixels' | 'normal' | 'tokens' | 'mask';
  readonly shape: readonly number[];
  readonly black?: number;
  readonly below?: number;
}

export interface BenchModel {
  /** The name for `--only`. */
  readonly name: string;
  readonly inputs: readonly Input[];
  /** The name in Keras; depends on the kind of the target. */
  readonly loss: string;
  /** A stack of layers, or a graph with the output as the last layer. */
  readonly layers: readonly Part[] | Readonly<Record<string, Node>>;
  /** Defaults to Adam. */
  readonly optimizer?: Part;
  /** The samples of an epoch, few enough for stock TensorFlow.js. */
  readonly samples: number;
  /** Defaults to 64. */
  readonly batchSize: number;
  /** The expected output; see `models.yml`. */
  readonly target: {
    readonly kind: 'class' | 'one-hot' | 'yes-or-no' | 'number' | 'input';
    readonly classes?: number;
  };
}

/** Returns whether a model passes a state from batch to batch, and so needs a fixed batch size. */
export const isStateful = ({ layers }: Pick<BenchModel, 'layers'>): boolean =>
  Object.values<Part | Node>(layers).some(([, settings]) => settings.stateful);

const LOSSES = {
  class: 'sparse_categorical_crossentropy',
  'one-hot': 'categorical_crossentropy',
  'yes-or-no': 'binary_crossentropy',
  number: 'mean_squared_error',
  input: 'binary_crossentropy',
};

const entries: readonly BenchModel[] = parse(readFileSync(join(__dirname, 'models.yml'), 'utf8'));

export const models: readonly BenchModel[] = entries.map(entry => ({
  ...entry,
  batchSize: entry.batchSize ?? 64,
  loss: LOSSES[entry.target.kind],
}));

export const LESSON = models.find(({ name }) => name === 'dense') as BenchModel;
