/** What figures take, and what they say to what they cannot take. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import { argMax, readClasses, readJudged, readPictures } from '../../../lib/digits/figures/given';
import { setLanguage, tables } from '../../../lib/digits/language';
import type { Messages } from '../../../lib/digits/messages/en';
import { divide } from '../../../lib/digits/training/divide';
import { greyPictures } from './support';

/** What a learner gives by mistake, which TypeScript would refuse. */
const wrong = (given: unknown) => given as never;
const labels = (given: unknown) => Array.from(readClasses(wrong(given), 'labels'));
const pixels = (given: unknown, i = 0) => Array.from(readPictures(wrong(given)).pixels(i));

describe('what figures are given', () => {
  before(() => useDevice('cpu'));

  it('are labels in whatever they come', () => {
    const oneHot = tf.oneHot(tf.tensor1d([7, 2, 1], 'int32'), 10);
    for (const given of [
      [7, 2, 1],
      Uint8Array.of(7, 2, 1),
      { shape: [3], data: Uint8Array.of(7, 2, 1) },
      ...[tf.tensor1d([7, 2, 1], 'int32'), tf.tensor1d([7, 2, 1]), tf.tensor2d([[7], [2], [1]])],
      ...[oneHot.argMax(1), oneHot.argMax(1).arraySync(), [[7], [2], [1]]],
    ]) {
      assert.deepEqual(labels(given), [7, 2, 1]);
    }
  });

  it('are probabilities in whatever they come', () => {
    const rows = [
      [0.25, 0.75],
      [1, 0],
    ];
    for (const given of [rows, rows.flat(), tf.tensor2d(rows), Float32Array.from(rows.flat())]) {
      const { samples } = readJudged(greyPictures(2), [1, 1], given);
      assert.deepEqual(
        samples.map(({ probabilities, prediction }) => [prediction, probabilities]),
        [
          [1, rows[0]],
          [0, rows[1]],
        ],
      );
    }
    assert.equal(argMax([0.5, 0.5]), 0, 'the first of those alike');
  });

  it('are pictures as loaded, as tensors, divided or not, with a channel or without, as lists', async () => {
    const [, [images]] = await mnist.loadData();
    const two = images.slice(1, 2);
    const expected = Array.from(two.data.slice(784));
    const bytes = tf.tensor3d(two.data, [2, 28, 28], 'int32');
    const x = divide(two, 255);
    for (const given of [
      ...[two, bytes, bytes.toFloat(), x, x.mul(1), x.reshape([2, 28, 28, 1]), x.clone()],
      ...[bytes.arraySync(), x.arraySync()],
    ]) {
      assert.deepEqual(pixels(given, 1), expected);
      assert.deepEqual(readPictures(wrong(given)).size, [28, 28]);
    }
    assert.deepEqual(
      [x.mul(1), x, bytes].map(given => readPictures(wrong(given)).scale),
      [255, 255, 1],
    );
  });

  it('are white at 1 if no value is larger, in whatever they come', () => {
    const ink = tf.tensor3d([[[0, 0.2, 0.9]]]);
    assert.deepEqual(pixels(ink.greater(0.5)), [0, 0, 255]);
    assert.deepEqual(pixels(ink), [0, 51, 229]);
    assert.deepEqual(pixels([[[0, 1, 2]]]), [0, 1, 2]);
    assert.deepEqual(pixels([[[-1e-5, 1.00001]]]), [0, 255]);
  });

  it('are read where they are, and left as they are', () => {
    const [x, y] = [tf.zeros([1, 2, 2]), tf.tensor1d([1, 2])];
    const { numTensors } = tf.memory();
    readPictures(x);
    labels(y);
    assert.equal(tf.memory().numTensors, numTensors);
    assert.ok(!x.isDisposed && !y.isDisposed);
  });

  it('explain what they are not, in whole sentences', () => {
    assert.throws(() => labels(undefined), {
      name: 'TypeError',
      message:
        'Expected numbers as labels, such as testY.slice(0, 4), but received undefined. Run the cell that makes it first, and check how its name is spelt.',
    });
    assert.throws(() => figures.pixelNumbers(wrong(tf.zeros([2, 784]))), {
      name: 'RangeError',
      message:
        'Expected pictures of shape [pictures, height, width] but received [2, 784]. Write x.reshape([-1, 28, 28]).',
    });
    setLanguage('zh');
    assert.throws(() => labels(Promise.resolve([1])), {
      message:
        '标签应当是数，例如 testY.slice(0, 4)，收到的是 Promise，其中的值还没有算好。请在得到它的调用前面写上 await。',
    });
    assert.throws(() => readClasses([12], 'predictions'), {
      message:
        '预测应当是 0～9 的整数，第 0 个却是 12。预测请用 argMax(1) 的结果，1 是类别所在的轴。',
    });
  });

  const x = (count: number) => greyPictures(count);
  const title = { title: '', labels: [1, 2, 3], predictions: [1, 2, 3] };
  const disposed = () => {
    const gone = tf.tensor1d([1]);
    gone.dispose();
    return gone;
  };
  const convolutional = () => {
    const first = tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 2 });
    return tf.sequential({ layers: [first, tf.layers.flatten(), tf.layers.dense({ units: 2 })] });
  };
  const functional = () => {
    const input = tf.input({ shape: [4] });
    const output = tf.layers.dense({ units: 2 }).apply(input) as tf.SymbolicTensor;
    return tf.model({ inputs: input, outputs: output });
  };
  type Texts = Messages['figures'];
  const given = (text: (texts: Texts['given']) => string) => (texts: Texts) => text(texts.given);
  const { baselines, digitRow, networkDiagram, probabilityBars, redrawDigits } = figures;
  const ragged = [[0.5, 0.5], [1]];

  const faults: Record<string, [call: () => unknown, told: (texts: Texts) => string]> = {
    null: [() => labels(null), given(t => t.missing('null'))],
    'disposed of': [() => labels(disposed()), given(t => t.disposed)],
    strings: [() => labels(['7', '2']), given(t => t.otherValues('string'))],
    'a string among them': [() => labels([1, '2']), given(t => t.otherValues('string'))],
    'big integers': [() => labels(BigInt64Array.of(1n)), given(t => t.otherValues('bigint'))],
    'a tensor of strings': [() => labels(tf.tensor1d(['7'])), given(t => t.otherValues('string'))],
    'a string': [() => labels('712'), given(t => t.otherKind('string'))],
    'an object': [() => labels({ data: [1] }), given(t => t.otherKind('Object'))],
    'a map': [() => labels(new Map()), given(t => t.otherKind('Map'))],
    'a single number': [() => labels(7), given(t => t.single(7))],
    'lists of unequal lengths': [
      () => probabilityBars(x(2), [0, 0], wrong(ragged)),
      given(t => t.unequal(t.names.probabilities, '[2]', 1, '[1]')),
    ],
    'one-hot labels': [
      () => labels(tf.zeros([4, 10])),
      given(t => t.onePerSample(t.names.labels, '[4, 10]') + t.takeClasses),
    ],
    'pictures as labels': [() => labels(tf.zeros([4, 28, 28])), given(t => t.passClasses)],
    'labels beyond 9': [
      () => labels(Float32Array.of(1, 10)),
      given(t => t.noClass(t.names.labels, 10, 1, '10') + t.classCures.labels),
    ],
    'labels below 0': [() => labels([-1]), given(t => t.noClass(t.names.labels, 10, 0, '-1'))],
    'half labels': [() => labels([0.5]), given(t => t.noClass(t.names.labels, 10, 0, '0.5'))],
    'labels that are NaN': [
      () => labels([Number.NaN]),
      given(t => t.noClass(t.names.labels, 10, 0, 'NaN')),
    ],
    'a label without a probability': [
      () => figures.worstMistakes(x(1), [5], [[0.5, 0.5]]),
      given(t => t.noClass(t.names.labels, 2, 0, '5')),
    ],
    'more labels than pictures': [
      () => digitRow(x(1), title),
      given(t =>
        t.unequalCounts([
          t.counted.pictures('1'),
          t.counted.labels('3'),
          t.counted.predictions('3'),
        ]),
      ),
    ],
    'fewer labels than pictures': [
      () => figures.digitWall(x(2), [1]),
      given(t => t.unequalCounts([t.counted.pictures('2'), t.counted.labels('1')])),
    ],
    'no samples': [
      () => figures.digitAccuracy([], []),
      given(t => t.unequalCounts([t.counted.labels('0'), t.counted.predictions('0')])),
    ],
    'too few rows of probabilities': [
      () => probabilityBars(x(3), [0, 0, 0], tf.zeros([2, 10])),
      given(t => t.unequalCounts([t.counted.pictures('3'), t.counted.probabilities('2')])),
    ],
    'unequal rows of probabilities': [
      () => probabilityBars(x(3), [0, 0, 0], new Float32Array(31)),
      given(t => t.noRows('3', '[31]')),
    ],
    'predictions for probabilities': [
      () => probabilityBars(x(3), [0, 0, 0], [1, 2, 3]),
      given(t => t.noRows('3', '[3]')),
    ],
    logits: [() => probabilityBars(x(1), [0], [[4, -2]]), given(t => t.noProbability(0, '4'))],
    'one picture without its axis': [
      () => pixels({ shape: [28, 28], data: new Uint8Array(784) }),
      given(t => t.noPictures('[28, 28]') + t.passPictures),
    ],
    colours: [() => pixels(tf.zeros([1, 8, 8, 3])), given(t => t.noPictures('[1, 8, 8, 3]'))],
    'pixels below 0': [() => pixels([[[0, -1]]]), given(t => t.noPixel(1, '-1'))],
    'pixels beyond 255': [() => pixels(tf.tensor3d([[[256]]])), given(t => t.noPixel(0, '256'))],
    'pixels that are NaN': [() => pixels([[[Number.NaN]]]), given(t => t.noPixel(0, 'NaN'))],
    'several pictures': [() => figures.pixelNumbers(x(3)), given(t => t.severalPictures('3'))],
    'too few to draw from': [
      () => redrawDigits(x(3), [0, 0, 0], [0, 0, 0]),
      t => t.redrawDigits.tooFew(4, 3),
    ],
    'a row without a title': [() => digitRow(x(3), wrong(undefined)), t => t.digitRow.noTitle],
    'an accuracy in per cent': [() => baselines(97.5), t => t.baselines.noAccuracy('97.5')],
    'an accuracy below 0': [() => baselines(-0.1), t => t.baselines.noAccuracy('-0.1')],
    'an accuracy that is NaN': [() => baselines(Number.NaN), t => t.baselines.noAccuracy('NaN')],
    'an accuracy in a list': [() => baselines(wrong([1])), t => t.baselines.noAccuracy('object')],
    'no accuracy': [() => baselines(undefined), t => t.baselines.noAccuracy('undefined')],
    'a history without an epoch': [
      () => figures.historyCurves({ loss: [] }),
      t => t.history.noLoss('["loss"]'),
    ],
    'no history': [() => figures.historyCurves(wrong(undefined)), t => t.history.noLoss('[]')],
    'no step': [() => figures.oneStep(wrong({})), t => t.oneStep.noStep],
    'an empty model': [
      () => networkDiagram(tf.sequential()),
      t => t.networkDiagram.notSequential('Sequential'),
    ],
    'a functional model': [
      () => networkDiagram(functional()),
      t => t.networkDiagram.notSequential('Model'),
    ],
    'a model of filters': [
      () => figures.unitWeights(convolutional()),
      t => t.unitWeights.noPixelWeights,
    ],
  };
  for (const [what, [call, told]] of Object.entries(faults)) {
    it(`are not ${what}, which is explained`, () => {
      for (const language of ['zh', 'en'] as const) {
        setLanguage(language);
        const expected = told(tables[language].figures);
        assert.throws(call, ({ message }: Error) => message.includes(expected));
      }
    });
  }
});
