import assert from 'node:assert/strict';
import { compare, list, number } from '../../../lib/digits/exercises/compare';
import { shown } from '../../../lib/digits/exercises/shown';

const same = (words: string) => ({ zh: words, en: words });

/** Asks for the sum of two numbers. */
const asked = (
  answer: unknown,
  draw = () => [[2, 3] as [number, number], [4, 1] as [number, number]],
) =>
  compare<[a: number, b: number], number>(answer, {
    draw,
    named: (a, b) => same(`${a} and ${b}`),
    right: (a, b) => a + b,
    wrong: [
      [(a, b) => a * b, same('That is the product.')],
      [a => a, same('That is the first.')],
    ],
    ...number,
  });

describe('compare', () => {
  it('takes what the right formula gives, at once or later', async () => {
    await asked((a: number, b: number) => a + b);
    await asked(async (a: number, b: number) => b + a);
  });

  it('gives the reason of the formula that has all the results', async () => {
    await assert.rejects(
      asked((a: number, b: number) => b * a),
      /^Mistake: 2 and 3: the result should be 5; yours is 6\. That is the product\.$/,
    );
    await assert.rejects(
      asked((a: number) => a),
      /2 and 3: the result should be 5; yours is 2\. That is the first\.$/,
    );
  });

  it('gives no reason where a formula has but some of the results', async () => {
    await assert.rejects(
      asked((a: number, b: number) => (a === 2 ? a * b : 0)),
      /2 and 3: the result should be 5; yours is 6\.$/,
    );
    await assert.rejects(
      asked((a: number, b: number) => (a === 2 ? a + b : 0)),
      /4 and 1: the result should be 5; yours is 0\.$/,
    );
  });

  it('draws again until no two formulas have the same results', async () => {
    const draws: [number, number][] = [
      [2, 2],
      [0, 5],
      [3, 1],
      [3, 2],
    ];
    let drawn = 0;
    await asked(
      (a: number, b: number) => a + b,
      () => draws.slice(drawn, ++drawn),
    );
    assert.equal(drawn, 4);
    await assert.rejects(
      asked(
        (a: number, b: number) => a + b,
        () => [[2, 2]],
      ),
      /^Error: No inputs tell the formulas of this exercise apart/,
    );
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
      /^Blank: Your function returns undefined/,
    );
    await assert.rejects(
      asked((a: number, b: number) => (a === 2 ? a + b : undefined)),
      /4 and 1: the result should be 5; yours is undefined\.$/,
    );
  });

  it('lets the code change what it is given', async () => {
    await compare<[values: number[]], readonly number[]>((values: number[]) => values.reverse(), {
      draw: () => [[[1, 2, 3]]],
      named: values => same(shown(values)),
      right: values => [...values].reverse(),
      wrong: [[values => values, same('That is as it was.')]],
      ...list,
    });
  });
});
