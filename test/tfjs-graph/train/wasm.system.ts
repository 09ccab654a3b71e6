/** Training on WebAssembly against tfjs-layers' own, and why tfjs-layers' own steps train there. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { registerMissingKernels } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/digits/training/fit';
import { evaluate } from '../../../lib/tfjs-graph/train/evaluate';
import { compiledModel } from '../../support';
import { adam, assertClose, assertTrainsAlike, type Options } from './against-stock';

const { layers } = tf;
const flatten = () => layers.flatten({ inputShape: [6, 6, 1] });
const dense = (units: number, activation: string, options: object = {}) =>
  layers.dense({ units, activation: activation as 'relu', ...options });
const usual = () => [flatten(), dense(9, 'relu'), dense(4, 'softmax')];

const pictures = () => tf.randomUniform([130, 6, 6, 1], 0, 1, 'float32', 3);
const classes = () => tf.randomUniform([130], 0, 4, 'int32', 5);
const classWeight = { 0: 2, 1: 0.5, 2: 1, 3: 1 };

/** Gives a model the same weights each time. */
function seeded(model: tf.Sequential): tf.Sequential {
  const drawn = model
    .getWeights()
    .map(({ shape }, i) => tf.randomUniform(shape, -0.5, 0.5, 'float32', i));
  model.setWeights(drawn);
  return model;
}

interface Case {
  readonly optimizer?: () => tf.Optimizer;
  readonly options?: (model: tf.LayersModel) => Options;
  /** Makes the labels for the categorical cross-entropy from classes. */
  readonly rows?: (y: tf.Tensor1D) => tf.Tensor;
}

const cases: Record<string, Case> = {
  'a batch larger than the samples': { options: () => ({ batchSize: 1e6 }) },
  'weights that a callback sets, while the memory of the engine grows': {
    options: model => ({
      callbacks: {
        onEpochEnd: () =>
          tf.tidy(() => {
            model.setWeights(model.getWeights().map(w => w.mul(0.5)));
            tf.zeros([3e7]).dataSync();
          }),
      },
    }),
  },
  'the optimizer’s state from call to call, with weights of classes': {
    optimizer: () => tf.train.rmsprop(0.003, 0.9, 0.5),
    options: () => ({ classWeight, callbacks: { onEpochEnd() {} } }),
  },
  'one-hot labels, weighted': { rows: y => tf.oneHot(y, 4), options: () => ({ classWeight }) },
  'labels that are probabilities': { rows: y => tf.oneHot(y, 4).mul(0.9).add(0.025) },
};

