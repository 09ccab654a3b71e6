/**
 * The models of the benchmark, as data: TensorFlow.js builds them in `build.ts`, Keras in
 * `keras_models.py`. PyTorch's, in `torch_models.py`, are programs of their own.
 */

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

/** The output expected for a sample, from which the model's loss follows. */
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
  readonly target: Target;
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
  /** The share of a sample's numbers that depend on its class; defaults to 0.2. */
  readonly signal?: number;
}

/** The loss for each kind of target, by its name in Keras. */
export const LOSSES: Readonly<Record<Target['kind'], string>> = {
  class: 'sparse_categorical_crossentropy',
  'one-hot': 'categorical_crossentropy',
  'yes-or-no': 'binary_crossentropy',
  number: 'mean_squared_error',
  input: 'binary_crossentropy',
};

const digit = (...shape: number[]): Input => ({ kind: 'pixels', shape, black: 0.8 });
const photo: Input = { kind: 'pixels', shape: [32, 32, 3], black: 0 };
const normal = (...shape: number[]): Input => ({ kind: 'normal', shape });
const classes = (n: number): Target => ({ kind: 'class', classes: n });
const oneHot: Target = { kind: 'one-hot', classes: 10 };

const flatten: Part = ['Flatten', {}];
const dense = (units: number, activation?: string): Part => ['Dense', { units, activation }];
const conv = (filters: number, kernel_size: number, more = {}): Part => [
  'Conv2D',
  { filters, kernel_size, activation: 'relu', ...more },
];
const pool: Part = ['MaxPooling2D', { pool_size: 2 }];
const dropout = (rate: number): Part => ['Dropout', { rate }];
const conv1d: Part = ['Conv1D', { filters: 32, kernel_size: 5, activation: 'relu' }];
const same = { padding: 'same' };

export const LESSON: Architecture = {
  inputs: [digit(28, 28)],
  target: classes(10),
  layers: [flatten, dense(128, 'relu'), dense(10, 'softmax')],
};

