/** Models of Dense layers. */
import * as tf from '@tensorflow/tfjs';
import type { BenchModel } from './model';

const { layers } = tf;
const digit = { kind: 'pixels', shape: [784], black: 0.8 } as const;

export const dense: BenchModel = {
  name: 'dense',
  title: 'Dense 784–128–10, Adam',
  samples: 12_000,
  batchSize: 64,
  inputs: [{ ...digit, shape: [28, 28] }],
  target: { kind: 'class', classes: 10 },
  build() {
    const model = tf.sequential();
    model.add(layers.flatten({ inputShape: [28, 28] }));
    model.add(layers.dense({ units: 128, activation: 'relu' }));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};

export const normalized: BenchModel = {
  name: 'normalized',
  title: 'Dense 256, BatchNorm, Dropout, Adam',
  samples: 12_000,
  batchSize: 64,
  inputs: [{ ...digit, shape: [28, 28] }],
  target: { kind: 'class', classes: 10 },
  build() {
    const model = tf.sequential();
    model.add(layers.flatten({ inputShape: [28, 28] }));
    model.add(layers.dense({ units: 256, activation: 'relu' }));
    model.add(layers.batchNormalization());
    model.add(layers.dropout({ rate: 0.3 }));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};

export const autoencoder: BenchModel = {
  name: 'autoencoder',
  title: 'Autoencoder 784–32–784, Adam',
  samples: 6000,
  batchSize: 128,
  inputs: [digit],
  target: { kind: 'input' },
  build() {
    const model = tf.sequential();
    model.add(layers.dense({ units: 32, activation: 'relu', inputShape: [784] }));
    model.add(layers.dense({ units: 784, activation: 'sigmoid' }));
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
    return model;
  },
};

export const branches: BenchModel = {
  name: 'branches',
  title: 'Two inputs, branches concatenated, Adam',
  samples: 12_000,
  batchSize: 64,
  inputs: [
    { kind: 'normal', shape: [64] },
    { kind: 'normal', shape: [16] },
  ],
  target: { kind: 'yes-or-no' },
  build() {
    const wide = tf.input({ shape: [64] });
    const narrow = tf.input({ shape: [16] });
    const left = layers.dense({ units: 64, activation: 'relu' }).apply(wide) as tf.SymbolicTensor;
    const right = layers
      .dense({ units: 32, activation: 'tanh' })
      .apply(narrow) as tf.SymbolicTensor;
    const both = layers.concatenate().apply([left, right]);
    const hidden = layers.dense({ units: 32, activation: 'relu' }).apply(both);
    const output = layers.dense({ units: 1, activation: 'sigmoid' }).apply(hidden);
    const model = tf.model({ inputs: [wide, narrow], outputs: output as tf.SymbolicTensor });
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
    return model;
  },
};

export const tiny: BenchModel = {
  name: 'tiny',
  title: 'Dense 4–10–3 on 150 samples, Adam',
  samples: 150,
  batchSize: 16,
  inputs: [{ kind: 'normal', shape: [4] }],
  target: { kind: 'class', classes: 3 },
  signal: 0.7,
  build() {
    const model = tf.sequential();
    model.add(layers.dense({ units: 10, activation: 'relu', inputShape: [4] }));
    model.add(layers.dense({ units: 3, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};

export const linear: BenchModel = {
  name: 'linear',
  title: 'Linear regression of 13 numbers, momentum',
  samples: 6000,
  batchSize: 32,
  inputs: [{ kind: 'normal', shape: [13] }],
  target: { kind: 'number' },
  build() {
    const model = tf.sequential();
    model.add(layers.dense({ units: 1, inputShape: [13] }));
    model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'meanSquaredError' });
    return model;
  },
};
