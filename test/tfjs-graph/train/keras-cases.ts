/** The models that are trained here and in Keras, and how. */
import * as tf from '@tensorflow/tfjs';
import { build as buildModel } from '../../../lib/tools/bench/models/build';
import type { Input, Part } from '../../../lib/tools/bench/models/models';

export interface Case {
  readonly layers: readonly Part[];
  readonly optimizer?: Part;
  /** The shape of a sample. */
  readonly input?: readonly number[];
  readonly classWeight?: Record<number, number>;
  /** How much the samples count in turn. */
  readonly sampleWeight?: number[];
  /** Makes the initial weights larger; defaults to 1. */
  readonly scale?: number;
}

type Numbers = Record<string, number>;
const optimizerOf: Record<string, (settings: never) => tf.Optimizer | string> = {
  Adam: () => 'adam',
  SGD: ({ learning_rate: rate = 0, momentum = 0, nesterov }: Numbers) =>
    tf.train.momentum(rate, momentum, Boolean(nesterov)),
  RMSprop: ({ learning_rate: rate = 0, rho, momentum }: Numbers) =>
    tf.train.rmsprop(rate, rho, momentum),
  Adagrad: ({ learning_rate: rate = 0 }: Numbers) => tf.train.adagrad(rate),
};

const dense = (units: number, activation: string): Part => ['Dense', { units, activation }];
const flatten: Part = ['Flatten', {}];
const softmax = dense(10, 'softmax');
const lesson = [flatten, dense(128, 'relu'), softmax];
const small = [flatten, dense(32, 'relu'), softmax];
const momentum = { learning_rate: 0.02, momentum: 0.9 };

export const cases: Record<string, Case> = {
  'the lesson’s model with Adam’s defaults': { layers: lesson },
  'a deeper model': {
    layers: [flatten, dense(64, 'relu'), dense(32, 'relu'), dense(16, 'relu'), softmax],
  },
  'tanh, sigmoid, elu, softplus': {
    layers: [
      flatten,
      dense(24, 'tanh'),
      dense(24, 'sigmoid'),
      dense(24, 'elu'),
      dense(24, 'softplus'),
      softmax,
    ],
  },
  'selu, softsign, no bias': {
    layers: [
      flatten,
      dense(24, 'selu'),
      ['Dense', { units: 24, activation: 'softsign', use_bias: false }],
      softmax,
    ],
  },
  'SGD with momentum': { layers: small, optimizer: ['SGD', momentum] },
  'SGD with Nesterov’s momentum': {
    layers: small,
    optimizer: ['SGD', { ...momentum, nesterov: true }],
  },
  RMSprop: { layers: small, optimizer: ['RMSprop', { learning_rate: 0.001 }] },
  'RMSprop with momentum': {
    layers: small,
    optimizer: ['RMSprop', { learning_rate: 0.0005, rho: 0.95, momentum: 0.5 }],
  },
  Adagrad: { layers: small, optimizer: ['Adagrad', { learning_rate: 0.01 }] },
  'a small convolution': {
    layers: [
      ['Conv2D', { filters: 4, kernel_size: 3, activation: 'relu' }],
      ['MaxPooling2D', { pool_size: 2 }],
      flatten,
      softmax,
    ],
    input: [28, 28, 1],
  },
  'Dropout with a given mask': {
    layers: [flatten, dense(32, 'relu'), ['Dropout', { rate: 0.4, seed: 11 }], softmax],
  },
  'relu6, and layers large enough to be shared out among the cores': {
    layers: [flatten, dense(256, 'relu6'), dense(256, 'tanh'), softmax],
  },
  'samples of which the network is wrongly sure': {
    layers: [flatten, softmax],
    optimizer: ['SGD', { learning_rate: 0.01 }],
    scale: 100,
  },
  'class weights': { layers: small, classWeight: { 0: 2, 3: 0.5, 7: 3 } },
  'sample weights': { layers: small, sampleWeight: [0.25, 1, 3, 0, 1.5] },
  'class and sample weights': {
    layers: small,
    optimizer: ['SGD', momentum],
    classWeight: { 0: 2, 3: 0.5, 7: 3 },
    sampleWeight: [0.25, 1, 3, 0, 1.5],
  },
};

export const inputOf = ({ input = [28, 28] }: Case): Input => ({
  ...{ kind: 'pixels', shape: input, black: 0 },
});

/** The case's model, compiled. */
export function build(example: Case): tf.LayersModel {
  const layers = example.layers.map(([name, settings], i): Part => {
    const kernel_initializer = tf.initializers.glorotUniform({ seed: i });
    return [name, { kernel_initializer, ...settings }];
  });
  const target = { kind: 'class', classes: 10 } as const;
  const model = buildModel({ inputs: [inputOf(example)], target, layers });
  const [name, settings] = example.optimizer ?? ['Adam', {}];
  model.compile({
    optimizer: optimizerOf[name]?.(settings as never) as tf.Optimizer,
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}
