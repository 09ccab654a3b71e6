/** Each layer of tfjs-layers, as `fit` trains it on either engine, against tfjs-layers' own `fit`. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { fit } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { assertClose, assertTrainsAlike, fitQuietly, fitStock } from './against-stock';

/** A model whose input is trained on, or goes through something that is, before it comes to the layer. */
interface LayerCase {
  readonly model: () => tf.LayersModel;
  /** Samples, where they are not numbers between 0 and 1. */
  readonly x?: (samples: number) => tf.Tensor;
  /** Why `fit` leaves it to tfjs-layers; without it, it is recorded. */
  readonly fallsBack?: RegExp;
  /** What TensorFlow.js's own `fit` says of it, where that cannot train it. */
  readonly fails?: RegExp;
}

const { layers } = tf;

/** One after the other, and then a single number. */
function chain(...all: tf.layers.Layer[]): tf.Sequential {
  const model = tf.sequential({ layers: all });
  const [{ shape } = { shape: [] }] = model.outputs;
  if (shape.length > 2) model.add(layers.flatten());
  model.add(layers.dense({ units: 1 }));
  return model;
}

// Each begins with something that is trained through the layer.
const onVectors = (layer: () => tf.layers.Layer): LayerCase => ({
  model: () => chain(layers.dense({ units: 6, inputShape: [6] }), layer()),
});
const onSequences = (layer: () => tf.layers.Layer): LayerCase => ({
  model: () => chain(layers.conv1d({ filters: 3, kernelSize: 1, inputShape: [5, 2] }), layer()),
});
const onPictures = (layer: () => tf.layers.Layer): LayerCase => ({
  model: () => chain(layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [6, 6, 1] }), layer()),
});
const onVolumes = (layer: () => tf.layers.Layer): LayerCase => ({
  model: () =>
    chain(layers.conv3d({ filters: 2, kernelSize: 1, inputShape: [4, 4, 4, 1] }), layer()),
});
const onFilms = (layer: () => tf.layers.Layer): LayerCase => ({
  model: () =>
    chain(
      layers.timeDistributed({
        layer: layers.conv2d({ filters: 2, kernelSize: 1 }),
        inputShape: [3, 5, 5, 1],
      }),
      layer(),
    ),
});
const onPairs = (layer: () => tf.layers.Layer): LayerCase => ({
  model: () => {
    const inputs = tf.input({ shape: [6] });
    const pair = ['tanh', 'sigmoid'].map(activation =>
      layers.dense({ units: 4, activation: activation as 'tanh' }).apply(inputs),
    ) as tf.SymbolicTensor[];
    const outputs = layers.dense({ units: 1 }).apply(layer().apply(pair)) as tf.SymbolicTensor;
    return tf.model({ inputs, outputs });
  },
});
const first = (
  inputShape: number[],
  layer: (args: { inputShape: number[] }) => tf.layers.Layer,
) => ({
  model: () => chain(layer({ inputShape })),
});

const NEW_NUMBERS = /generates new numbers in JavaScript at each step/;

