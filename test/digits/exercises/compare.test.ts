import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { compare, list, number } from '../../../lib/digits/exercises/judging/compare';
import { opsCalledIn } from '../../../lib/digits/exercises/judging/learner-code';
import type { Nested } from '../../../lib/digits/input/given';

type Two = [a: number, b: number];
const draw = (): Two[] => [2, 4].map((a, index) => [a, 3 - 2 * index]);
const formula = (...[a, b]: Two) => a + b;

/** Asks for the sum of two numbers. */
const compareAnswer = (answer: unknown) =>
  compare(
    answer,
    { draw, right: formula, wrong: { product: (a, b) => a * b, first: a => a }, ...number },
    { inputs: (a, b) => `${a} and ${b}`, wrong: { product: 'A product.', first: 'A first.' } },
  );

describe('compare', () => {
  it('gives no reason where a formula has but some of the results', async () => {
    const some = compareAnswer((a: number, b: number) => (a === 2 ? a * b : 0));
    await assert.rejects(some, /2 and 3: the result should be 5; yours is 6\.$/);
  });

  it('gives no reason of a formula that comes to no number either, but that of what is not finite', async () => {
    const code = (a: number, b: number) => (a === 4 ? Number.POSITIVE_INFINITY : a + b);
    const question = { draw, right: formula, wrong: { code }, ...number };
    const text = { wrong: { code: 'A formula.' }, notFinite: 'Too large.' };
    await assert.rejects(compare(code, question, text), /yours is Infinity\. Too large\.$/);
  });

  it('compares nesting, names the place in what is long, and shows as many digits as differ', async () => {
    const compareValues = (answer: unknown, right: Nested) =>
      compare<[], Nested, { wrong: Record<string, string> }>(
        () => answer,
        { draw: () => [[]], named: () => 'Here', right: () => right, wrong: {}, ...list },
        { wrong: {} },
      );
    await assert.rejects(
      compareValues([[1, 2]], [1, 2]),
      /should be \[1, 2\]; yours is \[\[1, 2\]\]/,
    );
    const rows = Array.from({ length: 5 }, () => [1, 2, 3, 4, 5]);
    const other = rows.map((row, i) => (i === 3 ? [1, 2, 3, 9, 5] : row));
    await assert.rejects(
      compareValues(other, rows),
      /Here: row 3, column 3 should be 4; yours is 9\./,
    );
    const huge = rows.map(row => row.map(() => Number.NEGATIVE_INFINITY));
    await assert.rejects(
      compareValues(huge, rows),
      /row 0, column 0 should be 1; yours is -Infinity\.$/,
    );
    await assert.rejects(
      compareValues([0.333_34], [1 / 3]),
      /\[0\.33333333\]; yours is \[0\.33334\]/,
    );
  });

  it('names the inputs at which the code stops, and passes an error on that comes each time', async () => {
    const stops = (at: number) => (a: number, b: number) => {
      if (a >= at) throw new Error('no.');
      return a + b;
    };
    const error =
      /4 and 1: the result should be 5, but your code stops with an error: Error: no\.$/;
    await assert.rejects(compareAnswer(stops(4)), error);
    await assert.rejects(compareAnswer(stops(0)), /^Error: no\.$/);
  });

  it('tells what is not finished from what forgets a case', async () => {
    const unfinished = compareAnswer(() => undefined);
    await assert.rejects(unfinished, /^NoAnswer: Your function returns undefined/);
    const forgetful = compareAnswer((a: number, b: number) => (a === 2 ? a + b : undefined));
    await assert.rejects(forgetful, /4 and 1: the result should be 5; yours is undefined\.$/);
  });
});

describe('opsCalledIn', () => {
  it('names functions of TensorFlow.js, also those that layers call, and restores the engine', async () => {
    const names = await opsCalledIn(async () => {
      tf.layers.softmax().apply(tf.tensor2d([[1, 2]]));
    });
    assert.ok(names.has('softmax'), [...names].join());
    const failing = opsCalledIn(() => Promise.reject(new Error('no')));
    await assert.rejects(failing, /no/);
    assert.ok(!Object.hasOwn(tf.engine(), 'startScope'));
  });
});
