/** Right and wrong answers to the exercises of stage 7. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../../../lib/digits/item-at';
import { compiledModel } from '../../../support';
import { call, mistake, type Tries } from './tries';

export const stage7: Tries = {
  '7.1': {
    right: [],
    wrong: [
      mistake(
        'no minus',
        /the sign is missing/,
        call((p: number[], label: number) => Math.log(itemAt(p, label))),
      ),
      mistake(
        'another base',
        /another base/,
        call((p: number[], label: number) => -Math.log10(itemAt(p, label))),
      ),
      mistake(
        'the largest probability',
        /you took the largest/,
        call((p: number[]) => -Math.log(Math.max(...p))),
      ),
    ],
  },
  '7.2': {
    right: [],
    wrong: [
      mistake(
        'the probability',
        /not yet the loss/,
        call((classes: number) => 1 / classes),
      ),
      mistake(
        'no minus',
        /the sign is missing/,
        call((classes: number) => Math.log(1 / classes)),
      ),
    ],
  },
  '7.3': {
    right: [],
    wrong: [
      mistake('the default learning rate', /The learning rate is 0.001/, () => {
        const model = compiledModel();
        model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
        return model;
      }),
      mistake('another loss', /not cross-entropy/, () => {
        const model = compiledModel();
        model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
        return model;
      }),
      mistake('the sparse loss', /sparse kind/, () => compiledModel()),
    ],
  },
};
