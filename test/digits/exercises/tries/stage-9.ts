/** Right and wrong answers to the exercises of stage 9. */
import * as tf from '@tensorflow/tfjs';
import { predict } from '../../../../lib/digits';
import { compiledModel } from '../../../support';
import { call, mistake, network, type Tries } from './tries';

export const stage9: Tries = {
  '9.1': {
    right: [],
    wrong: [
      mistake(
        'not divided',
        /not yet divided/,
        call((y: number[], p: number[]) => y.filter((label, i) => label === p[i]).length),
      ),
      mistake(
        'the wrong ones',
        /the share that is wrong/,
        call(
          (y: number[], p: number[]) => y.filter((label, i) => label !== p[i]).length / y.length,
        ),
      ),
    ],
  },
  '9.2': {
    right: [],
    wrong: [
      mistake(
        'no batch axis',
        /without the batch axis/,
        right => (picture: tf.Tensor) => predict(network(right), picture).argMax(1).dataSync()[0],
      ),
      mistake(
        'the probabilities',
        /These are the ten probabilities/,
        right => (picture: tf.Tensor) =>
          predict(network(right), picture.reshape([1, 28, 28])).dataSync(),
      ),
      mistake('a model that was not trained', /Was the model trained/, () => {
        const model = compiledModel();
        return (picture: tf.Tensor) =>
          predict(model, picture.reshape([1, 28, 28]))
            .argMax(1)
            .dataSync()[0];
      }),
    ],
  },
  '9.3': {
    right: [],
    wrong: [
      mistake(
        'rows for columns',
        /exchanged/,
        call((labels: number[], predictions: number[]) =>
          tf.math.confusionMatrix(
            tf.tensor1d(predictions, 'int32'),
            tf.tensor1d(labels, 'int32'),
            10,
          ),
        ),
      ),
      mistake(
        'only the right ones',
        /Only the right answers/,
        call((labels: number[], predictions: number[]) => {
          const matrix = tf.math.confusionMatrix(
            tf.tensor1d(labels, 'int32'),
            tf.tensor1d(predictions, 'int32'),
            10,
          );
          return matrix.mul(tf.eye(10).toInt()).arraySync();
        }),
      ),
      mistake(
        '1 where something was',
        /Add up instead/,
        call((labels: number[], predictions: number[]) => {
          const matrix = tf.math.confusionMatrix(
            tf.tensor1d(labels, 'int32'),
            tf.tensor1d(predictions, 'int32'),
            10,
          );
          return matrix.minimum(tf.scalar(1, 'int32')).arraySync();
        }),
      ),
    ],
  },
};
