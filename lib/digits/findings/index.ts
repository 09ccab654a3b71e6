/** Sentences computed from the learner's results, so the notebooks need not predict them. */
export { baselines, firstFour, mistakes } from './answers';
export { test, training } from './history';
