import { equal, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { fittedExponent, median } from '../../../lib/tools/bench/statistics';

describe('median', () => {
  it('is the middle value, in whatever order they come', () => {
    equal(median([10, 9, 100]), 10);
  });

  it('is the mean of the two in the middle of an even number', () => {
    equal(median([4, 1, 3, 2]), 2.5);
  });

  it('leaves the values as they were, and refuses none at all', () => {
    const values = [3, 1, 2];
    median(values);
    equal(String(values), '3,1,2');
    throws(() => median([]), /Expected at least one value but received none/);
  });
});

describe('fittedExponent', () => {
  it('finds the exponent of an exact law', () => {
    const law = fc.record({
      exponent: fc.double({ min: -3, max: 3, noNaN: true }),
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(law, ({ exponent, factor }) => {
        const points = [1, 2, 5, 30].map(x => [x, factor * x ** exponent] as const);
        ok(Math.abs(fittedExponent(points) - exponent) < 1e-9);
      }),
    );
  });

  it('lies between the slopes of points that follow no law', () => {
    const exponent = fittedExponent([
      [1, 1],
      [10, 10],
      [100, 1000],
    ]);
    ok(exponent > 1 && exponent < 2, String(exponent));
  });

  it('refuses what has no logarithm or no slope', () => {
    throws(
      () =>
        fittedExponent([
          [1, 0],
          [2, 1],
        ]),
      /positive numbers but received 0/,
    );
    throws(() => fittedExponent([[1, 1]]), /two values of x/);
  });
});
