/** Right and wrong answers to the exercises of stage 10. */
import * as tf from '@tensorflow/tfjs';
import { predict } from 'digits';
import mnist from 'mnist-data-loader';
import { itemAt } from '../../../../lib/digits/item-at';
import { anotherSet } from './another-set';
import { convolution } from './convolution';
import { call, mistake, network, right, type Tries, tensorOf } from './tries';

type Rows = number[][];
const placed = (find: (rows: Rows) => unknown) => call(find);
const largest = (row: number[]) => row.indexOf(Math.max(...row));
const places = (rows: Rows) => rows.map(largest);

/** What the network makes of the test pictures: where it is wrong, and how certain it is of each. */
async function answered(model: tf.LayersModel) {
  const [, [images, labels]] = await mnist.loadData();
  const p = predict(model, tensorOf(images).div(255), { batchSize: 1000 });
  const [digits, certainty] = [p.argMax(1).dataSync(), p.max(1).dataSync()];
  const wrong = [...labels.data.keys()].filter(i => digits[i] !== labels.data[i]);
  const by = (list: number[], better: (a: number, b: number) => boolean) =>
    list.reduce((a, b) => (better(itemAt(certainty, b), itemAt(certainty, a)) ? b : a));
  const worst = by(wrong, (a, b) => a > b);
  return { wrong, certainty, worst, least: by(wrong, (a, b) => a < b), p, labels: labels.data };
}

const known = new WeakMap<tf.LayersModel, ReturnType<typeof answered>>();

/** An index for 10.2, by what the network made of the test pictures. */
const index =
  (choose: (of: Awaited<ReturnType<typeof answered>>) => unknown) =>
  async (solutions: ReadonlyMap<string, unknown>) => {
    const model = network(solutions);
    const found = known.get(model) ?? answered(model);
    known.set(model, found);
    return { network: model, index: choose(await found) };
  };

export const stage10: Tries = {
  '10.1': {
    right: [
      right(
        'in a loop',
        placed(rows => {
          const found: number[] = [];
          for (const row of rows) {
            let best = 0;
            for (let i = 1; i < row.length; i++) if (itemAt(row, i) > itemAt(row, best)) best = i;
            found.push(best);
          }
          return found;
        }),
      ),
      right(
        'in a typed array',
        placed(rows => Int32Array.from(places(rows))),
      ),
      right(
        'by a sorted copy, later',
        placed(async rows =>
          rows.map(row => row.indexOf([...row].sort((a, b) => b - a)[0] as number)),
        ),
      ),
      right(
        'by reduce, the rows changed',
        placed(rows =>
          rows.map(row => {
            const place = row.reduce((best, p, i) => (p > itemAt(row, best) ? i : best), 0);
            row.fill(0);
            return place;
          }),
        ),
      ),
    ],
    wrong: [
      mistake(
        'sorted as text',
        /compares as text/,
        placed(rows => rows.map(row => row.indexOf([...row].sort().at(-1) as number))),
      ),
      mistake(
        'by tf',
        /without tf/,
        placed(rows => tf.tensor2d(rows).argMax(1).dataSync()),
      ),
    ],
  },
  '10.2': {
    right: [
      right('another model', async solutions => {
        const model = tf.sequential({ layers: [network(solutions) as tf.Sequential] });
        return { network: model, index: (await answered(model)).worst };
      }),
      right(
        'by sorting',
        index(
          ({ wrong, certainty }) =>
            [...wrong].sort((a, b) => itemAt(certainty, b) - itemAt(certainty, a))[0],
        ),
      ),
      right(
        'by the largest margin of the certain',
        index(({ wrong, certainty }) => {
          const most = Math.max(...wrong.map(i => itemAt(certainty, i)));
          return wrong.find(i => certainty[i] === most);
        }),
      ),
    ],
    wrong: [
      mistake(
        'a right one',
        /the network is right/,
        index(() => 0),
      ),
      mistake(
        'the most certain of all',
        /the network is right/,
        index(({ certainty }) => certainty.indexOf(Math.max(...certainty))),
      ),
      mistake(
        'the least certain mistake',
        /but there is one made with/,
        index(({ least }) => least),
      ),
      mistake(
        'the first mistake',
        /but there is one made with/,
        index(({ wrong }) => wrong[0]),
      ),
      mistake(
        'its place among the mistakes',
        /its place in the list of mistakes/,
        index(({ wrong, worst }) => wrong.indexOf(worst)),
      ),
      mistake(
        'the certainty',
        /is a certainty; give the number of the picture/,
        index(({ certainty, worst }) => certainty[worst]),
      ),
      mistake(
        'no number of a picture',
        /numbered 0 to 9999; this is -1/,
        index(() => -1),
      ),
      mistake(
        'beyond the last',
        /numbered 0 to 9999; this is 10000/,
        index(() => 10_000),
      ),
      mistake(
        'a tensor',
        /still a tensor/,
        index(({ worst }) => tf.scalar(worst, 'int32')),
      ),
      mistake('a model that was not trained', /mostly wrong/, () => ({
        network: tf.sequential({
          layers: [
            tf.layers.flatten({ inputShape: [28, 28] }),
            tf.layers.dense({ units: 10, activation: 'softmax' }),
          ],
        }),
        index: 3,
      })),
      mistake(
        'no model',
        /network is missing/,
        index(({ worst }) => worst) && (() => ({ index: 3 })),
      ),
    ],
  },
  '10.3': anotherSet,
  '10.4': convolution,
};