export const models: readonly BenchModel[] = [
  {
    name: 'dense',
    samples: 12_000,
    batchSize: 64,
    ...LESSON,
  },
  {
    name: 'normalized',
    samples: 12_000,
    batchSize: 64,
    inputs: [digit(28, 28)],
    target: classes(10),
    layers: [
      flatten,
      dense(256, 'relu'),
      ['BatchNormalization', {}],
      dropout(0.3),
      dense(10, 'softmax'),
    ],
  },
  {
    // The solution of the lesson's exercise 10.4.
    name: 'small-convnet',
    samples: 4096,
    batchSize: 64,
    inputs: [digit(28, 28, 1)],
    target: classes(10),
    signal: 0.3,
    layers: [conv(16, 5), pool, flatten, dense(64, 'relu'), dense(10, 'softmax')],
  },
  {
    // The convolutional network of Keras's examples.
    name: 'mnist-convnet',
    samples: 4096,
    batchSize: 128,
    inputs: [digit(28, 28, 1)],
    target: oneHot,
    signal: 0.5,
    layers: [conv(32, 3), pool, conv(64, 3), pool, flatten, dropout(0.5), dense(10, 'softmax')],
  },
  {
    name: 'deep-convnet',
    samples: 1024,
    batchSize: 128,
    inputs: [photo],
    target: oneHot,
    signal: 0.5,
    layers: [
      ...[conv(32, 3, same), conv(32, 3, same), pool],
      ...[conv(64, 3, same), conv(64, 3, same), pool],
      ...[flatten, dense(128, 'relu'), dense(10, 'softmax')],
    ],
    // At a higher rate, or with an epsilon as small as usual, the steps blow up what float32 rounds off: a
    // gradient that is next to nothing would move its weight as far as any other.
    optimizer: ['RMSprop', { learning_rate: 0.0001, epsilon: 0.01 }],
  },
  {
    name: 'conv1d',
    samples: 4096,
    batchSize: 64,
    inputs: [normal(128, 6)],
    target: classes(6),
    layers: [
      conv1d,
      ['MaxPooling1D', { pool_size: 2 }],
      conv1d,
      ['GlobalMaxPooling1D', {}],
      dense(6, 'softmax'),
    ],
  },
  {
    name: 'separable',
    samples: 2048,
    batchSize: 64,
    inputs: [photo],
    target: classes(10),
    signal: 0.5,
    layers: [
      conv(16, 3, { strides: 2 }),
      ['SeparableConv2D', { filters: 32, kernel_size: 3, activation: 'relu' }],
      ['DepthwiseConv2D', { kernel_size: 3, strides: 2, activation: 'relu' }],
      ['GlobalAveragePooling2D', {}],
      dense(10, 'softmax'),
    ],
    optimizer: ['Adam', { learning_rate: 0.003 }],
  },
  {
    name: 'lstm',
    samples: 1536,
    batchSize: 64,
    inputs: [digit(28, 28)],
    target: classes(10),
    signal: 0.3,
    layers: [['LSTM', { units: 64, recurrent_activation: 'sigmoid' }], dense(10, 'softmax')],
  },
  {
    // Reads both ways; the gates are those of the paper, which Keras calls `reset_after=False`.
    name: 'gru',
    samples: 1024,
    batchSize: 64,
    inputs: [normal(20, 8)],
    target: { kind: 'number' },
    layers: [
      [
        'Bidirectional',
        {
          layer: ['GRU', { units: 32, recurrent_activation: 'sigmoid', reset_after: false }],
          merge_mode: 'concat',
        },
      ],
      dense(1),
    ],
  },
  {
    name: 'text',
    samples: 4096,
    batchSize: 128,
    inputs: [{ kind: 'tokens', shape: [100], below: 10_000 }],
    target: { kind: 'yes-or-no' },
    signal: 0.5,
    layers: [
      ['Embedding', { input_dim: 10_000, output_dim: 16 }],
      ['GlobalAveragePooling1D', {}],
      dense(16, 'relu'),
      dense(1, 'sigmoid'),
    ],
  },
  {
    name: 'branches',
    samples: 12_000,
    batchSize: 64,
    inputs: [normal(64), normal(16)],
    target: { kind: 'yes-or-no' },
    layers: {
      wide: [...dense(64, 'relu'), 0],
      narrow: [...dense(32, 'tanh'), 1],
      both: ['Concatenate', {}, 'wide', 'narrow'],
      hidden: [...dense(32, 'relu'), 'both'],
      output: [...dense(1, 'sigmoid'), 'hidden'],
    },
  },
  {
    // A head of attention: each step looks at all steps, by the products of queries and keys. It has no
    // biases: that of the keys would add the same to all products of a query, and softmax would undo it.
    name: 'attention',
    samples: 4096,
    batchSize: 64,
    inputs: [normal(32, 16)],
    target: classes(4),
    layers: {
      query: ['Dense', { units: 16, use_bias: false }, 0],
      key: ['Dense', { units: 16, use_bias: false }, 0],
      value: ['Dense', { units: 16, use_bias: false }, 0],
      products: ['Dot', { axes: [2, 2] }, 'query', 'key'],
      scaled: ['Rescaling', { scale: 1 / Math.sqrt(16) }, 'products'],
      weights: ['Activation', { activation: 'softmax' }, 'scaled'],
      seen: ['Dot', { axes: [2, 1] }, 'weights', 'value'],
      average: ['GlobalAveragePooling1D', {}, 'seen'],
      output: [...dense(4, 'softmax'), 'average'],
    },
  },
  {
    name: 'autoencoder',
    samples: 6000,
    batchSize: 128,
    inputs: [digit(784)],
    target: { kind: 'input' },
    layers: [dense(32, 'relu'), dense(784, 'sigmoid')],
  },
  {
    name: 'tiny',
    samples: 150,
    batchSize: 16,
    inputs: [normal(4)],
    target: classes(3),
    signal: 0.7,
    layers: [dense(10, 'relu'), dense(3, 'softmax')],
  },
  {
    name: 'linear',
    samples: 6000,
    batchSize: 32,
    inputs: [normal(13)],
    target: { kind: 'number' },
    layers: [dense(1)],
    optimizer: ['SGD', { learning_rate: 0.01, momentum: 0.9 }],
  },
];
