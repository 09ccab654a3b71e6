import { deepEqual, throws } from 'node:assert/strict';
import { planThreads } from '../../../lib/digits/device/threads';

/** By DIGITS_THREADS, TF_NUM_INTRAOP_THREADS and the cores: all, those of an operation, and parts. */
const PLANS: [own?: string, operation?: string, ...numbers: number[]][] = [
  // One a core, each with a part of a large product.
  [undefined, undefined, 2, 2, 1, 2],
  ['', undefined, 16, 16, 1, 16],
  // As many as DIGITS_THREADS says.
  ['4', undefined, 16, 4, 1, 4],
  // No more if TensorFlow shares out an operation itself.
  [undefined, '4', 16, 16, 4, 4],
  [undefined, '4', 6, 6, 4, 1],
  // All at an operation if TensorFlow is to choose.
  [undefined, '0', 8, 8, 8, 1],
];

describe('the threads', () => {
  it('are shared out: what each operation gets, times what runs at once, is no more than all', () => {
    for (const [own, operation, cores, ...expected] of PLANS) {
      const env = { DIGITS_THREADS: own, TF_NUM_INTRAOP_THREADS: operation };
      const { all, perOperation, parts } = planThreads(env, cores);
      deepEqual([all, perOperation, parts], expected, `${own} ${operation} ${cores}`);
    }
  });

  it('must be a whole number within bounds', () => {
    for (const bad of ['0', '-1', '1.5', 'all', '1025', '1e9', 'Infinity']) {
      throws(() => planThreads({ DIGITS_THREADS: bad }, 2), {
        name: 'RangeError',
        message: `Expected DIGITS_THREADS to be a whole number from 1 to 1024 but received '${bad}'. Correct it, or unset it to use all cores.`,
      });
    }
  });
});