describe('training on WebAssembly', () => {
  let early: tf.Tensor;
  before(async () => {
    await tf.setBackend('cpu');
    early = pictures();
    await useDevice('wasm');
  });
  after(() => useDevice('cpu'));

  for (const [name, example] of Object.entries(cases)) {
    it(`gives what tfjs-layers gives: ${name}`, async () => {
      const { optimizer = adam, rows } = example;
      const make = () => {
        const model = tf.sequential({ layers: usual() });
        const loss = rows ? 'categoricalCrossentropy' : 'sparseCategoricalCrossentropy';
        model.compile({ optimizer: optimizer(), loss, metrics: ['accuracy'] });
        return model;
      };
      const [ours, stock] = [make(), make()];
      stock.setWeights(ours.getWeights());
      const y = tf.tidy(() => (rows?.(classes() as tf.Tensor1D) ?? classes()).toFloat());
      // The samples were made before the engine was started.
      await assertTrainsAlike(
        [ours, stock],
        [early, y],
        model => ({ batchSize: 12, ...example.options?.(model) }),
        { tolerance: 1e-4 },
      );
    });
  }

  /** Programs that WebAssembly by itself lacks a gradient for, of TensorFlow.js alone: the losses of some steps. */
  const programs: Record<string, () => Promise<unknown>> = {
    'model.fit, of convolutions': async () => {
      const conv = layers.conv2d({
        filters: 3,
        kernelSize: 3,
        inputShape: [6, 6, 1],
        activation: 'relu',
      });
      const stack = [
        conv,
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        dense(4, 'softmax'),
      ];
      const model = seeded(tf.sequential({ layers: stack }));
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'sparseCategoricalCrossentropy' });
      const y = classes().toFloat();
      const { history } = await model.fit(pictures(), y, { epochs: 4, shuffle: false, verbose: 0 });
      return history.loss;
    },
    'a loop of one’s own, of tokens': async () => {
      const model = seeded(
        tf.sequential({
          layers: [
            layers.embedding({ inputDim: 20, outputDim: 8, inputLength: 5 }),
            layers.layerNormalization(),
            layers.dense({ units: 20 }),
          ],
        }),
      );
      const tokens = tf.randomUniform([16, 6], 0, 20, 'int32', 7);
      const next = tf.oneHot(tokens.slice([0, 1]), 20);
      const optimizer = tf.train.adam(0.01);
      const loss = () =>
        tf.losses.softmaxCrossEntropy(
          next,
          model.apply(tokens.slice([0, 0], [16, 5])) as tf.Tensor,
        ) as tf.Scalar;
      return Array.from({ length: 10 }, () => optimizer.minimize(loss, true)?.dataSync()[0]);
    },
  };
  for (const [name, program] of Object.entries(programs)) {
    it(`lets TensorFlow.js itself train there: ${name}`, async () => {
      registerMissingKernels();
      const losses = (await program()) as number[];
      await tf.setBackend('cpu');
      try {
        assertClose(losses, (await program()) as number[], 1e-4, 'loss');
      } finally {
        await tf.setBackend('wasm');
      }
      assert.ok((losses.at(-1) ?? 9) < (losses[0] ?? 0), String(losses));
    });
  }

  it('evaluates as tfjs-layers does, by compiled steps if there are many', async () => {
    const model = tf.sequential({ layers: usual() });
    model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const labels = tf.oneHot(classes() as tf.Tensor1D, 4).toFloat();
    for (const batchSize of [3, 100]) {
      const own = await evaluate(model, early, labels, { batchSize });
      const stock = model.evaluate(early, labels, { batchSize }) as tf.Scalar[];
      assertClose(
        own,
        stock.map(value => value.dataSync()[0] as number),
        1e-5,
        `${batchSize}`,
      );
    }
  });

  it('says which operation WebAssembly lacks, and the cure', async () => {
    class Spectrum extends tf.layers.Layer {
      static className = 'Spectrum';
      override call(given: tf.Tensor | tf.Tensor[]) {
        const x = [given].flat()[0] as tf.Tensor;
        return tf.real(tf.fft(tf.complex(x, x)));
      }
    }
    const model = tf.sequential({
      layers: [flatten(), dense(9, 'relu'), new Spectrum({}), dense(4, 'softmax')],
    });
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    await assert.rejects(
      fit(model, early, classes(), { verbose: 0, write() {} }),
      /cannot train this model: it lacks the operation Complex\. Install the native engine \(npm run setup\), or use other layers\./,
    );
  });

  /** What two fits of the lesson's model say, with more layers in front. */
  async function said(
    more: tf.layers.Layer[],
    options: Pick<Options, 'classWeight'> = {},
  ): Promise<string> {
    const model = tf.sequential({ layers: more });
    for (const layer of compiledModel().layers) model.add(layer);
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    let text = '';
    const write = (part: string) => {
      text += part;
    };
    const quiet = { ...options, verbose: 0, write } as const;
    for (const _ of [1, 2]) await fit(model, tf.zeros([20, 28, 28]), tf.zeros([20]), quiet);
    return text;
  }

  it('says nothing of the lesson’s model, with weights of classes', async () => {
    assert.equal(await said([], { classWeight: { 0: 2 } }), '');
  });

  it('says once why tfjs-layers’ own steps train', async () => {
    assert.equal(
      await said([
        tf.layers.reshape({ targetShape: [28, 28, 1], inputShape: [28, 28] }),
        tf.layers.upSampling2d({ size: [1, 1], interpolation: 'bilinear' }),
        tf.layers.reshape({ targetShape: [28, 28] }),
      ]),
      "This model is trained by TensorFlow.js's own steps, which are slower, because it uses the operation ResizeBilinear, or uses it in a way, that the compiler to WebAssembly does not know.\n",
    );
  });
});
