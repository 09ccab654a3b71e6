/** Models with convolutions. */
import * as tf from '@tensorflow/tfjs';
import type { BenchModel } from './model';

const { layers } = tf;
const digit = { kind: 'pixels', shape: [28, 28, 1], black: 0.8 } as const;
const photo = { kind: 'pixels', shape: [32, 32, 3], black: 0 } as const;

/** The convolutional network of Keras's examples. */
export const mnistConvnet: BenchModel = {
  name: 'mnist-convnet',
  title: 'Conv 32, 64, Dropout, Adam',
  samples: 4096,
  batchSize: 128,
  inputs: [digit],
  target: { kind: 'one-hot', classes: 10 },
  signal: 0.5,
  build() {
    const model = tf.sequential();
    const inputShape = [28, 28, 1];
    model.add(layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu', inputShape }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.flatten());
    model.add(layers.dropout({ rate: 0.5 }));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
    return model;
  },
};

export const deepConvnet: BenchModel = {
  name: 'deep-convnet',
  title: 'Conv 32, 32, 64, 64 on 32 × 32 × 3, RMSprop',
  samples: 1024,
  batchSize: 128,
  inputs: [photo],
  target: { kind: 'one-hot', classes: 10 },
  signal: 0.5,
  build() {
    const same = { kernelSize: 3, padding: 'same', activation: 'relu' } as const;
    const model = tf.sequential();
    model.add(layers.conv2d({ filters: 32, ...same, inputShape: [32, 32, 3] }));
    model.add(layers.conv2d({ filters: 32, ...same }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.conv2d({ filters: 64, ...same }));
    model.add(layers.conv2d({ filters: 64, ...same }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.flatten());
    model.add(layers.dense({ units: 128, activation: 'relu' }));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    // At a higher rate, or with an epsilon as small as usual, the steps blow up what float32 rounds off: a
    // gradient that is next to nothing would move its weight as far as any other.
    model.compile({
      optimizer: tf.train.rmsprop(0.0001, 0.9, 0, 0.01),
      loss: 'categoricalCrossentropy',
    });
    return model;
  },
};

/** The solution of the lesson's exercise 10.4. */
export const smallConvnet: BenchModel = {
  name: 'small-convnet',
  title: 'Conv 16 (5 × 5), Dense 64, Adam',
  samples: 4096,
  batchSize: 64,
  inputs: [digit],
  target: { kind: 'class', classes: 10 },
  signal: 0.3,
  build() {
    const model = tf.sequential();
    const inputShape = [28, 28, 1];
    model.add(layers.conv2d({ filters: 16, kernelSize: 5, activation: 'relu', inputShape }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
    model.add(layers.flatten());
    model.add(layers.dense({ units: 64, activation: 'relu' }));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};

export const separable: BenchModel = {
  name: 'separable',
  title: 'Separable and depthwise convolutions, Adam',
  samples: 2048,
  batchSize: 64,
  inputs: [photo],
  target: { kind: 'class', classes: 10 },
  signal: 0.5,
  build() {
    const model = tf.sequential();
    const inputShape = [32, 32, 3];
    model.add(
      layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, activation: 'relu', inputShape }),
    );
    model.add(layers.separableConv2d({ filters: 32, kernelSize: 3, activation: 'relu' }));
    model.add(layers.depthwiseConv2d({ kernelSize: 3, strides: 2, activation: 'relu' }));
    model.add(layers.globalAveragePooling2d({}));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    model.compile({ optimizer: tf.train.adam(0.003), loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};

export const conv1d: BenchModel = {
  name: 'conv1d',
  title: 'Conv1D 32, 32 over 128 steps, Adam',
  samples: 4096,
  batchSize: 64,
  inputs: [{ kind: 'normal', shape: [128, 6] }],
  target: { kind: 'class', classes: 6 },
  build() {
    const model = tf.sequential();
    const inputShape = [128, 6];
    model.add(layers.conv1d({ filters: 32, kernelSize: 5, activation: 'relu', inputShape }));
    model.add(layers.maxPooling1d({ poolSize: 2 }));
    model.add(layers.conv1d({ filters: 32, kernelSize: 5, activation: 'relu' }));
    model.add(layers.globalMaxPooling1d({}));
    model.add(layers.dense({ units: 6, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};