/** By the names in `tf.layers`. */
const layerCases: Record<string, LayerCase> = {
  // Core.
  activation: onVectors(() => layers.activation({ activation: 'tanh' })),
  dense: onVectors(() => layers.dense({ units: 4, activation: 'sigmoid' })),
  dropout: onVectors(() => layers.dropout({ rate: 0.3, seed: 7 })),
  spatialDropout1d: onSequences(() => layers.spatialDropout1d({ rate: 0.3, seed: 7 })),
  embedding: {
    model: () => chain(layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 6 })),
    x: samples => tf.randomUniform([samples, 6], 0, 9, 'int32', 3).toFloat(),
  },
  flatten: onPictures(() => layers.flatten({ dataFormat: 'channelsFirst' })),
  inputLayer: {
    model: () => chain(layers.inputLayer({ inputShape: [6] }), layers.dense({ units: 3 })),
  },
  masking: {
    model: () =>
      chain(layers.masking({ maskValue: 0, inputShape: [5, 2] }), layers.simpleRNN({ units: 3 })),
    x: samples => tf.randomUniform([samples, 5, 2], -1, 1, 'float32', 3).relu(),
  },
  permute: onSequences(() => layers.permute({ dims: [2, 1] })),
  repeatVector: onVectors(() => layers.repeatVector({ n: 3 })),
  reshape: onVectors(() => layers.reshape({ targetShape: [3, 2] })),

  // Activations.
  elu: onVectors(() => layers.elu()),
  leakyReLU: onVectors(() => layers.leakyReLU({ alpha: 0.2 })),
  prelu: onVectors(() => layers.prelu()),
  reLU: onVectors(() => layers.reLU({ maxValue: 1 })),
  softmax: onVectors(() => layers.softmax()),
  thresholdedReLU: {
    ...onVectors(() => layers.thresholdedReLU({ theta: 0.1 })),
    fails: /gradient function not found for Greater/,
  },

  // Convolutions and what goes with them.
  conv1d: onSequences(() => layers.conv1d({ filters: 3, kernelSize: 2 })),
  conv2d: onPictures(() => layers.conv2d({ filters: 3, kernelSize: 3 })),
  conv2dTranspose: onPictures(() =>
    layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2 }),
  ),
  conv3d: onVolumes(() => layers.conv3d({ filters: 3, kernelSize: 2 })),
  conv3dTranspose: {
    ...onVolumes(() => layers.conv3dTranspose({ filters: 3, kernelSize: 2 })),
    fails: /gradient function not found for Conv3DBackpropInputV2/,
  },
  cropping2D: onPictures(() => layers.cropping2D({ cropping: 1 })),
  depthwiseConv2d: onPictures(() => layers.depthwiseConv2d({ kernelSize: 3 })),
  separableConv2d: onPictures(() => layers.separableConv2d({ filters: 3, kernelSize: 3 })),
  upSampling2d: onPictures(() => layers.upSampling2d({ size: [2, 2] })),
  zeroPadding2d: onPictures(() => layers.zeroPadding2d({ padding: 1 })),

  // Pooling.
  averagePooling1d: onSequences(() => layers.averagePooling1d({ poolSize: 2 })),
  averagePooling2d: onPictures(() => layers.averagePooling2d({ poolSize: 2 })),
  averagePooling3d: onVolumes(() => layers.averagePooling3d({ poolSize: 2 })),
  globalAveragePooling1d: onSequences(() => layers.globalAveragePooling1d()),
  globalAveragePooling2d: onPictures(() => layers.globalAveragePooling2d({})),
  globalMaxPooling1d: onSequences(() => layers.globalMaxPooling1d()),
  globalMaxPooling2d: onPictures(() => layers.globalMaxPooling2d({})),
  maxPooling1d: onSequences(() => layers.maxPooling1d({ poolSize: 2 })),
  maxPooling2d: onPictures(() => layers.maxPooling2d({ poolSize: 2 })),
  maxPooling3d: onVolumes(() => layers.maxPooling3d({ poolSize: 2 })),

  // What joins two layers.
  add: onPairs(() => layers.add()),
  average: onPairs(() => layers.average()),
  concatenate: onPairs(() => layers.concatenate()),
  dot: onPairs(() => layers.dot({ axes: 1 })),
  maximum: onPairs(() => layers.maximum()),
  minimum: onPairs(() => layers.minimum()),
  multiply: onPairs(() => layers.multiply()),

  // Normalization.
  batchNormalization: onVectors(() => layers.batchNormalization()),
  layerNormalization: onVectors(() => layers.layerNormalization()),

  // Recurrence.
  bidirectional: onSequences(() =>
    layers.bidirectional({ layer: layers.gru({ units: 3 }), mergeMode: 'concat' }),
  ),
  convLstm2d: onFilms(() => layers.convLstm2d({ filters: 2, kernelSize: 3 })),
  // Only a ConvLSTM2D, which makes its own, takes one.
  convLstm2dCell: {
    ...onFilms(() => layers.rnn({ cell: layers.convLstm2dCell({ filters: 2, kernelSize: 3 }) })),
    fails: /expected ndim=3, found ndim=5/,
  },
  gru: onSequences(() => layers.gru({ units: 3 })),
  lstm: onSequences(() => layers.lstm({ units: 3, returnSequences: true })),
  rnn: onSequences(() =>
    layers.rnn({ cell: [layers.gruCell({ units: 2 }), layers.lstmCell({ units: 3 })] }),
  ),
  simpleRNN: onSequences(() => layers.simpleRNN({ units: 3, goBackwards: true })),
  stackedRNNCells: onSequences(() =>
    layers.rnn({
      cell: layers.stackedRNNCells({
        cells: [layers.simpleRNNCell({ units: 2 }), layers.gruCell({ units: 3 })],
      }),
    }),
  ),
  timeDistributed: onSequences(() => layers.timeDistributed({ layer: layers.dense({ units: 2 }) })),

  // Noise: so little of it that it makes no difference to the numbers.
  alphaDropout: { ...onVectors(() => layers.alphaDropout({ rate: 1e-9 })), fallsBack: NEW_NUMBERS },
  gaussianDropout: {
    ...onVectors(() => layers.gaussianDropout({ rate: 1e-14 })),
    fallsBack: NEW_NUMBERS,
  },
  gaussianNoise: {
    ...onVectors(() => layers.gaussianNoise({ stddev: 1e-8 })),
    fallsBack: NEW_NUMBERS,
  },

  // Preparation of the samples.
  categoryEncoding: {
    // As many numbers as categories, since it changes the shape of its input.
    ...first([4], args => layers.categoryEncoding({ numTokens: 4, ...args })),
    x: samples => tf.randomUniform([samples, 4], 0, 4, 'int32', 3),
    fails: /Kernel 'DenseBincount' not registered/,
  },
  centerCrop: first([6, 6, 1], args => layers.centerCrop({ height: 4, width: 4, ...args })),
  rescaling: first([6], args => layers.rescaling({ scale: 2, offset: -1, ...args })),
  // They forget the axis of the batch, and so take single samples, in no model.
  randomWidth: {
    ...first([6, 6, 1], args => layers.randomWidth({ factor: 0.3, ...args })),
    fails: /Negative dimension size caused by adding layer random_width/,
  },
  resizing: {
    ...first([6, 6, 1], args => layers.resizing({ height: 4, width: 4, ...args })),
    fails: /resizeBilinear: x must be rank 3 or 4/,
  },
};

