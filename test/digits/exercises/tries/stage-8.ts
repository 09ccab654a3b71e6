/** Right and wrong answers to the exercises of stage 8. */
import * as tf from '@tensorflow/tfjs';
import { fit } from '../../../../lib/digits';
import type { FitOptions } from '../../../../lib/digits/fit';
import { compiledModel } from '../../../support';
import {
  call,
  type DenseOptions,
  mistake,
  network,
  relu,
  right,
  smallMnist,
  softmax,
  stack,
  type Tries,
  tensorOf,
} from './tries';

type Steps = (samples: number, batchSize: number, split: number) => unknown;
const steps = (count: Steps) => call(count);

let mnist: ReturnType<typeof smallMnist> | undefined;

/** Pictures and labels to train on, as the notebook has them, from `start` on. */
async function samples(count: number, start = 0): Promise<[tf.Tensor, tf.Tensor]> {
  mnist ??= smallMnist();
  const [[x, y]] = await mnist;
  const part = x.slice(start, start + count);
  return [tensorOf(part).div(255), tf.tensor1d(y.slice(start, start + count).data, 'int32')];
}

/** Trains a new model with the size of a batch, as 8.2 asks, but for what is given. */
const trainer =
  ({
    count = 1000,
    model = compiledModel,
    ...options
  }: FitOptions & { count?: number; model?: () => tf.LayersModel } = {}) =>
  () =>
  async (batchSize: number) => {
    const [x, y] = await samples(count);
    const made = model();
    await fit(made, x, y, { batchSize, epochs: 6, verbose: 0, ...options });
    return made;
  };

/** What fit returns of a new model and some samples. */
const trained =
  ({
    count = 300,
    model = compiledModel,
    ...options
  }: FitOptions & { count?: number; model?: () => tf.LayersModel } = {}) =>
  async () => {
    const [x, y] = await samples(count);
    return fit(model(), x, y, { epochs: 30, validationSplit: 0.2, verbose: 0, ...options });
  };

/** A network of the lesson's shape with first weights of its own, trained a little. */
const failing =
  (
    hidden: Partial<DenseOptions>,
    output: Partial<DenseOptions>,
    optimizer: () => tf.Optimizer | string = () => 'adam',
  ) =>
  async () => {
    const model = stack(
      { ...relu(128), ...hidden } as DenseOptions,
      { ...softmax(10), ...output } as DenseOptions,
    );
    model.compile({ optimizer: optimizer(), loss: 'sparseCategoricalCrossentropy' });
    const [x, y] = await samples(1000);
    await fit(model, x, y, { verbose: 0, write: () => {} });
    return model;
  };

const zeros = { kernelInitializer: 'zeros' } as const;
const negative = {
  kernelInitializer: tf.initializers.randomUniform({ minval: -0.5, maxval: -0.1 }),
};
const huge = { kernelInitializer: tf.initializers.randomNormal({ stddev: 1000 }) };
const stopping = (options: tf.EarlyStoppingCallbackArgs) => tf.callbacks.earlyStopping(options);

