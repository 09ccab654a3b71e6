/** Right and wrong answers to exercise 9.3. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, right, type Tries } from './tries';

type Judge = (labels: number[], predictions: number[]) => unknown;
const judged = (judge: Judge) => call(judge);

const matrix = (labels: number[], predictions: number[]) =>
  tf.math.confusionMatrix(tf.tensor1d(labels, 'int32'), tf.tensor1d(predictions, 'int32'), 10);

/** Counts into rows that are given. */
function count(rows: number[][], labels: number[], predictions: number[]): number[][] {
  labels.forEach((label, i) => {
    const row = rows[label];
    const column = predictions[i] as number;
    if (row) row[column] = (row[column] as number) + 1;
  });
  return rows;
}

const zeros = (rows = 10, columns = 10): number[][] =>
  Array.from({ length: rows }, () => new Array(columns).fill(0));

export const confusion: Tries[string] = {
  right: [
    right(
      'TensorFlow.js’s own',
      judged((labels, predictions) => matrix(labels, predictions)),
    ),
    right(
      'read back, later',
      judged(async (labels, predictions) => (await matrix(labels, predictions).array()) as unknown),
    ),
    right(
      'counted in typed arrays',
      judged((labels, predictions) => {
        const rows = Array.from({ length: 10 }, () => new Uint32Array(10));
        labels.forEach((label, i) => {
          const [row, column] = [rows[label], predictions[i] as number];
          if (row) row[column] = (row[column] as number) + 1;
        });
        return rows;
      }),
    ),
    right(
      'counted in a loop',
      judged((labels, predictions) => count(zeros(), labels, predictions)),
    ),
  ],
  wrong: [
    mistake(
      'cells without a 0 to begin with',
      /each has to begin at 0/,
      judged((labels, predictions) =>
        count(
          Array.from({ length: 10 }, () => []),
          labels,
          predictions,
        ),
      ),
    ),
    mistake(
      'a list of a hundred',
      /ten rows of ten numbers/,
      judged((labels, predictions) => matrix(labels, predictions).dataSync()),
    ),
    mistake(
      'nine rows',
      /ten rows of ten numbers/,
      judged((labels, predictions) => count(zeros(9), labels, predictions)),
    ),
    mistake(
      'the last sample left out',
      /row \d, column \d should be \d; yours is \d/,
      judged((labels, predictions) => matrix(labels.slice(1), predictions.slice(1))),
    ),
    mistake(
      'the pairs',
      /ten rows of ten numbers/,
      judged((labels, predictions) => labels.map((label, i) => [label, predictions[i]])),
    ),
  ],
};
