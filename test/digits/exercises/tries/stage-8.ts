/** Right and wrong answers to the exercises of stage 8. */
import * as tf from '@tensorflow/tfjs';
import { fit } from '../../../../lib/digits';
import { compiledModel } from '../../../support';
import {
  call,
  mistake,
  network,
  relu,
  smallMnist,
  softmax,
  stack,
  type Tries,
  tensorOf,
} from './tries';

export const stage8: Tries = {
  '8.1': {
    right: [],
    wrong: [
      mistake(
        'the validation samples counted',
        /validation samples too/,
        call((samples: number, batchSize: number) => Math.ceil(samples / batchSize)),
      ),
      mistake(
        'rounded down',
        /the last, smaller batch is lost/,
        call((samples: number, batchSize: number, split: number) =>
          Math.floor((samples * (1 - split)) / batchSize),
        ),
      ),
    ],
  },
  '8.2': {
    right: [],
    wrong: [
      mistake('one model for all', /The same model was trained/, right =>
        [16, 64, 512].map(batchSize => ({ batchSize, seconds: 1, model: network(right) })),
      ),
      mistake('no training', /was it trained/, () =>
        [16, 64, 512].map(batchSize => ({ batchSize, seconds: 1, model: compiledModel() })),
      ),
    ],
  },
  '8.3': {
    right: [],
    wrong: [
      mistake('no validation', /no validation loss/, () => ({ history: { loss: [2, 1, 0.1] } })),
      mistake('too few epochs', /no overfitting/, () => ({
        history: { loss: [0.5, 0.3, 0.2], val_loss: [0.5, 0.35, 0.3] },
      })),
      mistake('not risen yet', /still near its lowest/, () => ({
        history: { loss: [0.5, 0.1, 0.05], val_loss: [0.5, 0.35, 0.36] },
      })),
    ],
  },
  '8.4': {
    right: [],
    wrong: [
      mistake('still overfitting', /still overfitting/, right => right.get('8.3')),
      mistake('stopped too soon', /stopped too soon/, () => ({
        history: { loss: [2], val_loss: [1.9] },
      })),
    ],
  },
  '8.5': {
    right: [],
    wrong: [
      mistake('not trained', /was not trained/, () =>
        stack(
          { ...relu(128), kernelInitializer: 'zeros' },
          { ...softmax(10), kernelInitializer: 'zeros' },
        ),
      ),
      mistake('zeros in the output alone', /It learns/, async () => {
        const model = stack(relu(128), { ...softmax(10), kernelInitializer: 'zeros' });
        model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
        const [[x, y]] = await smallMnist();
        await fit(model, tensorOf(x).div(255), tf.tensor1d(y.data, 'int32'), {
          epochs: 4,
          verbose: 0,
        });
        return model;
      }),
    ],
  },
};
