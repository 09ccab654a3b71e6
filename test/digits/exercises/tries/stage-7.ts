/** Right and wrong answers to the exercises of stage 7. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../../../lib/digits/item-at';
import { compiledModel } from '../../../support';
import { call, mistake, right, type Tries } from './tries';

const loss = (compute: (p: number[], label: number) => unknown) => call(compute);
const ignorant = (compute: (classes: number) => unknown) => call(compute);

/** The model, compiled as is right but for what is given. */
const compiled = (options: Partial<tf.ModelCompileArgs>) => () => {
  const model = compiledModel();
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', ...options });
  return model;
};

export const stage7: Tries = {
  '7.1': {
    right: [
      right(
        'the logarithm of the reciprocal',
        loss((p, label) => Math.log(1 / itemAt(p, label))),
      ),
      right(
        'kept from 0, as Keras does',
        loss((p, label) => -Math.log(Math.max(itemAt(p, label), 1e-7))),
      ),
      right(
        'by tensors, read back',
        loss(
          (p, label) =>
            tf
              .oneHot(label, p.length)
              .mul(tf.log(tf.tensor1d(p)))
              .sum()
              .neg()
              .dataSync()[0],
        ),
      ),
      right(
        'a base taken out again',
        loss((p, label) => -Math.log2(itemAt(p, label)) * Math.LN2),
      ),
      right(
        'the input put in order',
        loss((p, label) => {
          const own = itemAt(p, label);
          p.sort();
          return -Math.log(own);
        }),
      ),
    ],
    wrong: [
      mistake(
        'places counted from 1',
        /^\[0\.1, 0\.7, 0\.2\], 1: the result should be 0\.3567; yours is 2\.303\.$/,
        loss((p, label) => -Math.log(p[label - 1] ?? 1)),
      ),
      mistake(
        'a tensor',
        /still a tensor/,
        loss((p, label) => tf.scalar(itemAt(p, label)).log().neg()),
      ),
    ],
  },
  '7.2': {
    right: [
      right(
        'the logarithm',
        ignorant(classes => Math.log(classes)),
      ),
      right(
        'by the formula of 7.1',
        ignorant(classes => {
          const p: number[] = new Array(classes).fill(1 / classes);
          return -Math.log(itemAt(p, 0));
        }),
      ),
      right(
        'the entropy, which is the same here',
        ignorant(classes => -classes * (1 / classes) * Math.log(1 / classes)),
      ),
      right(
        'by tensors, later',
        ignorant(async classes => (await tf.scalar(classes).log().data())[0]),
      ),
    ],
    wrong: [mistake('a number', /This should be a function/, () => 2.3)],
  },
  '7.3': {
    right: [
      right('the loss as a function', compiled({ loss: tf.metrics.categoricalCrossentropy })),
      right('the loss in a list', compiled({ loss: ['categoricalCrossentropy'] })),
      right('with metrics', compiled({ metrics: ['accuracy', tf.metrics.categoricalAccuracy] })),
      right(
        'a loss of one’s own',
        compiled({
          loss: (y: tf.Tensor, p: tf.Tensor) => y.mul(p.log()).sum(-1).neg() as tf.Tensor,
        }),
      ),
    ],
    wrong: [
      mistake('not compiled anew', /The loss is still the sparse kind/, () => compiledModel()),
      mistake(
        'the sparse loss in a list',
        /The loss is still the sparse kind/,
        compiled({ loss: ['sparseCategoricalCrossentropy'] }),
      ),
      mistake(
        'the sparse metric',
        /The metric is still the sparse kind/,
        compiled({ metrics: [tf.metrics.sparseCategoricalAccuracy] }),
      ),
      mistake(
        'the default learning rate',
        /The learning rate is 0.001/,
        compiled({ optimizer: 'adam' }),
      ),
      mistake(
        'ten times the learning rate',
        /The learning rate is 0\.1, but/,
        compiled({ optimizer: tf.train.adam(0.1) }),
      ),
      mistake('the squared error', /not cross-entropy/, compiled({ loss: 'meanSquaredError' })),
      mistake(
        'the loss for two classes',
        /not cross-entropy/,
        compiled({ loss: 'binaryCrossentropy' }),
      ),
      mistake(
        'softmax twice',
        /not cross-entropy/,
        compiled({ loss: tf.losses.softmaxCrossEntropy }),
      ),
      mistake(
        'another optimizer',
        /The optimizer is SGD/,
        compiled({ optimizer: tf.train.sgd(0.01) }),
      ),
      mistake(
        'one of the family',
        /The optimizer is Adamax/,
        compiled({ optimizer: tf.train.adamax(0.01) }),
      ),
      mistake('never compiled', /has not been compiled/, () => {
        const model = tf.sequential();
        model.add(tf.layers.flatten({ inputShape: [28, 28] }));
        model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
        return model;
      }),
    ],
  },
};
