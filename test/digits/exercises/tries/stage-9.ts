/** Right and wrong answers to the exercises of stage 9. */
import * as tf from '@tensorflow/tfjs';
import { predict } from '../../../../lib/digits';
import { compiledModel } from '../../../support';
import { call, mistake, network, right, type Tries } from './tries';

type Judge = (labels: number[], predictions: number[]) => unknown;
const judged = (judge: Judge) => call(judge);

const agreeing = (labels: number[], predictions: number[]) =>
  labels.filter((label, i) => label === predictions[i]).length;

/** A function that recognises a picture with the trained model. */
const seen =
  (use: (model: tf.LayersModel, picture: tf.Tensor) => unknown) =>
  (solutions: ReadonlyMap<string, unknown>) =>
  (picture: tf.Tensor) =>
    use(network(solutions), picture);

const one = (picture: tf.Tensor) => picture.reshape([1, 28, 28]);

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

export const stage9: Tries = {
  '9.1': {
    right: [
      right(
        'added up in a loop',
        judged((labels, predictions) => {
          let share = 0;
          for (let i = 0; i < labels.length; i++)
            if (labels[i] === predictions[i]) share += 1 / labels.length;
          return share;
        }),
      ),
      right(
        'by tensors, read back',
        judged(
          (labels, predictions) =>
            tf.tensor1d(labels).equal(tf.tensor1d(predictions)).toFloat().mean().dataSync()[0],
        ),
      ),
      right(
        'what is not wrong, later, the input used up',
        judged(async (labels, predictions) => {
          const all = labels.length;
          let wrong = 0;
          while (labels.length > 0) if (labels.pop() !== predictions.pop()) wrong++;
          return 1 - wrong / all;
        }),
      ),
    ],
    wrong: [
      mistake('not divided', /not yet divided/, judged(agreeing)),
      mistake(
        'the share of the wrong ones',
        /the share that is wrong/,
        judged((y, p) => 1 - agreeing(y, p) / y.length),
      ),
      mistake(
        'the wrong ones, counted',
        /how many are wrong/,
        judged((y, p) => y.length - agreeing(y, p)),
      ),
      mistake(
        'per cent',
        /a percentage/,
        judged((y, p) => (100 * agreeing(y, p)) / y.length),
      ),
      mistake(
        'divided by the classes',
        /not by that of the classes/,
        judged((y, p) => agreeing(y, p) / 10),
      ),
      mistake(
        'divided by the wrong ones',
        /divide by all/,
        judged((y, p) => agreeing(y, p) / (y.length - agreeing(y, p))),
      ),
      mistake(
        'found anywhere',
        /in the same place/,
        judged((y, p) => y.filter(label => p.includes(label)).length / y.length),
      ),
      mistake(
        'all or none',
        /1 only where all are right/,
        judged((y, p) => Number(y.every((label, i) => label === p[i]))),
      ),
      mistake(
        'a tensor',
        /still a tensor/,
        judged((y, p) => tf.tensor1d(y).equal(tf.tensor1d(p)).toFloat().mean()),
      ),
      mistake(
        'rounded',
        /the accuracy|the result should be/,
        judged((y, p) => Math.round(agreeing(y, p) / y.length)),
      ),
    ],
  },
  '9.2': {
    right: [
      right(
        'an axis added in front',
        seen(
          (model, picture) =>
            (predict(model, picture.expandDims()).argMax(1).arraySync() as number[])[0],
        ),
      ),
      right(
        'TensorFlow.js’s own predict, later',
        seen(async (model, picture) => {
          const p = model.predict(one(picture)) as tf.Tensor;
          return (await p.argMax(-1).data())[0];
        }),
      ),
      right(
        'laid out flat and back, the picture freed',
        seen((model, picture) => {
          const probabilities = Array.from(
            predict(model, picture.flatten().reshape([-1, 28, 28])).dataSync(),
          );
          picture.dispose();
          return probabilities.indexOf(Math.max(...probabilities));
        }),
      ),
      right(
        'stacked',
        seen(
          (model, picture) =>
            predict(model, tf.stack([picture]))
              .argMax(1)
              .dataSync()[0],
        ),
      ),
    ],
    wrong: [
      mistake(
        'no batch axis',
        /without the batch axis/,
        seen((model, picture) => predict(model, picture).argMax(1).dataSync()[0]),
      ),
      mistake(
        'no batch axis, TensorFlow.js’s own predict',
        /without the batch axis/,
        seen((model, picture) => model.predict(picture)),
      ),
      mistake(
        'laid flat',
        /was given the shape \(1, 784\)/,
        seen(
          (model, picture) =>
            predict(model, picture.reshape([1, 784]))
              .argMax(1)
              .dataSync()[0],
        ),
      ),
      mistake(
        'the axis at the end',
        /was given the shape \(28, 28, 1\)/,
        seen((model, picture) => predict(model, picture.expandDims(-1))),
      ),
      mistake(
        'the probabilities',
        /These are the ten probabilities/,
        seen((model, picture) => predict(model, one(picture)).dataSync()),
      ),
      mistake(
        'along the batch',
        /argMax\(0\) looks along the batch axis/,
        seen((model, picture) => predict(model, one(picture)).argMax(0)),
      ),
      mistake(
        'not read back',
        /still a tensor/,
        seen((model, picture) => predict(model, one(picture)).argMax(1)),
      ),
      mistake(
        'the largest itself',
        /the largest probability itself/,
        seen((model, picture) => predict(model, one(picture)).max(1).dataSync()[0]),
      ),
      mistake(
        'places counted from 1',
        /1 too large/,
        seen(
          (model, picture) => (predict(model, one(picture)).argMax(1).dataSync()[0] as number) + 1,
        ),
      ),
      mistake('the same for all', /Is picture used/, () => () => 7),
      mistake(
        'scaled twice',
        /need no scaling|Is picture used/,
        seen((model, picture) => predict(model, one(picture).div(255)).argMax(1).dataSync()[0]),
      ),
      mistake(
        'the smallest',
        /Only \d+ of 100/,
        seen((model, picture) => predict(model, one(picture)).argMin(1).dataSync()[0]),
      ),
      mistake('a text', /'7' is text, not a number/, () => () => '7'),
      mistake('a model that was not trained', /was the model trained|Was the model trained/, () => {
        const model = compiledModel();
        return (picture: tf.Tensor) => predict(model, one(picture)).argMax(1).dataSync()[0];
      }),
    ],
  },
  '9.3': {
    right: [
      right(
        'TensorFlow.js’s own',
        judged((labels, predictions) => matrix(labels, predictions)),
      ),
      right(
        'read back, later',
        judged(
          async (labels, predictions) => (await matrix(labels, predictions).array()) as unknown,
        ),
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
        'rows for columns',
        /exchanged/,
        judged((labels, predictions) => matrix(predictions, labels)),
      ),
      mistake(
        'only the right ones',
        /Only the right answers/,
        judged((labels, predictions) =>
          matrix(labels, predictions).mul(tf.eye(10).toInt()).arraySync(),
        ),
      ),
      mistake(
        'only the wrong ones',
        /Only the wrong answers/,
        judged((labels, predictions) => {
          const all = matrix(labels, predictions);
          return all.sub(all.mul(tf.eye(10).toInt())).arraySync();
        }),
      ),
      mistake(
        '1 where something was',
        /Add up instead/,
        judged((labels, predictions) =>
          matrix(labels, predictions).minimum(tf.scalar(1, 'int32')).arraySync(),
        ),
      ),
      mistake(
        'one array for all rows',
        /fill puts one and the same array/,
        judged((labels, predictions) =>
          count(new Array(10).fill(new Array(10).fill(0)), labels, predictions),
        ),
      ),
      mistake(
        'shares of a row',
        /shares of each row/,
        judged((labels, predictions) => {
          const all = matrix(labels, predictions).toFloat();
          return all.div(all.sum(1, true).maximum(1));
        }),
      ),
      mistake(
        'shares of all',
        /shares of all samples/,
        judged((labels, predictions) => matrix(labels, predictions).div(labels.length)),
      ),
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
        /Ten rows of ten numbers/,
        judged((labels, predictions) => matrix(labels, predictions).dataSync()),
      ),
      mistake(
        'nine rows',
        /Ten rows of ten numbers/,
        judged((labels, predictions) => count(zeros(9), labels, predictions)),
      ),
      mistake(
        'the last sample left out',
        /Row \d, column \d should be \d; yours is \d/,
        judged((labels, predictions) => matrix(labels.slice(1), predictions.slice(1))),
      ),
      mistake(
        'the pairs',
        /Ten rows of ten numbers/,
        judged((labels, predictions) => labels.map((label, i) => [label, predictions[i]])),
      ),
    ],
  },
};