export const stage8: Tries = {
  '8.1': {
    right: [
      right(
        'what is kept back, taken off',
        steps((samples, batchSize, split) => {
          const validation = Math.ceil(samples * split);
          return Math.ceil((samples - validation) / batchSize);
        }),
      ),
      right(
        'counted batch by batch',
        steps((samples, batchSize, split) => {
          let count = 0;
          for (let left = Math.trunc(samples * (1 - split)); left > 0; left -= batchSize) count++;
          return count;
        }),
      ),
      right(
        'by the remainder',
        steps(async (samples, batchSize, split) => {
          const training = Math.floor(samples * (1 - split));
          const left = training % batchSize;
          return (training - left) / batchSize + (left > 0 ? 1 : 0);
        }),
      ),
    ],
    wrong: [
      mistake(
        'half a sample',
        /There are no half samples/,
        steps((samples, batchSize, split) => Math.ceil((samples * (1 - split)) / batchSize)),
      ),
      mistake(
        'the half sample trained on',
        /the odd one goes to validation/,
        steps((samples, batchSize, split) =>
          Math.ceil((samples - Math.floor(samples * split)) / batchSize),
        ),
      ),
      mistake(
        'no validation',
        /counts the validation samples/,
        steps((samples, batchSize) => Math.ceil(samples / batchSize)),
      ),
      mistake(
        'divided, and no more',
        /counts the validation samples/,
        steps((samples, batchSize) => samples / batchSize),
      ),
      mistake(
        'rounded down',
        /The last, smaller batch is lost/,
        steps((samples, batchSize, split) => Math.floor((samples * (1 - split)) / batchSize)),
      ),
      mistake(
        'rounded to the nearest',
        /The last, smaller batch is lost/,
        steps((samples, batchSize, split) =>
          Math.round(Math.floor(samples * (1 - split)) / batchSize),
        ),
      ),
      mistake(
        'not rounded',
        /The number of steps is whole/,
        steps((samples, batchSize, split) => (samples * (1 - split)) / batchSize),
      ),
      mistake(
        'the validation samples alone',
        /batches of the validation samples/,
        steps((samples, batchSize, split) => Math.ceil(Math.floor(samples * split) / batchSize)),
      ),
      mistake(
        'not divided',
        /not yet divided into batches/,
        steps((samples, _, split) => Math.floor(samples * (1 - split))),
      ),
      mistake(
        'the lesson’s number',
        /what the function is given is not used/,
        steps(() => 750),
      ),
    ],
  },
  '8.2': {
    right: [
      right('all that they have in common outside', trainer()),
      right('TensorFlow.js’s own fit', () => async (batchSize: number) => {
        const [x, y] = await samples(600);
        const made = compiledModel();
        made.compile({ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy' });
        await made.fit(x, y.toFloat(), { batchSize, epochs: 3, verbose: 0 });
        return made;
      }),
      right(
        'another model, some samples kept for validation',
        trainer({
          model: () => {
            const made = stack({ ...relu(32) }, softmax(10));
            made.compile({ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy' });
            return made;
          },
          validationSplit: 0.1,
        }),
      ),
    ],
    wrong: [
      mistake('one model for all', /Several calls returned the same model/, () => {
        const model = compiledModel();
        return trainer({ model: () => model, count: 200, epochs: 1 })();
      }),
      mistake('the model that is trained already', /Several calls returned the same model/, right =>
        trainer({ model: () => network(right), count: 64, epochs: 1 })(),
      ),
      mistake(
        'the size not handed on',
        /batchSize is not handed on to fit/,
        () => async () => trainer({ count: 200, epochs: 1 })()(32),
      ),
      mistake('no training', /had not been trained/, () => () => compiledModel()),
      mistake('not waited for', /write await before fit/, () => async (batchSize: number) => {
        const [x, y] = await samples(200);
        const made = compiledModel();
        void fit(made, x, y, { batchSize, verbose: 0 });
        return made;
      }),
      mistake(
        'what fit returns',
        /This should be a model/,
        () => async () => trained({ epochs: 1, count: 50 })(),
      ),
      mistake(
        'more epochs for large batches',
        /An experiment compares only where/,
        () => (batchSize: number) =>
          trainer({ count: 512, epochs: batchSize > 100 ? 6 : 1 })()(batchSize),
      ),
      mistake(
        'as many samples as a batch',
        /batchSize is not handed on to fit, or/,
        () => (batchSize: number) => trainer({ count: batchSize, epochs: 1 })()(batchSize),
      ),
      mistake('a table of numbers', /This should be a function/, () =>
        [16, 64, 512].map(batchSize => ({ batchSize, seconds: 1000, model: compiledModel() })),
      ),
      mistake(
        'little learnt',
        /Are there too few samples/,
        trainer({
          count: 512,
          epochs: 1,
          model: () => {
            const made = compiledModel();
            made.compile({ optimizer: tf.train.sgd(1e-5), loss: 'sparseCategoricalCrossentropy' });
            return made;
          },
        }),
      ),
    ],
  },
  '8.3': {
    right: [
      right(
        'its history alone',
        async solutions => (solutions.get('8.3') as { history: object }).history,
      ),
      right('samples of their own for validation', async () =>
        trained({
          count: 100,
          epochs: 120,
          validationData: (await samples(200, 1000)) as [tf.Tensor, tf.Tensor],
        })(),
      ),
      right(
        'another model and optimizer',
        trained({
          count: 250,
          epochs: 120,
          model: () => {
            const made = stack(relu(64), relu(64), softmax(10));
            made.compile({
              optimizer: tf.train.adam(0.003),
              loss: 'sparseCategoricalCrossentropy',
            });
            return made;
          },
        }),
      ),
    ],
    wrong: [
      mistake('an invented history', /neither TensorFlow.js’s own model.fit nor numbers/, () => ({
        history: { loss: [2, 0.5, 0.1], val_loss: [1, 0.5, 0.9] },
      })),
      mistake('a copy', /neither TensorFlow.js’s own model.fit nor numbers/, solutions =>
        structuredClone(solutions.get('8.3')),
      ),
      mistake(
        'TensorFlow.js’s own fit',
        /neither TensorFlow.js’s own model.fit nor numbers/,
        async () => {
          const [x, y] = await samples(50);
          return compiledModel().fit(x, y.toFloat(), { epochs: 1, verbose: 0 });
        },
      ),
      mistake('the model', /the very history that fit returned/, () => compiledModel()),
      mistake('no validation', /no validation loss/, trained({ epochs: 1, validationSplit: 0 })),
      mistake('too few epochs', /not far apart/, trained({ epochs: 3 })),
      mistake('not risen yet', /still near its lowest/, trained({ epochs: 20, count: 500 })),
      mistake(
        'the training samples as validation',
        /are those that it was trained on/,
        async () => {
          const [x, y] = await samples(100);
          return fit(compiledModel(), x, y, {
            epochs: 2,
            validationData: [x.slice(0, 50), y.slice(0, 50)],
            verbose: 0,
          });
        },
      ),
      mistake('the trained model', /had been trained before/, async () => {
        const model = compiledModel();
        await trained({ model: () => model, epochs: 1 })();
        return trained({ model: () => model, epochs: 1 })();
      }),
      mistake(
        'labels of other pictures',
        /Do the pictures and labels belong together/,
        async () => {
          const [[x], [, y]] = [await samples(100, 1000), await samples(100, 1100)];
          return trained({ validationData: [x, y], epochs: 40 })();
        },
      ),
    ],
  },
  '8.4': {
    right: [
      right('more samples, fewer epochs', trained({ count: 3000, epochs: 3 })),
      right(
        'a smaller network',
        trained({
          count: 1000,
          epochs: 15,
          model: () => {
            const made = stack(relu(16), softmax(10));
            made.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
            return made;
          },
        }),
      ),
      right(
        'Dropout',
        trained({
          count: 1500,
          epochs: 10,
          model: () => {
            const made = tf.sequential();
            made.add(tf.layers.flatten({ inputShape: [28, 28] }));
            made.add(tf.layers.dense({ units: 64, activation: 'relu' }));
            made.add(tf.layers.dropout({ rate: 0.5 }));
            made.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
            made.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
            return made;
          },
        }),
      ),
      right(
        'early stopping by the accuracy',
        trained({
          count: 600,
          epochs: 100,
          callbacks: stopping({ monitor: 'val_loss', patience: 1 }),
        }),
      ),
    ],
    wrong: [
      mistake('still overfitting', /still overfitting/, solutions => solutions.get('8.3')),
      mistake(
        'stopped by the training loss',
        /still overfitting/,
        trained({ count: 150, epochs: 120, callbacks: stopping({ monitor: 'loss', patience: 3 }) }),
      ),
      mistake('stopped too soon', /stopped too soon/, trained({ count: 60, epochs: 1 })),
      mistake(
        'steps too small',
        /stopped too soon/,
        trained({
          epochs: 4,
          model: () => {
            const made = compiledModel();
            made.compile({ optimizer: tf.train.sgd(0.001), loss: 'sparseCategoricalCrossentropy' });
            return made;
          },
        }),
      ),
      mistake('an invented history', /the very history that fit returned/, () => ({
        history: { loss: [0.5], val_loss: [0.4] },
      })),
      mistake('a history made prettier', /stopped too soon/, async () => {
        const result = await trained({ count: 60, epochs: 1 })();
        Object.assign(result.history, { val_loss: [0.5, 0.4] });
        return result;
      }),
      mistake('no validation', /no validation loss/, trained({ epochs: 1, validationSplit: 0 })),
      mistake(
        'the training samples as validation',
        /are those that it was trained on/,
        async () => {
          const [x, y] = await samples(600);
          return fit(compiledModel(), x, y, { epochs: 5, validationData: [x, y], verbose: 0 });
        },
      ),
      mistake('the trained model', /had been trained before/, async solutions =>
        trained({ model: () => network(solutions), epochs: 1 })(),
      ),
      mistake('a number', /the very history that fit returned/, () => 0.42),
    ],
  },
  '8.5': {
    right: [
      right('zeros in the hidden layer alone', failing(zeros, {})),
      right(
        'zeros, and no biases',
        failing({ ...zeros, useBias: false }, { ...zeros, useBias: false }),
      ),
      right('units that never come to life', failing(negative, {})),
      right('weights a thousand times too large', failing(huge, huge)),
      right(
        'all the same number',
        failing(
          { kernelInitializer: tf.initializers.constant({ value: 0.05 }) },
          { kernelInitializer: 'ones' },
        ),
      ),
      right('one-hot labels and another optimizer', async () => {
        const model = stack({ ...relu(64), ...zeros }, { ...softmax(10), ...zeros });
        model.compile({ optimizer: tf.train.rmsprop(0.001), loss: 'categoricalCrossentropy' });
        const [x, y] = await samples(200);
        await model.fit(x, tf.oneHot(y.toInt(), 10), { verbose: 0 });
        return model;
      }),
    ],
    wrong: [
      mistake('not trained', /was not trained/, () => {
        const model = stack({ ...relu(128), ...zeros }, { ...softmax(10), ...zeros });
        model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
        return model;
      }),
      mistake('not compiled', /has not been compiled/, () =>
        stack({ ...relu(128), ...zeros }, { ...softmax(10), ...zeros }),
      ),
      mistake('zeros in the output alone', /It learns/, failing({}, zeros)),
      mistake(
        'ones in the hidden layer alone',
        /It learns/,
        failing({ kernelInitializer: 'ones' }, {}),
      ),
      mistake(
        'small random weights',
        /It learns/,
        failing({ kernelInitializer: tf.initializers.randomNormal({ stddev: 1e-4 }) }, {}),
      ),
      mistake('the usual weights, trained little', /It learns/, failing({}, {})),
      mistake(
        'a single unit',
        /the reason lies in the model/,
        failing({ units: 1, ...zeros }, zeros),
      ),
      mistake(
        'a learning rate of 0',
        /the reason lies in the model/,
        failing({}, {}, () => tf.train.sgd(0)),
      ),
      mistake(
        'no hidden layer to speak of',
        /the reason lies in the model/,
        failing({ units: 1 }, {}),
      ),
      mistake('the model of the lesson, trained', /It learns/, solutions => network(solutions)),
    ],
  },
};
