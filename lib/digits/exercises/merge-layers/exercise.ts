import * as tf from '@tensorflow/tfjs';
import { integer } from '../judging/compare';
import { comparingTensors } from '../judging/compare-tensors';
import { task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { en } from './text.en';
import { zh } from './text.zh';

type Layers = [w1: number[][], b1: number[], w2: number[][], b2: number[]];

/** Draws whole numbers, because all devices multiply them exactly. */
const vector = (length: number) => Array.from({ length }, () => integer(-5, 5));
const layers = (inputs: number, hidden: number, outputs: number): Layers => [
  Array.from({ length: inputs }, () => vector(hidden)),
  vector(hidden),
  Array.from({ length: hidden }, () => vector(outputs)),
  vector(outputs),
];

const tensorsOf = (...[w1, b1, w2, b2]: Layers) =>
  [tf.tensor2d(w1), tf.tensor1d(b1), tf.tensor2d(w2), tf.tensor1d(b2)] as const;

const { formulas, judge } = comparingTensors<Layers, ReturnType<typeof tensorsOf>, typeof en>({
  count: 2,
  // Square matrices allow products in the wrong order. Most layers are not square, so the biases test others, too.
  draw: index => [layers(3, 3, 3), layers(3, 3, 3), ...(index ? [layers(2, 4, 3)] : [])],
  give: tensorsOf,
  right: (w1, b1, w2, b2) => [w1.matMul(w2), tf.dot(b1, w2).add(b2)],
  wrong: {
    reversed: [(w1, _, w2) => [w2.matMul(w1)]],
    placeByPlace: [(w1, _, w2) => [w1.mul(w2)]],
    added: [(w1, _, w2) => [w1.add(w2)]],
    firstAlone: [w1 => [w1]],
    secondAlone: [(_w1, _b1, w2) => [w2]],
    biasesAdded: [(_w1, b1, _w2, b2) => [undefined, b1.add(b2)]],
    secondBias: [(_w1, _b1, _w2, b2) => [undefined, b2]],
    firstBias: [(_, b1) => [undefined, b1]],
    withoutSecond: [(_, b1, w2) => [undefined, tf.dot(b1, w2)]],
    reversedBias: [(_, b1, w2, b2) => [undefined, tf.dot(w2, b1).add(b2)]],
    secondToo: [(_, b1, w2, b2) => [undefined, tf.dot(b1.add(b2), w2)]],
  },
  named({ other }, index, [w1, ...matrices]) {
    const [b1, w2, b2] = matrices.map(values => formatValue(values)) as [string, string, string];
    return index ? other.bias(b1, w2, b2) : other.weights(formatValue(w1), w2);
  },
});

export const mergeLayers = task({ en, zh, formulas }, async (answer, text) => {
  await judge(answer, text);
  return text.reward;
});
