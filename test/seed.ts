/**
 * The seed of the tests' random numbers, so that a commit's tests always give the same result. Mocha
 * loads this module first. `TEST_SEED=n` draws other weights, samples, faults and moments.
 */
import fc from 'fast-check';
import seedrandom from 'seedrandom';

export const seed = Number(process.env.TEST_SEED ?? 1);

fc.configureGlobal({ seed });

/**
 * Resets `Math.random` from the seed and the purpose of the numbers. TensorFlow.js's
 * initial weights and `fit`'s order of the samples depend on `Math.random`.
 */
export function beginChance(purpose: string): void {
  seedrandom(`${seed} ${purpose}`, { global: true });
}

const between = () => beginChance('between tests');

/** Each test and each `before` hook has a random sequence that does not depend on earlier tests. */
export const mochaHooks: Mocha.RootHookObject = {
  beforeAll: between,
  beforeEach(this: Mocha.Context) {
    beginChance(this.currentTest?.fullTitle() ?? '');
  },
  afterEach: between,
};
