/** Models that read sequences: recurrent ones, an embedding, and attention. */
import * as tf from '@tensorflow/tfjs';
import type { BenchModel } from './model';

const { layers } = tf;

export const lstm: BenchModel = {
  name: 'lstm',
  title: 'LSTM 64 over 28 rows, Adam',
  samples: 1536,
  batchSize: 64,
  inputs: [{ kind: 'pixels', shape: [28, 28], black: 0.8 }],
  target: { kind: 'class', classes: 10 },
  signal: 0.3,
  build() {
    const model = tf.sequential();
    const inputShape = [28, 28];
    model.add(layers.lstm({ units: 64, recurrentActivation: 'sigmoid', inputShape }));
    model.add(layers.dense({ units: 10, activation: 'softmax' }));
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};

/** Reads both ways; the gates are those of the paper, which Keras calls `reset_after=False`. */
export const gru: BenchModel = {
  name: 'gru',
  title: 'Bidirectional GRU 32 over 20 steps, Adam',
  samples: 1024,
  batchSize: 64,
  inputs: [{ kind: 'normal', shape: [20, 8] }],
  target: { kind: 'number' },
  build() {
    const model = tf.sequential();
    const layer = layers.gru({ units: 32, recurrentActivation: 'sigmoid' }) as tf.RNN;
    model.add(layers.bidirectional({ layer, mergeMode: 'concat', inputShape: [20, 8] }));
    model.add(layers.dense({ units: 1 }));
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    return model;
  },
};

export const text: BenchModel = {
  name: 'text',
  title: 'Embedding 10,000 × 16, averaged, Adam',
  samples: 4096,
  batchSize: 128,
  inputs: [{ kind: 'tokens', shape: [100], below: 10_000 }],
  target: { kind: 'yes-or-no' },
  signal: 0.5,
  build() {
    const model = tf.sequential();
    model.add(layers.embedding({ inputDim: 10_000, outputDim: 16, inputLength: 100 }));
    model.add(layers.globalAveragePooling1d({}));
    model.add(layers.dense({ units: 16, activation: 'relu' }));
    model.add(layers.dense({ units: 1, activation: 'sigmoid' }));
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
    return model;
  },
};

/**
 * A head of attention: each step looks at all steps, by the products of queries and keys. It has no
 * biases: that of the keys would add the same to all products of a query, and softmax would undo it.
 */
export const attention: BenchModel = {
  name: 'attention',
  title: 'Attention over 32 steps from dot products, Adam',
  samples: 4096,
  batchSize: 64,
  inputs: [{ kind: 'normal', shape: [32, 16] }],
  target: { kind: 'class', classes: 4 },
  build() {
    const steps = tf.input({ shape: [32, 16] });
    const [query, key, value] = [1, 2, 3].map(() =>
      layers.dense({ units: 16, useBias: false }).apply(steps),
    ) as [tf.SymbolicTensor, tf.SymbolicTensor, tf.SymbolicTensor];
    const products = layers.dot({ axes: [2, 2] }).apply([query, key]);
    const scaled = layers.rescaling({ scale: 1 / Math.sqrt(16) }).apply(products);
    const weights = layers.activation({ activation: 'softmax' }).apply(scaled) as tf.SymbolicTensor;
    const seen = layers.dot({ axes: [2, 1] }).apply([weights, value]);
    const average = layers.globalAveragePooling1d({}).apply(seen);
    const output = layers.dense({ units: 4, activation: 'softmax' }).apply(average);
    const model = tf.model({ inputs: steps, outputs: output as tf.SymbolicTensor });
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    return model;
  },
};
