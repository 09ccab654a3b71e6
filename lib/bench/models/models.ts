/** The models of the benchmark, from `models.yml`. */
import { join } from 'node:path';
import { readYaml } from 'command/machine/yaml';

/** A layer or an optimizer of Keras. A setting of a layer may be another layer. */
export type Part = readonly [name: string, settings: Readonly<Record<string, unknown>>];

/** A layer with its inputs: numbers of the model's inputs, or names of layers. */
type Node = readonly [...Part, ...sources: (number | string)[]];

type Graph = Readonly<Record<string, Node>>;

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
  /** The last layer is the output. */
  readonly layers: Graph;
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
  Object.values(layers).some(([, settings]) => settings.stateful);

/** Returns a stack of layers as a graph, in which each layer has the previous layer as input. */
const toGraph = (layers: readonly Part[]): Graph =>
  Object.fromEntries(layers.map((layer, i) => [`layer${i}`, [...layer, i ? `layer${i - 1}` : 0]]));

const LOSSES = {
  class: 'sparse_categorical_crossentropy',
  'one-hot': 'categorical_crossentropy',
  'yes-or-no': 'binary_crossentropy',
  number: 'mean_squared_error',
  input: 'binary_crossentropy',
};

type Entry = Omit<BenchModel, 'layers'> & { readonly layers: Graph | readonly Part[] };

const entries = readYaml<Entry[]>(join(__dirname, 'models.yml'));

export const models: readonly BenchModel[] = entries.map(entry => ({
  ...entry,
  layers: Array.isArray(entry.layers) ? toGraph(entry.layers) : (entry.layers as Graph),
  batchSize: entry.batchSize ?? 64,
  loss: LOSSES[entry.target.kind],
}));

export const LESSON = models.find(({ name }) => name === 'dense') as BenchModel;
