/**
 * Sentences computed from the learner's results, so the notebooks need not predict them. Each throws a TypeError or
 * RangeError with a cure for arguments that are no results.
 */
export { baselines, firstFour, mistakes } from './answers';
export { test, training } from './history';
