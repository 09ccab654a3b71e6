import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { traceOps } from '../../../lib/digits/exercises/judging/trace-ops';

describe('traceOps', () => {
  it('sees whether a result was read, at once or later', async () => {
    const one = tf.scalar(1);
    const ways: Record<string, [work: () => unknown, read: boolean, timed: boolean]> = {
      'at once': [() => one.neg().dataSync(), true, false],
      later: [() => one.neg().array(), true, false],
      'by what came of it': [() => one.neg().add(1).dataSync(), true, false],
      'by the clock of TensorFlow': [() => tf.time(() => one.neg()), true, true],
      'before the end': [() => [one.neg().dataSync(), performance.now()], true, true],
      'after the end': [() => [[one.neg()], Date.now()].flat()[0], false, false],
      'another one': [() => [one.neg(), one.dataSync(), performance.now()], false, false],
    };
    for (const [way, [work, read, timed]] of Object.entries(ways)) {
      const [operation] = (await traceOps(work)).operations;
      assert.deepEqual([operation?.read, operation?.timed], [read, timed], way);
    }
  });

  it('sees nothing more afterwards, also where the code fails', async () => {
    const { runKernel, readSync } = tf.engine();
    const failing = traceOps(() => Promise.reject(new Error('no')));
    await assert.rejects(failing, /no/);
    assert.deepEqual([tf.engine().runKernel, tf.engine().readSync], [runKernel, readSync]);
    assert.ok(!Object.hasOwn(tf.engine(), 'runKernel'));
  });
});