/** Of `tf.layers`, what makes no layer of its own: cells, base classes, an alias of tf.input, other names. */
const OTHERS = [
  ...['gruCell', 'lstmCell', 'simpleRNNCell'],
  ...['Layer', 'RNN', 'RNNCell', 'input', 'globalMaxPool1d', 'globalMaxPool2d'],
  ...['avgPool1d', 'avgPool2d', 'avgPool3d', 'avgPooling1d', 'avgPooling2d', 'avgPooling3d'],
  ...['maxPool1d', 'maxPool2d'],
];

const SAMPLES = 21;
/** The last step is given one sample, whose axis a careless reshape would lose. */
const options = { batchSize: 4, epochs: 2, shuffle: false, validationSplit: 0.2 };

/** Makes a layer's model, if asked to with the same weights each time, and data for it. */
function compiled({ model, x: given }: LayerCase, isSeeded = false) {
  const made = model();
  made.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError', metrics: ['mae'] });
  const weights = isSeeded ? made.trainableWeights : [];
  weights.forEach((weight, i) => {
    weight.write(tf.randomUniform(weight.shape as number[], -0.5, 0.5, 'float32', i + 1));
  });
  const shape = made.inputs[0]?.shape.slice(1) as number[];
  const x = given?.(SAMPLES) ?? tf.randomUniform([SAMPLES, ...shape], 0, 1, 'float32', 3);
  return [made, x, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5)] as const;
}

describe('each layer of tfjs-layers', () => {
  before(async () => {
    await useDevice('wasm');
    await useDevice('cpu');
  });

  it('has a line in the table', () => {
    const known = [...Object.keys(layerCases), ...OTHERS];
    assert.deepEqual(known.sort(), Object.keys(tf.layers).sort());
  });

  for (const [name, example] of Object.entries(layerCases)) {
    const { fallsBack, fails } = example;
    if (fails) {
      it(`${name} is trained by neither`, async () => {
        for (const train of [fitQuietly, fitStock]) {
          await assert.rejects(async () => train(...compiled(example), options), fails);
        }
      });
      continue;
    }

    it(`${name} ${fallsBack ? 'falls back, and says why' : 'is recorded'}`, async () => {
      const [ours, ...data] = compiled(example);
      const [stock] = compiled(example);
      stock.setWeights(ours.getWeights());
      await assertTrainsAlike([ours, stock], data, options, { said: fallsBack });

      // On WebAssembly, against the engine in plain JavaScript.
      const native = tf.getBackend();
      try {
        await tf.setBackend('cpu');
        const [plain, ...own] = compiled(example, true);
        const { history } = await fitStock(plain, ...own, options);
        const expected = plain.getWeights().map(weight => weight.dataSync());
        await tf.setBackend('wasm');
        const [there, ...others] = compiled(example, true);
        const onWasm = await fit(there, ...others, options);
        for (const [key, values] of Object.entries(history)) {
          assertClose(onWasm.history[key] as number[], values as number[], 1e-4, key);
        }
        there.getWeights().forEach((weight, i) => {
          assertClose(weight.dataSync(), expected[i] ?? [], 1e-4, `weight ${i} on WebAssembly`);
        });
      } finally {
        await tf.setBackend(native);
      }
    });
  }
});
