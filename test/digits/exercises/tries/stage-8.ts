/** Right and wrong answers to the exercises of stage 8. */
import * as tf from '@tensorflow/tfjs';
import { fit } from 'digits';
import { compiledModel } from '../../../support';
import { failingWeights } from './failing-weights';
import { cure, overfitting } from './overfitting';
import { type Options, quick, samples, trained } from './trained';
import { call, mistake, network, relu, right, softmax, stack, type Tries } from './tries';

type Steps = (samples: number, batchSize: number, split: number) => unknown;
const steps = (count: Steps) => call(count);

/** Trains a new model with the size of a batch, as 8.2 asks, but for what is given. */
const trainer =
  ({ count = 3000, model = quick, ...options }: Options = {}) =>
  () =>
  async (batchSize: number) => {
    const [x, y] = await samples(count);
    const made = model();
    await fit(made, x, y, { batchSize, verbose: 0, ...options });
    return made;
  };

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
    wrong: [],
  },
  '8.2': {
    right: [
      right('all that they have in common outside', trainer()),
      right('its data freed', () => async (batchSize: number) => {
        const [x, y] = await samples(3000);
        const made = quick();
        await fit(made, x, y, { batchSize, verbose: 0 });
        tf.dispose([x, y]);
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
      mistake('one model for all', /Several calls trained the same model/, () => {
        const model = compiledModel();
        return trainer({ model: () => model, count: 200, epochs: 1 })();
      }),
      mistake('the model that is trained already', /Several calls trained the same model/, right =>
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
        /6 epochs, not 1/,
        () => (batchSize: number) =>
          trainer({ count: 512, epochs: batchSize > 100 ? 6 : 1 })()(batchSize),
      ),
      mistake(
        'as many samples as a batch',
        /The samples were not the same/,
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
  '8.3': overfitting,
  '8.4': cure,
  '8.5': failingWeights,
};
