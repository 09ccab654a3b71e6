import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../../lib/digits/item-at';
import { setLanguage } from '../../../lib/digits/language';
import { denseLayers } from '../../../lib/digits/pad/dense-layers';
import { mnistPicture, PICTURE } from '../../../lib/digits/pad/mnist-picture';
import { activations, type DenseLayer, output } from '../../../lib/digits/pad/plain-network';
import { pack, unpack } from '../../../lib/digits/pad/quantized-weights';
import { compiledModel } from '../../support';
import { testDigits, trainedModel } from './support';

type Digits = Awaited<ReturnType<typeof testDigits>>;

const largest = (values: Float32Array | number[]): number => values.indexOf(Math.max(...values));

/** What TensorFlow.js computes for each digit. */
function predictions(model: tf.LayersModel, digits: Digits): number[][] {
  return tf.tidy(() => {
    const pixels = Float32Array.from(digits.flatMap(digit => Array.from(digit.pixels)));
    const sample = itemAt(model.inputs, 0).shape.slice(1).map(Number);
    return (
      model.predict(tf.tensor(pixels, [digits.length, ...sample])) as tf.Tensor2D
    ).arraySync();
  });
}

/** The largest difference between two networks' outputs. */
function worst(layers: DenseLayer[], model: tf.LayersModel, digits: Digits): number {
  const expected = predictions(model, digits);
  const differences = digits.map(({ pixels }, i) =>
    Math.max(
      ...output(layers, pixels).map((value, k) => Math.abs(value - (expected[i]?.[k] ?? 9))),
    ),
  );
  return Math.max(...differences);
}

function modelOf(...layers: tf.layers.Layer[]): tf.Sequential {
  return tf.sequential({ layers });
}

