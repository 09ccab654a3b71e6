/** Functions that answer exercises in another form than a formula: right, wrong, and almost right. */
import * as tf from '@tensorflow/tfjs';
import mnist, { type Images } from 'mnist-data-loader';
import { divide } from '../../../lib/digits/index';
import { itemAt } from '../../../lib/digits/item-at';
import { tensorOf } from './trained';

/** What learners write for an exercise that asks for a function. */
interface Tries<Code> {
  readonly right: readonly Code[];
  /** By the name of the reason that it is wrong. */
  readonly wrong?: Readonly<Record<string, Code | readonly Code[]>>;
  /** Wrong where few look, and for no reason that has a name. */
  readonly near?: readonly Code[];
}

const tries = <Code>(all: Tries<Code>) => all;

type Digits = number[];
type Rows = number[][];
type Layers = [w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D];

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
const mean = (values: readonly number[]) => sum(values) / values.length;
const vector = (length: number, at: (place: number) => unknown) =>
  Array.from({ length }, (_, place) => at(place));
const share = (powers: readonly number[]) => powers.map(power => power / sum(powers));
const softmax = (logits: readonly number[], by = Math.max(...logits)) =>
  share(logits.map(z => Math.exp(z - by)));
const merged = (...[w1, b1, w2, b2]: Layers) => [w1.matMul(w2), tf.dot(b1, w2).add(b2)] as const;
const matrix = (labels: Digits, predictions: Digits) =>
  tf.math.confusionMatrix(tf.tensor1d(labels, 'int32'), tf.tensor1d(predictions, 'int32'), 10);
const rightOnes = (labels: Digits, predictions: Digits, counts = (_: number) => true) =>
  labels.filter((label, i) => label === predictions[i] && counts(i)).length / labels.length;

/** Counts the pairs of a label and an answer, unless they are forgotten, into rows. */
function count(
  labels: Digits,
  predictions: Digits,
  rows: Rows = Array.from({ length: 10 }, () => new Array(10).fill(0)),
  counts = (_label: number, _prediction: number) => true,
): Rows {
  for (const [i, label] of labels.entries()) {
    const [row, column] = [itemAt(rows, label), itemAt(predictions, i)];
    if (counts(label, column)) row[column] = (row[column] as number) + 1;
  }
  return rows;
}

const kept: Rows = Array.from({ length: 10 }, () => new Array(10).fill(0));

