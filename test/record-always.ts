/** Compiles steps even for the short trainings of the tests. */
import { gains } from '../lib/tfjs-graph/train/fit-loop';
import { thresholds } from '../lib/tfjs-graph/train/single-steps';

const usual = [{ ...gains }, { ...thresholds }];

function recordAlways(): void {
  gains.steps = 0;
  thresholds.batches = 0;
  thresholds.measuring = 0;
}

/** Runs `work` with the default numbers of steps that trigger compilation. */
export async function withUsualGains<T>(work: () => Promise<T>): Promise<T> {
  Object.assign(gains, usual[0]);
  Object.assign(thresholds, usual[1]);
  try {
    return await work();
  } finally {
    recordAlways();
  }
}

recordAlways();
