import { deepEqual } from 'node:assert/strict';
import { callsOf, planCalls } from '../../../lib/tfjs-graph/train/steps';

const short = (calls: Iterable<{ steps: number; batchSize: number }>) =>
  Array.from(calls, ({ steps, batchSize }) => [steps, batchSize]);

describe('the plan of an epoch', () => {
  it('takes all samples once, those left over in a step of their own', () => {
    deepEqual(short(planCalls(103, 10, 4)), [
      [4, 10],
      [4, 10],
      [2, 10],
      [1, 3],
    ]);
    deepEqual(short(planCalls(8, 4, Number.POSITIVE_INFINITY)), [[2, 4]]);
    deepEqual(short(planCalls(3, 4, 2)), [[1, 3]]);
    deepEqual(short(planCalls(0, 4, 2)), []);
  });

  it('asks for the steps of a call when it comes to it', () => {
    let steps = 1;
    const calls = callsOf(100, 10, () => {
      steps *= 2;
      return steps;
    });
    deepEqual(short(calls), [
      [2, 10],
      [4, 10],
      [4, 10],
    ]);
  });
});