describe("the pad's network", () => {
  let model: tf.Sequential;
  let digits: Digits;
  before(async function () {
    this.timeout(60_000);
    model = await trainedModel();
    digits = await testDigits(1000);
  });
  afterEach(() => setLanguage('en'));

  it('computes what TensorFlow.js computes', () => {
    assert.ok(worst(denseLayers(model), model, digits) < 1e-5);
  });

  it('differs by less than 0.05 once its weights are packed, and gives the same answers', () => {
    const packed = denseLayers(model).map(pack).map(unpack);
    assert.ok(worst(packed, model, digits) < 0.05);
    const far = digits.filter(digit => worst(packed, model, [digit]) >= 0.02);
    assert.ok(far.length <= 10, `${far.length} of 1000`);
    const expected = predictions(model, digits).map(largest);
    const same = digits.filter(({ pixels }, i) => largest(output(packed, pixels)) === expected[i]);
    assert.ok(same.length >= 998, `${same.length} of 1000`);
  });

  it('reads digits drawn on the pad, at whatever size, as it reads them themselves', () => {
    const packed = denseLayers(model).map(pack).map(unpack);
    const same = digits.filter(({ pixels }, i) => {
      const zoom = 3.5 + (i % 7);
      const side = Math.round(PICTURE * zoom);
      const grey = Float32Array.from({ length: side * side }, (_, at) => {
        const [x, y] = [at % side, Math.floor(at / side)];
        return pixels[Math.floor(y / zoom) * PICTURE + Math.floor(x / zoom)] ?? 0;
      });
      const picture = mnistPicture({ width: side, height: side, grey });
      assert.ok(picture);
      return largest(output(packed, picture.pixels)) === largest(output(packed, pixels));
    });
    assert.ok(same.length >= 950, `${same.length} of 1000`);
  });

  for (const activation of activations) {
    it(`computes ${activation}, with several layers, without bias, and with a Dropout`, () => {
      const other = modelOf(
        tf.layers.flatten({ inputShape: [28, 28, 1] }),
        tf.layers.dense({ units: 12, activation, biasInitializer: 'randomNormal' }),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 7, activation, useBias: false }),
        tf.layers.dense({ units: 10, activation: 'softmax' }),
      );
      assert.ok(worst(denseLayers(other), other, digits.slice(0, 20)) < 1e-5);
    });
  }

  it('takes 784 values as well', () => {
    const other = modelOf(tf.layers.dense({ units: 10, activation: 'sigmoid', inputShape: [784] }));
    assert.ok(worst(denseLayers(other), other, digits.slice(0, 20)) < 1e-5);
  });

  it('packs a layer whose weights are all 0', () => {
    const zeros = new Float32Array(4);
    const layer = { kernel: zeros, bias: Float32Array.of(1, 2), activation: 'linear' } as const;
    assert.deepEqual(unpack(pack(layer)), layer);
  });

  const flatten = () => tf.layers.flatten({ inputShape: [28, 28] });
  const softmax = (units = 10) => tf.layers.dense({ units, activation: 'softmax' });
  const wrong: [what: string, model: () => tf.LayersModel, en: RegExp, zh: RegExp][] = [
    [
      'of another input',
      () => modelOf(tf.layers.flatten({ inputShape: [8, 8] }), softmax()),
      /PadModelError: The pad needs a Sequential model.*28 × 28.*received \(8, 8\) → \(10,\).*stage 5/,
      /需要一个 Sequential 模型.*收到的是 \(8, 8\) → \(10,\).*第 5 阶段/,
    ],
    [
      'of another output',
      () => modelOf(flatten(), softmax(3)),
      /10 probabilities, but received \(28, 28\) → \(3,\)/,
      /10 个概率，收到的是 \(28, 28\) → \(3,\)/,
    ],
    ['without layers', () => tf.sequential(), /received Sequential/, /收到的是 Sequential/],
    [
      'that is no Sequential',
      () => {
        const input = tf.input({ shape: [784] });
        return tf.model({
          inputs: input,
          outputs: softmax().apply(input) as tf.SymbolicTensor,
        });
      },
      /Sequential model.*received Model/,
      /Sequential 模型.*收到的是 Model/,
    ],
    [
      'with a convolution',
      () =>
        modelOf(
          tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 2, kernelSize: 3, name: 'look' }),
          tf.layers.flatten(),
          softmax(),
        ),
      /only Flatten, Dense and Dropout.*layer look of this model is Conv2D.*Build the model of these/,
      /只会算 Flatten、Dense 和 Dropout.*层 look 是 Conv2D.*请用这些层/,
    ],
    [
      'with Dense before Flatten',
      () =>
        modelOf(
          tf.layers.dense({ inputShape: [28, 28], units: 2, name: 'early' }),
          tf.layers.flatten(),
          softmax(),
        ),
      /layer early of this model is Dense\. .*Flatten before the first Dense/,
      /层 early 是 Dense。.*Dense 之前先用 Flatten/,
    ],
    [
      'with another activation',
      () => modelOf(flatten(), tf.layers.dense({ units: 4, activation: 'mish' }), softmax()),
      /is Dense, mish/,
      /是 Dense, mish/,
    ],
    [
      'whose output is no probabilities',
      () => modelOf(flatten(), tf.layers.dense({ units: 10 })),
      /should be softmax \(or sigmoid\) but is linear\. Write activation: 'softmax'/,
      /应当是 softmax（或 sigmoid），收到的是 linear。请改为/,
    ],
    [
      'whose training failed',
      () => {
        const failed = compiledModel();
        failed.setWeights(failed.getWeights().map(weight => tf.fill(weight.shape, Number.NaN)));
        return failed;
      },
      /weights of the layer dense\S* are not all numbers \(NaN or Infinity\).*learning rate/,
      /层 dense\S* 的权重里有不是数的值.*减小学习率/,
    ],
  ];
  for (const [what, build, en, zh] of wrong) {
    it(`explains that it cannot read by a model ${what}`, () => {
      assert.throws(() => denseLayers(build()), en);
      setLanguage('zh');
      assert.throws(() => denseLayers(build()), zh);
    });
  }
});
