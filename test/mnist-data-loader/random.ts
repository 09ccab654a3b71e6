import fc from 'fast-check';
import { seed } from '../seed';

/** As many random values as there are trials. */
export function random<T>(count: number, values: fc.Arbitrary<T>): T[] {
  return fc.sample(values, { seed, numRuns: count });
}

/** Random places in something: parts of its length, from 0 to below 1. */
export function randomParts(count: number): number[] {
  return random(count, fc.noBias(fc.nat(2 ** 20 - 1))).map(place => place / 2 ** 20);
}
