/** The models of the benchmark, as `models.yml` lists them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A layer or an optimizer by its name in Keras, with its settings. A layer may hold another one. */
export type Part = readonly [name: string, settings: Readonly<Record<string, unknown>>];

/** A layer in a graph: its inputs follow, each the number of a model's input or the name of a layer. */
export type Node = readonly [...Part, ...reads: (number | string)[]];

/** An input of a model: the shape and distribution of a sample, as `models.yml` explains. */
export interface Input {
  readonly kind: 'pixels' | 'normal' | 'tokens' | 'mask';
  readonly shape: readonly number[];
  readonly black?: number;
  readonly below?: number;
}

export interface BenchModel {
  /** Its name for `--only`. */
  readonly name: string;
  readonly inputs: readonly Input[];
  /** The name in Keras; depends on the kind of the target. */
  readonly loss: string;
  /** One after the other; or a graph, whose last layer is the output. */
  readonly layers: readonly Part[] | Readonly<Record<string, Node>>;
  /** Defaults to Adam with its defaults. */
  readonly optimizer?: Part;
  /** Samples of an epoch: few enough for stock TensorFlow.js. */
  readonly samples: number;
  /** Defaults to 64. */
  readonly batchSize: number;
  /** The output expected for a sample, as `models.yml` explains. */
  readonly target: {
    readonly kind: 'class' | 'one-hot' | 'yes-or-no' | 'number' | 'input';
    readonly classes?: number;
  };
  /** Of a generative adversarial network: the numbers that a sample is made of. */
  readonly noise?: number;
  readonly discriminator?: readonly Part[];
  /** The rows that have no such step. */
  readonly without?: readonly string[];
}

/** Says whether a model carries a state from one batch to the next, and so is made for one size of them. */
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

/** The lesson's model. */
export const LESSON = models.find(({ name }) => name === 'dense') as BenchModel;
