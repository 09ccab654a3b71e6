/** Right and wrong answers to the exercises of stage 10. */
import * as tf from '@tensorflow/tfjs';
import type { ImageSet } from 'mnist-data-loader';
import mnist from 'mnist-data-loader';
import { predict } from '../../../../lib/digits';
import { itemAt } from '../../../../lib/digits/item-at';
import { call, learnt, mistake, network, smallMnist, type Tries, tensorOf } from './tries';

export const stage10: Tries = {
  '10.1': {
    right: [],
    wrong: [
      mistake(
        'the probabilities themselves',
        /Their places are wanted/,
        call((rows: number[][]) => rows.map(row => Math.max(...row))),
      ),
      mistake(
        'along the columns',
        /looked for in each column/,
        call((rows: number[][]) => tf.tensor2d(rows).argMax(0)),
      ),
    ],
  },
  '10.2': {
    right: [],
    wrong: [
      mistake('a right one', /the network is right/, right => ({
        network: network(right),
        index: 0,
      })),
      mistake('another mistake', /but there is one made with/, async right => {
        const model = network(right);
        const [, [images, labels]] = await mnist.loadData();
        const p = predict(model, tensorOf(images).div(255), { batchSize: 1000 });
        const [digits, certainty] = [p.argMax(1).dataSync(), p.max(1).dataSync()];
        const wrong = [...labels.data.keys()].filter(i => digits[i] !== labels.data[i]);
        const least = wrong.reduce((a, b) => (itemAt(certainty, b) < itemAt(certainty, a) ? b : a));
        return { network: model, index: least };
      }),
    ],
  },
  '10.3': {
    right: [],
    wrong: [
      mistake('both results', /Several numbers came back/, () => (set: ImageSet) => [
        0.3,
        set.length / 2,
      ]),
      mistake(
        'data from outside',
        /not the set it is given/,
        () => async () => learnt(await smallMnist()),
      ),
      mistake(
        'the loss',
        /is the loss, the first/,
        () => (set: ImageSet) => learnt(set, { result: 0 }),
      ),
      mistake(
        'no training',
        /For how many epochs was it trained/,
        () => (set: ImageSet) => learnt(set, { epochs: 0 }),
      ),
    ],
  },
};
