import { computing, integer, number, shuffled } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

type Digits = readonly number[];

const countRight = (labels: Digits, predictions: Digits): number =>
  labels.filter((label, i) => label === predictions[i]).length;

/** Draws labels, and predictions that are right for some of them. */
function someRight(count: number, right: number): [labels: Digits, predictions: Digits] {
  const labels = Array.from({ length: count }, () => integer(0, 9));
  const predictions = labels.map((label, i) => (i < right ? label : (label + integer(1, 9)) % 10));
  const order = shuffled([...labels.keys()]);
  const inOrder = (digits: Digits) => order.map(i => digits[i] as number);
  return [inOrder(labels), inOrder(predictions)];
}

export const accuracy = computing<[labels: Digits, predictions: Digits], number, typeof en>({
  texts: { en, zh },
  cases: [
    [
      [0, 4, 7, 0, 2, 9, 9, 0],
      [0, 4, 1, 0, 7, 9, 2, 0],
    ],
    [
      [3, 0, 8, 8, 1],
      [3, 8, 0, 8, 1],
    ],
    [
      [5, 6, 0],
      [6, 0, 5],
    ],
    [[2], [2]],
  ],
  draw: () => [someRight(integer(5, 7), 2)],
  right: (labels, predictions) => countRight(labels, predictions) / labels.length,
  wrong: {
    rightOnes: countRight,
    wrongShare: (labels, predictions) => 1 - countRight(labels, predictions) / labels.length,
    wrongOnes: (labels, predictions) => labels.length - countRight(labels, predictions),
    percentage: (labels, predictions) => (100 * countRight(labels, predictions)) / labels.length,
    rightToWrong(labels, predictions) {
      const right = countRight(labels, predictions);
      return right / (labels.length - right);
    },
    anywhere: (labels, predictions) =>
      labels.filter(label => predictions.includes(label)).length / labels.length,
    allOrNothing: (labels, predictions) =>
      Number(countRight(labels, predictions) === labels.length),
  },
  ...number,
});
