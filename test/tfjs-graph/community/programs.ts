/**
 * Programs such as those with which people begin TensorFlow.js, on data that are made: a convolutional
 * network on pictures, a recurrent one that adds, flowers told apart by four lengths, ages from measures.
 */
import * as tf from '@tensorflow/tfjs';
import type { FitOptions, NamedTensors } from '../../../lib/tfjs-graph';

/** What a program trains, and with which options. */
export interface Program {
  readonly model: () => tf.LayersModel;
  readonly data: () => { readonly x: NamedTensors; readonly y: NamedTensors };
  /** As the program gives them; the functions of its callbacks tell `seen` what they are told. */
  readonly options: (seen: (what: string) => void, data: Data) => FitOptions;
}

type Data = ReturnType<Program['data']>;

const uniform = (shape: number[], seed: number) => tf.randomUniform(shape, 0, 1, 'float32', seed);
const oneHot = (samples: number, classes: number, seed: number) =>
  tf.oneHot(tf.randomUniform([samples], 0, classes, 'int32', seed).toInt(), classes);

const pictures: Program = {
  model: () => {
    const model = tf.sequential();
    const conv = (filters: number, inputShape?: number[]) =>
      tf.layers.conv2d({ filters, kernelSize: 3, activation: 'relu', inputShape });
    model.add(conv(4, [12, 12, 1]));
    model.add(tf.layers.maxPooling2d({ poolSize: [2, 2] }));
    model.add(conv(6));
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({ units: 16, activation: 'relu' }));
    model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
    const loss = 'categoricalCrossentropy';
    model.compile({ optimizer: 'rmsprop', loss, metrics: ['accuracy'] });
    return model;
  },
  data: () => ({ x: uniform([100, 12, 12, 1], 1), y: oneHot(100, 10, 2).toFloat() }),
  options: () => ({ epochs: 3, batchSize: 16, validationSplit: 0.15 }),
};

const adding: Program = {
  model: () => {
    const model = tf.sequential();
    const recurrentInitializer = 'glorotNormal';
    model.add(tf.layers.simpleRNN({ units: 16, recurrentInitializer, inputShape: [5, 12] }));
    model.add(tf.layers.repeatVector({ n: 3 }));
    model.add(tf.layers.simpleRNN({ units: 16, recurrentInitializer, returnSequences: true }));
    model.add(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 12 }) }));
    model.add(tf.layers.activation({ activation: 'softmax' }));
    const loss = 'categoricalCrossentropy';
    model.compile({ optimizer: 'adam', loss, metrics: ['accuracy'] });
    return model;
  },
  data: () => ({
    x: oneHot(300, 12, 3).reshape([60, 5, 12]).toFloat(),
    y: oneHot(180, 12, 4).reshape([60, 3, 12]).toFloat(),
  }),
  options: (_seen, { x, y }) => ({
    epochs: 4,
    batchSize: 16,
    validationData: [x, y],
    yieldEvery: 'epoch',
  }),
};

const flowers: Program = {
  model: () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 10, activation: 'sigmoid', inputShape: [4] }));
    model.add(tf.layers.dense({ units: 3, activation: 'softmax' }));
    const optimizer = tf.train.adam(0.01);
    model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    return model;
  },
  // The labels are int32: what `tf.oneHot` gives.
  data: () => ({ x: uniform([127, 4], 5), y: oneHot(127, 3, 6) }),
  options: (seen, { x, y }) => ({
    epochs: 10,
    validationData: [x, y],
    callbacks: {
      onEpochEnd: async (epoch, logs = {}) => seen(`${epoch}: ${Object.keys(logs).sort()}`),
    },
  }),
};

const ages: Program = {
  model: () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape: [8], activation: 'sigmoid', units: 50 }));
    model.add(tf.layers.dense({ activation: 'sigmoid', units: 50 }));
    model.add(tf.layers.dense({ units: 1 }));
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    return model;
  },
  data: () => ({ x: uniform([400, 8], 7), y: uniform([400, 1], 8).mul(20) }),
  options: (seen, { x, y }) => ({
    epochs: 5,
    batchSize: 100,
    validationData: [x, y] as const,
    callbacks: [
      { onTrainBegin: () => seen('begin'), onTrainEnd: () => seen('end') },
      { onBatchEnd: (batch, logs) => seen(`step ${batch}: ${Object.keys(logs ?? {}).sort()}`) },
    ],
  }),
};

/** Two inputs and two outputs, all of them by their names, weighted by class. */
const named: Program = {
  model: () => {
    const left = tf.input({ shape: [4], name: 'left' });
    const right = tf.input({ shape: [3], name: 'right' });
    const both = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
    const output = (name: string, units: number) =>
      tf.layers.dense({ units, activation: 'softmax', name }).apply(both) as tf.SymbolicTensor;
    const outputs = [output('kind', 3), output('size', 2)];
    const model = tf.model({ inputs: [left, right], outputs });
    model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
    return model;
  },
  data: () => ({
    x: { right: uniform([50, 3], 9), left: uniform([50, 4], 10) },
    y: { size: oneHot(50, 2, 11), kind: oneHot(50, 3, 12) },
  }),
  options: () => ({
    epochs: 6,
    batchSize: 20,
    initialEpoch: 1,
    classWeight: { size: { 0: 2, 1: 0.5 }, kind: { 0: 1, 1: 3, 2: 1 } },
  }),
};

export const programs: Readonly<Record<string, Program>> = {
  pictures,
  adding,
  flowers,
  ages,
  named,
};
