import { deepEqual, throws } from 'node:assert/strict';
import { planThreads } from '../../../lib/digits/device/threads';
import { setLanguage } from '../../../lib/digits/language';

/** All, those of an operation, and the parts of a large product. */
const planned = (cores: number, own?: string, operation?: string) => {
  const env = { DIGITS_THREADS: own, TF_NUM_INTRAOP_THREADS: operation };
  const { all, perOperation, parts } = planThreads(env, cores);
  return [all, perOperation, parts];
};

describe('the threads', () => {
  afterEach(() => setLanguage('en'));

  it('are one a core, each with a part of a large product', () => {
    deepEqual(planned(1), [1, 1, 1]);
    deepEqual(planned(2), [2, 1, 2]);
    deepEqual(planned(16, ''), [16, 1, 16]);
  });

  it('are as many as DIGITS_THREADS says', () => {
    deepEqual(planned(16, '4'), [4, 1, 4]);
    deepEqual(planned(16, '1'), [1, 1, 1]);
    deepEqual(planned(2, '4'), [4, 1, 4]);
  });

  it('are no more where TensorFlow shares out an operation itself', () => {
    deepEqual(planned(16, undefined, '4'), [16, 4, 4]);
    deepEqual(planned(2, undefined, '2'), [2, 2, 1]);
    deepEqual(planned(16, '4', '8'), [4, 4, 1]);
    deepEqual(planned(6, undefined, '4'), [6, 4, 1]);
  });

  it('all work at an operation where TensorFlow is to choose', () => {
    deepEqual(planned(8, undefined, '0'), [8, 8, 1]);
    deepEqual(planned(8, '2', 'many'), [2, 2, 1]);
  });

  it('may be many more than the cores, in any way of writing a number', () => {
    deepEqual(planned(2, '1024'), [1024, 1, 1024]);
    deepEqual(planned(2, '1e3'), [1000, 1, 1000]);
    deepEqual(planned(2, ' 4 '), [4, 1, 4]);
  });

  it('must be a whole number within bounds, in both languages', () => {
    for (const bad of ['0', '-1', '1.5', 'all', '1025', '1e9', 'Infinity']) {
      throws(() => planned(2, bad), {
        name: 'RangeError',
        message: `Expected DIGITS_THREADS to be a whole number from 1 to 1024 but received '${bad}'. Correct it, or unset it to use all cores.`,
      });
    }
    setLanguage('zh');
    throws(() => planned(2, '0'), /DIGITS_THREADS 应当是 1 到 1024 的整数，收到的是 '0'/);
  });
});
