import assert from 'node:assert/strict';
import { compare, list, number } from '../../../lib/digits/exercises/judging/compare';
import type { Nested } from '../../../lib/digits/input/given';

/** Asks for the sum of two numbers. */
const asked = (
  answer: unknown,
  draw = () => [[2, 3] as [number, number], [4, 1] as [number, number]],
) =>
  compare(
    answer,
    {
      draw,
      right: (a: number, b: number) => a + b,
      wrong: { product: (a, b) => a * b, first: a => a },
      ...number,
    },
    {
      inputs: (a, b) => `${a} and ${b}`,
      wrong: { product: 'That is the product.', first: 'That is the first.' },
    },
  );

describe('compare', () => {
  it('gives no reason where a formula has but some of the results', async () => {
    await assert.rejects(
      asked((a: number, b: number) => (a === 2 ? a * b : 0)),
      /2 and 3: the result should be 5; yours is 6\.$/,
    );
  });

  it('gives no reason of a formula that comes to no number either, but that of what is not finite', async () => {
    const code = (a: number, b: number) => (a === 4 ? Number.POSITIVE_INFINITY : a + b);
    const draw = () => [[4, 1] as [number, number]];
    const question = { draw, right: (a: number, b: number) => a + b, wrong: { code }, ...number };
    const text = { wrong: { code: 'A formula.' }, notFinite: 'Too large.' };
    await assert.rejects(compare(code, question, text), /yours is Infinity\. Too large\.$/);
  });

  it('compares nesting, names the place in what is long, and shows as many digits as differ', async () => {
    const asked = (answer: unknown, right: Nested) =>
      compare<[], Nested, { wrong: Record<string, string> }>(
        () => answer,
        { draw: () => [[]], named: () => 'Here', right: () => right, wrong: {}, ...list },
        { wrong: {} },
      );
    await assert.rejects(asked([[1, 2]], [1, 2]), /should be \[1, 2\]; yours is \[\[1, 2\]\]/);
    const rows = Array.from({ length: 5 }, () => [1, 2, 3, 4, 5]);
    const other = rows.map((row, i) => (i === 3 ? [1, 2, 3, 9, 5] : row));
    await assert.rejects(asked(other, rows), /Here: row 3, column 3 should be 4; yours is 9\./);
    const huge = rows.map(row => row.map(() => Number.NEGATIVE_INFINITY));
    await assert.rejects(asked(huge, rows), /row 0, column 0 should be 1; yours is -Infinity\.$/);
    await assert.rejects(asked([0.333_34], [1 / 3]), /\[0\.33333333\]; yours is \[0\.33334\]/);
  });

  it('names the inputs at which the code stops, and passes an error on that comes each time', async () => {
    const stops = (at: number) => (a: number, b: number) => {
      if (a >= at) throw new Error('no.');
      return a + b;
    };
    await assert.rejects(
      asked(stops(4)),
      /4 and 1: the result should be 5, but your code stops with an error: Error: no\.$/,
    );
    await assert.rejects(asked(stops(0)), /^Error: no\.$/);
  });

  it('tells what is not finished from what forgets a case', async () => {
    await assert.rejects(
      asked(() => undefined),
      /^NoAnswer: Your function returns undefined/,
    );
    await assert.rejects(
      asked((a: number, b: number) => (a === 2 ? a + b : undefined)),
      /4 and 1: the result should be 5; yours is undefined\.$/,
    );
  });
});
