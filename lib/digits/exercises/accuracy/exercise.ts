import { computing, integer, number, shuffled } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

type Digits = readonly number[];

const countRight = (labels: Digits, predictions: Digits): number =>
  labels.filter((label, i) => label === predictions[i]).length;

/** Draws labels, and predictions with `right` matches. */
function someRight(count: number, right: number): [labels: Digits, predictions: Digits] {
  const labels = Array.from({ length: count }, () => integer(0, 9));
  const predictions = labels.map((label, i) => (i < right ? label : (label + integer(1, 9)) % 10));
  const order = shuffled([...labels.keys()]);
  const reordered = (digits: Digits) => order.map(i => digits[i] as number);
  return [reordered(labels), reordered(predictions)];
}

export const accuracy = computing<[labels: Digits, predictions: Digits], number, typeof en>({
  texts: { en, zh },
  draw: () => [someRight(8, 5), someRight(integer(5, 7), 2), someRight(3, 0), someRight(1, 1)],
  right: (labels, predictions) => countRight(labels, predictions) / labels.length,
  wrong: {
    rightOnes: countRight,
    wrongShare: (labels, predictions) => 1 - countRight(labels, predictions) / labels.length,
    wrongOnes: (labels, predictions) => labels.length - countRight(labels, predictions),
    assigned: (labels, predictions) => predictions.filter(Boolean).length / labels.length,
    oneTooMany: (labels, predictions) => (countRight(labels, predictions) + 1) / labels.length,
    percentage: (labels, predictions) => (100 * countRight(labels, predictions)) / labels.length,
  },
  ...number,
});
