/** The models of the benchmark, as `models.yml` lists them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A layer or an optimizer by its name in Keras, with its settings. A layer may hold another one. */
export type Part = readonly [name: string, settings: Readonly<Record<string, unknown>>];

/** A layer in a graph: its inputs follow, each the number of a model's input or the name of a layer. */
export type Node = readonly [
  name: string,
  settings: Readonly<Record<string, unknown>>,
  ...reads: (number | string)[],
];

/** An input of a model: the shape and distribution of a sample. */
export type Input =
  /** Multiples of 1/255 from 0 to 1, of which the share `black` is 0. */
  | { readonly kind: 'pixels'; readonly shape: readonly number[]; readonly black: number }
  /** Of mean 0 and deviation 1. */
  | { readonly kind: 'normal'; readonly shape: readonly number[] }
  /** Whole numbers from 0 to below `below`. */
  | { readonly kind: 'tokens'; readonly shape: readonly number[]; readonly below: number };

/** The output expected for a sample. */
export type Target =
  /** The number of its class; shape `[samples]`, int32. */
  | { readonly kind: 'class'; readonly classes: number }
  /** The class as a one-hot vector; shape `[samples, classes]`, float32. */
  | { readonly kind: 'one-hot'; readonly classes: number }
  /** 1 for the second of two classes, else 0; shape `[samples, 1]`, float32. */
  | { readonly kind: 'yes-or-no' }
  /** A sum of its numbers, each times a weight, and some noise; shape `[samples, 1]`, float32. */
  | { readonly kind: 'number' }
  /** The sample itself. */
  | { readonly kind: 'input' };

export interface Architecture {
  readonly inputs: readonly Input[];
  /** By its name in Keras. */
  readonly loss: string;
  /** One after the other; or a graph, whose last layer is the output. */
  readonly layers: readonly Part[] | Readonly<Record<string, Node>>;
  /** Defaults to Adam with its defaults. */
  readonly optimizer?: Part;
}

export interface BenchModel extends Architecture {
  /** Its name for `--only`; in Python with `_` for `-`. */
  readonly name: string;
  /** Samples of an epoch: few enough for stock TensorFlow.js. */
  readonly samples: number;
  readonly batchSize: number;
  readonly target: Target;
  /** The share of a sample's numbers that depend on its class; defaults to 0.2. */
  readonly signal?: number;
}

export const models: readonly BenchModel[] = parse(
  readFileSync(join(__dirname, 'models.yml'), 'utf8'),
);

/** The lesson's. */
export const LESSON = models.find(({ name }) => name === 'dense') as BenchModel;
