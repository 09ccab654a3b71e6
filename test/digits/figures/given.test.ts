/** Accepted arguments of figures, and the errors for other arguments. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import { type Given, readClasses, readJudged, readPictures } from '../../../lib/digits/input/given';
import { setLanguage, tables } from '../../../lib/digits/language';
import { divide } from '../../../lib/tfjs-graph/bytes/divide';
import { greyPictures } from './support';

/** Arguments of a learner's mistake, which TypeScript would reject. */
const wrong = (given: unknown) => given as never;
const labels = (given: unknown) => Array.from(readClasses(wrong(given), 'labels'));
const pixels = (given: unknown, i = 0) => Array.from(readPictures(wrong(given)).pixels(i));

describe('what figures are given', () => {
  before(() => useDevice('cpu'));

  it('are labels in whatever they come', () => {
    const oneHot = tf.oneHot(tf.tensor1d([7, 2, 1], 'int32'), 10);
    for (const input of [
      [7, 2, 1],
      Uint8Array.of(7, 2, 1),
      { shape: [3], data: Uint8Array.of(7, 2, 1) },
      ...[tf.tensor1d([7, 2, 1], 'int32'), tf.tensor1d([7, 2, 1]), tf.tensor2d([[7], [2], [1]])],
      ...[oneHot.argMax(1), oneHot.argMax(1).arraySync(), [[7], [2], [1]]],
    ]) {
      assert.deepEqual(labels(input), [7, 2, 1]);
    }
  });

  it('are probabilities in whatever they come', () => {
    const rows = [
      [0.25, 0.75],
      [1, 0],
    ];
    for (const input of [rows, rows.flat(), tf.tensor2d(rows), Float32Array.from(rows.flat())]) {
      const [first, second] = readJudged(greyPictures(2), [1, 1], input).samples;
      assert.deepEqual([first?.probabilities, second?.probabilities], rows);
      assert.deepEqual([first?.prediction, second?.prediction], [1, 0]);
    }
  });

  it('are pictures as loaded, as tensors, divided or not, with a channel or without, as lists', async () => {
    const [, [images]] = await mnist.loadData();
    const two = images.slice(1, 2);
    const expected = Array.from(two.data.slice(784));
    const bytes = tf.tensor3d(two.data, [2, 28, 28], 'int32');
    const x = divide(two, 255);
    for (const input of [
      ...[two, bytes, bytes.toFloat(), x, x.mul(1), x.reshape([2, 28, 28, 1]), x.clone()],
      ...[bytes.arraySync(), x.arraySync()],
    ]) {
      assert.deepEqual(pixels(input, 1), expected);
      assert.deepEqual(readPictures(wrong(input)).size, [28, 28]);
    }
    assert.deepEqual(
      [x.mul(1), x, bytes].map(input => readPictures(wrong(input)).scale),
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

  it('explain what they are not, in whole sentences', () => {
    assert.throws(() => figures.pixelNumbers(wrong(tf.zeros([2, 784]))), {
      name: 'RangeError',
      message:
        'Expected pictures of shape [pictures, height, width] but received [2, 784]. Write x.reshape([-1, 28, 28]).',
    });
    setLanguage('zh');
    assert.throws(() => labels(Promise.resolve([1])), {
      name: 'TypeError',
      message:
        '标签应当是数，例如 testLabels.slice(0, 4)，收到的是 Promise，其中的值还没有算好。请在得到它的调用前面写上 await。',
    });
  });

  it('are explained where they are something else', () => {
    const { input: t, figures: f } = tables.en;
    const { counted, names, classCures } = t;
    const x = (count: number) => greyPictures(count);
    const gone = tf.tensor1d([1]);
    gone.dispose();
    const { conv2d, dense, flatten } = tf.layers;
    const filters = conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 2 });
    const convolutional = tf.sequential({ layers: [filters, flatten(), dense({ units: 2 })] });
    const inputs = tf.input({ shape: [4] });
    const outputs = dense({ units: 2 }).apply(inputs) as tf.SymbolicTensor;
    const functional = tf.model({ inputs, outputs });
    const bars = (n: number, p: Given) =>
      figures.probabilityBars(x(n), new Uint8Array(n), wrong(p));
    const twoOfThree = [counted.pictures('3'), counted.probabilities('2')];
    const [noLabel, noPrediction] = [names.labels, names.predictions];
    const picture = { shape: [28, 28], data: new Uint8Array(784) };
    const faults: [call: () => unknown, told: string][] = [
      [() => labels(null), t.missing('null')],
      [() => labels(gone), t.disposed],
      [() => labels([1, '2']), t.otherValues('string')],
      [() => labels(tf.tensor1d(['7'])), t.otherValues('string')],
      [() => labels({ data: [1] }), t.otherKind('Object')],
      [() => labels(7), t.single(7)],
      [() => labels(tf.zeros([4, 10])), t.onePerSample(noLabel, '[4, 10]') + t.takeClasses],
      [() => labels(tf.zeros([4, 28, 28])), t.passClasses],
      [() => labels([1, 10]), t.noClass(noLabel, 10, 1, '10') + classCures.labels],
      [() => labels([0.5]), t.noClass(noLabel, 10, 0, '0.5')],
      [
        () => readClasses([12], 'predictions'),
        t.noClass(noPrediction, 10, 0, '12') + classCures.predictions,
      ],
      [() => bars(3, tf.zeros([2, 10])), t.unequalCounts(twoOfThree)],
      [() => bars(3, new Float32Array(31)), t.noRows('3', '[31]')],
      [() => pixels(picture), t.noPictures('[28, 28]') + t.passPictures],
      [() => pixels([[[0, -1]]]), t.noPixel(1, '-1')],
      [() => figures.nudge(wrong(functional)), f.notComputed('nudge')],
      [() => figures.networkDiagram(functional), f.networkDiagram.notSequential('Model')],
      [() => figures.unitWeights(convolutional), f.unitWeights.noPixelWeights],
    ];
    for (const [call, told] of faults) {
      assert.throws(call, ({ message }: Error) => message.includes(told), told);
    }
  });
});