/** By the number of the exercise. In which forms a number or a list may come, `parse-answer.test.ts` tries. */
export const functions = {
  '1.2': tries<(values: number[]) => unknown>({
    right: [
      values => Number(tf.tensor1d(values).sum().dataSync()) / values.length,
      values => tf.mean(values.splice(0)).arraySync(),
      values =>
        tf
          .tensor1d(values)
          .dot(tf.fill([values.length], 1 / values.length))
          .arraySync(),
    ],
    wrong: {
      withoutTf: [
        mean,
        values => {
          tf.tensor1d(values).square();
          return mean(values);
        },
      ],
    },
    near: [values => tf.sum(values).div(3).arraySync()],
  }),
  '2.1': tries<(gpus: string[]) => unknown>({
    right: [gpus => gpus.shift() ?? 'CPU', async gpus => [...gpus, 'CPU'][0]],
    near: [
      gpus => gpus[0] ?? '',
      gpus => gpus.sort()[0] ?? 'CPU',
      gpus => [...gpus].sort((a, b) => b.length - a.length)[0] ?? 'CPU',
    ],
  }),
  '3.2': tries<(image: number, row: number, column: number) => unknown>({
    right: [
      async (i, r, c) => {
        const [[{ shape, data }]] = await mnist.loadData();
        const row = data.subarray((i * shape[1] + r) * shape[2]);
        return row.subarray(c).byteOffset - data.byteOffset;
      },
    ],
    near: [(i, r, c) => (i - 1) * 784 + r * 28 + c],
  }),
  '4.1': tries<(images: Images) => unknown>({
    right: [
      images => divide(images, 127.5).sub(1),
      images => {
        const x = tensorOf(images).div(127.5).sub(1);
        images.data.fill(0);
        return x;
      },
    ],
    wrong: { shape: images => tensorOf(images).div(127.5).sub(1).reshape([-1, 784]) },
    near: [
      images => tensorOf(images).div(255).tanh(),
      images => tensorOf(images).div(127.5).sub(1).slice(0, 1).tile([images.shape[0], 1, 1]),
    ],
  }),
  '4.2': tries<(label: number, classes: number) => unknown>({
    right: [
      (label, classes) => tf.range(0, classes).equal(label),
      (label, classes) => vector(classes, i => (i === label ? 1 : -0)),
    ],
    wrong: { byTf: (label, classes) => tf.oneHot(label, classes) },
    near: [
      (label, classes) => [vector(classes, i => Number(i === label))],
      (label, classes) => vector(classes, i => [Number(i === label)]),
    ],
  }),
  '4.3': tries<(x: tf.Tensor) => unknown>({
    right: [
      x => {
        const mean = x.mean();
        const centred = x.sub(mean);
        const max = x.max();
        const y = centred.div(max);
        tf.dispose([mean, centred, max]);
        return y;
      },
      async x => {
        const values = Array.from(await x.data());
        return tf.tensor(
          values.map(value => (value - mean(values)) / Math.max(...values)),
          x.shape,
        );
      },
    ],
    wrong: {
      kept(x) {
        const centred = tf.tidy(() => x.sub(x.mean()));
        return tf.tidy(() => centred.div(x.max()));
      },
      inputFreed(x) {
        const y = tf.tidy(() => x.sub(x.mean()).div(x.max()));
        x.dispose();
        return y;
      },
      itself: x => x,
      shape: x => tf.tidy(() => x.sub(x.mean()).div(x.max()).expandDims(0)),
    },
    near: [
      x => tf.tidy(() => x.sub(x.mean()).div(x.abs().max())),
      x => tf.tidy(() => x.sub(x.mean(-1, true)).div(x.max())),
    ],
  }),
  '5.2': tries<(...given: Layers) => unknown>({
    right: [
      (w1, b1, w2, b2) => [tf.dot(w1, w2), tf.matMul(b1.expandDims(0), w2).add(b2)],
      (w1, b1, w2, b2) => {
        const at = (x: tf.Tensor) => x.matMul(w1).add(b1).matMul(w2).add(b2);
        const b = at(tf.zeros([1, w1.shape[0]]));
        return [at(tf.eye(w1.shape[0])).sub(b), b];
      },
    ],
    wrong: {
      pair: [(w1, _, w2) => w1.matMul(w2), (w1, b1) => ({ w: w1, b: b1 })],
      inputsFreed(...given) {
        const result = tf.tidy(() => [...merged(...given)]);
        tf.dispose(given);
        return result;
      },
    },
    near: [
      (...given) => [merged(...given)[0].transpose(), merged(...given)[1]],
      (...given) => [merged(...given)[0], merged(...given)[1].reshape([-1, 1])],
      (w1, b1, w2, b2) => [w1.matMul(w2), b1.reshape([1, 3]).matMul(w2).add(b2)],
    ],
  }),
  '5.3': tries<(logits: number[]) => unknown>({
    right: [
      logits =>
        tf.tidy(() => {
          const powers = tf
            .tensor1d(logits)
            .sub(Math.max(...logits))
            .exp();
          return powers.div(powers.sum());
        }),
      logits => logits.map(z => 1 / sum(logits.map(other => Math.exp(other - z)))),
    ],
    wrong: {
      notFinite: [
        logits => softmax(logits, 0),
        logits => softmax(logits, Math.min(...logits)),
        logits => softmax(logits, logits[0]),
        logits => softmax(logits, Math.max(...logits.map(Math.abs))),
        logits => softmax(logits, Number([...logits].sort().at(-1))),
      ],
      byTf: [
        logits => tf.tensor1d(logits).logSoftmax().exp(),
        logits => (tf.layers.softmax().apply(tf.tensor2d([logits])) as tf.Tensor).flatten(),
      ],
    },
    near: [
      logits => softmax(logits.sort((a, b) => a - b)),
      logits => softmax(logits.slice(0, 6)),
      logits => softmax(logits).map(p => p + 1e-4),
    ],
  }),
  '6.1': tries<(inputs: number, units: number) => unknown>({
    right: [
      async (inputs, units) => {
        const layers = [tf.layers.dense({ units, inputShape: [inputs] })];
        return tf.sequential({ layers }).countParams();
      },
    ],
    near: [(inputs, units) => 2 * inputs * units],
  }),
  '7.1': tries<(p: number[], label: number) => unknown>({
    right: [
      // Kept from 0, as Keras does.
      (p, label) => -Math.log(Math.max(itemAt(p, label), 1e-7)),
      async (p, label) => {
        const own = itemAt(p, label);
        p.sort();
        return -Math.log2(own) * Math.LN2;
      },
    ],
    near: [
      (p, label) => -Math.log(p[label - 1] ?? 1),
      (p, label) => Math.min(10, -Math.log(itemAt(p, label))),
    ],
  }),
  '7.2': tries<(classes: number) => unknown>({
    right: [async classes => (await tf.scalar(classes).log().data())[0]],
  }),
  '8.1': tries<(samples: number, batchSize: number, split: number) => unknown>({
    right: [
      async (samples, batchSize, split) =>
        Math.ceil((samples - Math.ceil(samples * split)) / batchSize),
    ],
    near: [
      (samples, batchSize, split) => Math.ceil((samples - Math.round(samples * split)) / batchSize),
    ],
  }),
  '9.1': tries<(labels: Digits, predictions: Digits) => unknown>({
    right: [
      async (y, p) => {
        const all = y.length;
        let wrong = 0;
        while (y.length > 0) if (y.pop() !== p.pop()) wrong++;
        return 1 - wrong / all;
      },
    ],
    near: [
      (y, p) => rightOnes(y, p, i => y[i] !== 0),
      (y, p) => rightOnes(y, p, i => i < y.length - 1),
    ],
  }),
  '9.3': tries<(labels: Digits, predictions: Digits) => unknown>({
    right: [matrix],
    wrong: {
      notFinite: (labels, predictions) =>
        count(
          labels,
          predictions,
          Array.from({ length: 10 }, () => []),
        ),
      shape: [
        (labels, predictions) => matrix(labels, predictions).dataSync(),
        (labels, predictions) => labels.map((label, i) => [label, predictions[i]]),
      ],
    },
    near: [
      (labels, predictions) => count(labels, predictions, kept),
      (labels, predictions) => count(labels, predictions, undefined, (_, column) => column < 9),
      (labels, predictions) =>
        count(labels, predictions, undefined, label => ![3, 6, 8].includes(label)),
    ],
  }),
  '10.1': tries<(rows: Rows) => unknown>({
    right: [
      rows =>
        Uint8Array.from(rows, row => [...row.entries()].reduce((a, b) => (b[1] > a[1] ? b : a))[0]),
      rows =>
        rows.map(row => {
          const place = row.indexOf(Math.max(...row));
          row.fill(0);
          return place;
        }),
    ],
    wrong: { byTf: rows => tf.tensor2d(rows).argMax(1).dataSync() },
    near: [
      rows => rows.map(row => row.indexOf(Math.max(...row.slice(0, -1)))),
      rows => rows.map(row => row.indexOf(Math.max(...row.slice(1)))),
    ],
  }),
};
