/** Lets the tests, whose trainings are short, compile steps regardless of their number. */
import { gains } from '../lib/tfjs-graph/train/fit-loop';
import { least } from '../lib/tfjs-graph/train/single-steps';

const usual = [{ ...gains }, { ...least }];

function recordAlways(): void {
  gains.steps = 0;
  least.batches = 0;
  least.measuring = 0;
}

/** Runs `work` with the numbers of steps from which on programs compile them. */
export async function withUsualGains<T>(work: () => Promise<T>): Promise<T> {
  Object.assign(gains, usual[0]);
  Object.assign(least, usual[1]);
  try {
    return await work();
  } finally {
    recordAlways();
  }
}

recordAlways();
