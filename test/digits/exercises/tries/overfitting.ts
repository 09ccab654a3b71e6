/** Right and wrong answers to exercises 8.3 and 8.4. */
import * as tf from '@tensorflow/tfjs';
import { fit } from 'digits';
import { compiledModel } from '../../../support';
import { samples, trained } from './trained';
import { mistake, network, relu, right, softmax, stack, type Tries } from './tries';

const stopping = (options: tf.EarlyStoppingCallbackArgs) => tf.callbacks.earlyStopping(options);

export const overfitting: Tries[string] = {
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
    mistake('the training samples as validation', /are those that it was trained on/, async () => {
      const [x, y] = await samples(100);
      return fit(compiledModel(), x, y, {
        epochs: 2,
        validationData: [x.slice(0, 50), y.slice(0, 50)],
        verbose: 0,
      });
    }),
    mistake('the trained model', /had been trained before/, async () => {
      const model = compiledModel();
      await trained({ model: () => model, epochs: 1 })();
      return trained({ model: () => model, epochs: 1 })();
    }),
    mistake('labels of other pictures', /labels do not belong/, async () => {
      const [[x], [, y]] = [await samples(100, 1000), await samples(100, 1100)];
      return trained({ validationData: [x, y], epochs: 40 })();
    }),
  ],
};

export const cure: Tries[string] = {
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
    mistake('the training samples as validation', /are those that it was trained on/, async () => {
      const [x, y] = await samples(600);
      return fit(compiledModel(), x, y, { epochs: 5, validationData: [x, y], verbose: 0 });
    }),
    mistake('the trained model', /had been trained before/, async solutions =>
      trained({ model: () => network(solutions), epochs: 1 })(),
    ),
    mistake('a number', /the very history that fit returned/, () => 0.42),
  ],
};
