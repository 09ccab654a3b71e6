import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import { classNumbers } from '../../../lib/digits/figures/classes';
import { type Given, read } from '../../../lib/digits/figures/given';
import { probabilitiesOf } from '../../../lib/digits/figures/probabilities';
import { setLanguage } from '../../../lib/digits/language';

/** What a learner gives by mistake, which TypeScript would refuse. */
const wrong = (given: unknown) => given as Given;
const labels = (given: unknown) => Array.from(classNumbers(wrong(given), 'labels'));

describe('what figures are given', () => {
  before(async () => {
    await useDevice('cpu');
  });

  afterEach(() => setLanguage('en'));

  it('are labels in whatever they come', () => {
    for (const given of [
      [7, 2, 1],
      Uint8Array.of(7, 2, 1),
      { shape: [3], data: Uint8Array.of(7, 2, 1) },
      ...[tf.tensor1d([7, 2, 1], 'int32'), tf.tensor1d([7, 2, 1]), tf.tensor2d([[7], [2], [1]])],
      tf.oneHot(tf.tensor1d([7, 2, 1], 'int32'), 10).argMax(1),
      tf
        .oneHot(tf.tensor1d([7, 2, 1], 'int32'), 10)
        .argMax(1)
        .arraySync(),
      [[7], [2], [1]],
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
      const { classes, row } = probabilitiesOf(given, 2);
      assert.deepEqual([classes, row(0), row(1)], [2, ...rows]);
    }
  });

  it('are read where they are', () => {
    const given = tf.tensor1d([1, 2]);
    const { numTensors } = tf.memory();
    read(given, 'labels');
    assert.equal(tf.memory().numTensors, numTensors);
  });

  it('are there', () => {
    for (const missing of [undefined, null]) {
      assert.throws(
        () => read(missing, 'labels'),
        new RegExp(
          `^TypeError: Expected numbers as labels, such as testY\\.slice\\(0, 4\\), but received ${missing}\\. Run the cell that makes it first`,
        ),
      );
    }
    setLanguage('zh');
    assert.throws(
      () => read(undefined, 'labels'),
      /标签应当是数，例如 testY.*收到的是 undefined。请先运行/,
    );
  });

  it('are not still to come', () => {
    const promise = Promise.resolve([1]);
    assert.throws(
      () => read(promise, 'predictions'),
      /but received a Promise.* Write await before/,
    );
    setLanguage('zh');
    assert.throws(() => read(promise, 'predictions'), /收到的是 Promise.*写上 await。/);
  });

  it('have their values still', () => {
    const gone = tf.tensor1d([1]);
    gone.dispose();
    assert.throws(() => read(gone, 'labels'), /a tensor that has been disposed of\. Run the cell/);
    setLanguage('zh');
    assert.throws(() => read(gone, 'labels'), /收到的是已被释放.*请再运行一次/);
  });

  it('are numbers', () => {
    for (const [given, message] of [
      [['7', '2'], /values of type string\. Make them numbers first/],
      [[1, '2'], /values of type string/],
      [BigInt64Array.of(1n), /values of type bigint/],
      [tf.tensor1d(['7']), /values of type string/],
      ['712', /but received string\. Give the loader's array/],
      [7, /but received 7\. Write a single one as a list, too: \[7\]\./],
      [{ data: [1] }, /but received Object\./],
      [new Map(), /but received Map\./],
    ] as const) {
      assert.throws(() => read(given, 'labels'), message);
    }
    setLanguage('zh');
    assert.throws(() => read(['7'], 'labels'), /类型为 string 的值。请先变成数/);
    assert.throws(() => read(7, 'labels'), /只有一个时也要写成列表：\[7\]。/);
  });

  it('are lists of one length', () => {
    const ragged = [
      [0.5, 0.5],
      [1, 0, 0],
    ];
    assert.throws(
      () => read(ragged, 'probabilities'),
      /^RangeError: Expected probabilities of one shape, but item 0 is \[2\] and item 1 is \[3\]/,
    );
    setLanguage('zh');
    assert.throws(() => read(ragged, 'probabilities'), /第 0 项是 \[2\]，第 1 项却是 \[3\]/);
  });

  it('are one number for each sample', () => {
    assert.throws(
      () => labels(tf.zeros([4, 10])),
      /labels to be one number for each sample but received shape \[4, 10\]\..* argMax\(1\)/,
    );
    assert.throws(() => labels(tf.zeros([4, 28, 28])), /Pass labels such as testY/);
    setLanguage('zh');
    assert.throws(() => labels(tf.zeros([4, 10])), /收到的形状是 \[4, 10\]。.*argMax\(1\)/);
  });

  it('are as many probabilities for each sample, from 0 to 1', () => {
    assert.throws(
      () => probabilitiesOf(new Float32Array(31), 3),
      /for each of 3 samples but received shape \[31\]\. Pass digits\.predict\(model, x\)/,
    );
    assert.throws(() => probabilitiesOf([1, 2, 3], 3), /without argMax/);
    assert.throws(
      () => probabilitiesOf(tf.zeros([2, 10]), 3),
      /3 pictures, 2 rows of probabilities/,
    );
    assert.throws(() => probabilitiesOf([[4, -2]], 1), /number 0 is 4\. .*logits, write \.softmax/);
    assert.throws(() => probabilitiesOf([[Number.NaN, 1]], 1), /number 0 is NaN/);
    setLanguage('zh');
    assert.throws(() => probabilitiesOf([], 3), /3 个样本应当各有一行概率/);
    assert.throws(() => probabilitiesOf([[4, -2]], 1), /第 0 个却是 4。.*softmax/);
  });

  it('reach every figure', () => {
    const x = tf.randomUniform([6, 4, 4]);
    const y = tf.tensor1d([0, 1, 2, 0, 1, 2], 'int32');
    const p = tf.randomUniform([6, 3]).softmax();
    const predictions = p.argMax(1);
    const nested = { x: x.arraySync(), y: y.arraySync(), p: p.arraySync() };
    for (const drawn of [
      [figures.digitWall(x, y), figures.digitWall(nested.x, nested.y)],
      [figures.classCounts(y, y), figures.classCounts(nested.y, nested.y)],
      [figures.probabilityBars(x, y, p), figures.probabilityBars(nested.x, nested.y, nested.p)],
      [figures.worstMistakes(x, y, p), figures.worstMistakes(nested.x, nested.y, nested.p)],
      [figures.confusionMatrix(y, predictions), figures.confusionMatrix(nested.y, predictions)],
      [figures.digitAccuracy(y, predictions), figures.digitAccuracy(nested.y, predictions)],
      [figures.pixelNumbers(x.slice(0, 1)), figures.pixelNumbers(x.slice(0, 1).arraySync())],
      [
        figures.digitRow(x, { title: '', labels: y, predictions }),
        figures.digitRow(nested.x, { title: '', labels: nested.y, predictions }),
      ],
      [
        figures.redrawDigits(x, y, predictions, { random: () => 0 }),
        figures.redrawDigits(nested.x, nested.y, predictions, { random: () => 0 }),
      ],
    ]) {
      assert.deepEqual(drawn[0], drawn[1]);
    }
  });
});
