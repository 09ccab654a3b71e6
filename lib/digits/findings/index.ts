/** Sentences on what came out of a run, computed from it, so that no text need say them beforehand. */
export { baselines, firstFour, mistakes } from './answers';
export { test, training } from './history';
