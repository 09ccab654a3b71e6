/** Right and wrong answers to the exercises of stage 3. */
import * as tf from '@tensorflow/tfjs';
import mnist from 'mnist-data-loader';
import { call, mistake, right, type Tries } from './tries';

const labels = async () => (await mnist.loadData())[0][1].data;
const testLabels = async () => (await mnist.loadData())[1][1].data;

const counted = (labels: Uint8Array) =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit => labels.filter(label => label === digit).length);

export const stage3: Tries = {
  '3.1': {
    right: [
      right('a loop', async () => {
        const counts = new Array(10).fill(0);
        for (const label of await labels()) counts[label]++;
        return counts;
      }),
      right('a typed array', async () => {
        const counts = new Uint32Array(10);
        for (const label of await labels()) counts[label] = (counts[label] ?? 0) + 1;
        return counts;
      }),
      right('a tensor', async () => tf.oneHot(tf.tensor1d(await labels(), 'int32'), 10).sum(0)),
      right('the values of a map', async () => {
        const counts = new Map<number, number>();
        for (const label of [...(await labels())].sort()) {
          counts.set(label, (counts.get(label) ?? 0) + 1);
        }
        return [...counts.values()];
      }),
    ],
    wrong: [
      mistake('all alike', /not equally many of each digit/, () => new Array(10).fill(6000)),
      mistake('the test set', /That is the test set/, async () => counted(await testLabels())),
      mistake('both sets', /the test set, too/, async () =>
        counted(Uint8Array.of(...(await labels()), ...(await testLabels()))),
      ),
      mistake('0 left out', /ten numbers, one for each class; there are 9/, async () =>
        counted(await labels()).slice(1),
      ),
      mistake('a place too far', /not in their places/, async () => {
        const counts = counted(await labels());
        return [...counts.slice(1), ...counts.slice(0, 1)];
      }),
      mistake('in order of size', /not in their places/, async () =>
        counted(await labels()).sort((a, b) => a - b),
      ),
      mistake('the labels added up', /add up the labels themselves/, async () =>
        counted(await labels()).map((count, digit) => count * digit),
      ),
      mistake('shares', /shares of the whole/, async () =>
        counted(await labels()).map(count => count / 60000),
      ),
      mistake('per cent', /percentages of the whole/, async () =>
        counted(await labels()).map(count => count / 600),
      ),
      mistake('without the validation set', /first 48,000 only/, async () =>
        counted((await labels()).slice(0, 48000)),
      ),
      mistake('one label forgotten', /they make 59,999/, async () =>
        counted((await labels()).slice(1)),
      ),
      mistake('a wrong digit', /there are not 5,924 pictures of the digit 0/, async () => {
        const [zeros = 0, ones = 0, ...others] = counted(await labels());
        return [zeros + 1, ones - 1, ...others];
      }),
      mistake('the labels', /there are 60,000/, labels),
      mistake(
        'a map',
        /should be a list of numbers, but it is Map/,
        async () => new Map(counted(await labels()).map((count, digit) => [digit, count])),
      ),
      mistake('texts', /'5923' is not a number/, async () => counted(await labels()).map(String)),
    ],
  },
  '3.2': {
    right: [
      right('in one bracket', () => (i: number, r: number, c: number) => (i * 28 + r) * 28 + c),
      right('a loop', () => (i: number, r: number, c: number) => {
        let place = 0;
        for (let image = 0; image < i; image++) place += 784;
        for (let row = 0; row < r; row++) place += 28;
        return place + c;
      }),
      right('looked up', () => async (i: number, r: number, c: number) => {
        const [[{ shape, data }]] = await mnist.loadData();
        const row = data.subarray((i * shape[1] + r) * shape[2]);
        return row.subarray(c).byteOffset - data.byteOffset;
      }),
    ],
    wrong: [
      mistake(
        'a number of its own',
        /the result should be \d+; yours is 7/,
        call(() => 7),
      ),
      mistake(
        'places of each axis',
        /should be a number, but it is \[/,
        call((i: number, r: number, c: number) => [i, r, c]),
      ),
      mistake(
        'text',
        /is text, not a number/,
        call((i: number, r: number, c: number) => `${i * 784 + r * 28 + c}`),
      ),
      mistake('a number', /should be a function, but it is 784/, () => 784),
      mistake(
        'not a number',
        /yours is NaN/,
        call((i: number) => i * 784 + Number(undefined)),
      ),
    ],
  },
};
