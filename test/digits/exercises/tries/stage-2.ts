/** Right and wrong answers to the exercises of stage 2. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, right, type Tries } from './tries';

const square = (n: number) => tf.randomUniform<tf.Rank.R2>([n, n]);

/** Answers 2.2 with another way to compute, count or take the time. */
const timed =
  ({
    work = (a: tf.Tensor2D, b: tf.Tensor2D): unknown => a.matMul(b).dataSync(),
    products = (n: number) => n ** 3,
    time = (start: number, end: number) => end - start,
  }) =>
  () =>
  (n: number) => {
    const [a, b] = [square(n), square(n)];
    const start = performance.now();
    work(a, b);
    const end = performance.now();
    return { products: products(n), ms: time(start, end) };
  };

export const stage2: Tries = {
  '2.1': {
    right: [
      right('an if', () => (gpus: string[]) => {
        if (gpus.length === 0) return 'CPU';
        return gpus[0];
      }),
      right('or', () => (gpus: string[]) => gpus[0] || 'CPU'),
      right(
        'a default',
        () =>
          ([first = 'CPU']: string[]) =>
            first,
      ),
      right('a function that changes its input', () => (gpus: string[]) => gpus.shift() ?? 'CPU'),
      right('a promise', () => async (gpus: string[]) => [...gpus, 'CPU'][0]),
      right('a loop', () => (gpus: string[]) => {
        for (const gpu of gpus) return gpu;
        return 'CPU';
      }),
    ],
    wrong: [
      mistake(
        'an error for an empty list',
        /gpus = \[\]: .*your code stops with an error: TypeError/,
        call(([gpu]: [string]) => gpu.trim()),
      ),
      mistake(
        'an empty text',
        /the result should be 'CPU'; yours is ''/,
        call((gpus: string[]) => gpus[0] ?? ''),
      ),
      mistake(
        'the word undefined',
        /yours is 'undefined'/,
        call((gpus: string[]) => `${gpus[0]}`),
      ),
      mistake('a single name', /the result should be/, () => () => 'RTX 4090'),
      mistake('a list', /should be a function, but it is \['CPU'\]/, () => ['CPU']),
    ],
  },
  '2.2': {
    right: [
      right('arraySync', timed({ work: (a, b) => a.matMul(b).arraySync() })),
      right(
        'a mean of three',
        timed({
          work: (a, b) => {
            for (let i = 0; i < 3; i++) a.matMul(b).dataSync();
          },
          time: (start, end) => (end - start) / 3,
        }),
      ),
      right('the sum read', timed({ work: (a, b) => tf.matMul(a, b).sum().dataSync() })),
      right('awaited, by Date', () => async (n: number) => {
        const [a, b] = [tf.ones([n, n]), tf.ones([n, n])];
        const start = Date.now();
        await a.matMul(b).data();
        return { n, products: n * n * n, ms: Date.now() - start };
      }),
      right('after a first product, not timed', () => (n: number) => {
        const a = square(n);
        a.matMul(a).dataSync();
        const start = performance.now();
        a.matMul(a).dataSync();
        return { products: n ** 2 * n, ms: performance.now() - start };
      }),
      right('by tf.time', () => async (n: number) => {
        const a = square(n);
        const { wallMs } = await tf.time(() => a.matMul(a));
        return { products: n ** 3, ms: wallMs };
      }),
    ],
    wrong: [
      mistake(
        'the size of the result',
        /how many numbers the result has/,
        timed({
          products: n => n ** 2,
        }),
      ),
      mistake('additions too', /counts the additions, too/, timed({ products: n => 2 * n ** 3 })),
      mistake('three times', /The third power of n is n \*\* 3/, timed({ products: n => n * 3 })),
      mistake('any number', /multiplications is not 1000/, timed({ products: () => 1000 })),
      mistake('start minus end', /wrong way round/, timed({ time: (start, end) => start - end })),
      mistake(
        'nothing between start and end',
        /it was not (timed|measured)/,
        timed({ time: start => start - start }),
      ),
      mistake(
        'seconds',
        /that is in seconds/,
        timed({
          work: (a, b) => {
            for (let i = 0; i < 5; i++) a.matMul(b).dataSync();
          },
          time: (start, end) => (end - start) / 1000,
        }),
      ),
      mistake('a moment, not a time', /it was not measured/, timed({ time: (_, end) => end })),
      mistake(
        'the making of the matrices too',
        /includes making the matrices/,
        () => (n: number) => {
          const start = performance.now();
          for (let i = 0; i < 8; i++) square(n);
          square(n).matMul(square(n)).dataSync();
          return { products: n ** 3, ms: performance.now() - start };
        },
      ),
      mistake('only numbers drawn', /matMul did not run/, timed({ work: a => a.dataSync() })),
      mistake('times made up', /matMul did not run/, () => (n: number) => ({
        products: n ** 3,
        ms: n / 100,
      })),
      mistake(
        'products in JavaScript',
        /matMul did not run/,
        timed({
          work: (a, b) => a.dataSync().map((value, i) => value * (b.dataSync()[i] ?? 0)),
        }),
      ),
      mistake('times made up beside a product', /not (timed|measured)/, timed({ time: () => 1 })),
      mistake(
        'element by element',
        /mul multiplies number by number/,
        timed({
          work: (a, b) => a.mul(b).dataSync(),
        }),
      ),
      mistake(
        'always the same size',
        /yours were 64 × 64 and 64 × 64/,
        timed({
          work: () => square(64).matMul(square(64)).dataSync(),
          products: n => n ** 3,
        }),
      ),
      mistake('not read', /The result was not read/, timed({ work: (a, b) => a.matMul(b) })),
      mistake('no time', /ms is missing/, () => (n: number) => {
        square(n).matMul(square(n)).dataSync();
        return { products: n ** 3 };
      }),
      mistake('a table', /This should be a function/, () =>
        [64, 256, 1024].map(n => ({ n, products: n ** 3, ms: n / 100 })),
      ),
    ],
  },
};
