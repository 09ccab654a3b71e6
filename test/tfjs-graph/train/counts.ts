/** Counts of objects that training may leak. */
import { ok } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { collectGarbage } from '../../../lib/kernel/node/collect-garbage';

interface Counting {
  getNumOfSavedModels(): number;
  getNumOfTensors(): number;
}

/** Current counts: tensors of TensorFlow.js, and their bytes; graphs and tensors of the addon, if loaded. */
export function counts() {
  const { numTensors: tensors, numBytes: bytes } = tf.memory();
  const { binding } = tf.backend() as unknown as { binding?: Counting };
  const sessions = binding?.getNumOfSavedModels() ?? 0;
  return { tensors, bytes, sessions, addonTensors: binding?.getNumOfTensors() ?? 0 };
}

export type Kept = Readonly<ReturnType<typeof counts>>;

/** Rounds without a change after which finalizers have run, even on a busy machine. */
const QUIET_ROUNDS = 2;

/** Returns the counts after all unreachable objects are released, also objects of other tests in this process. */
export async function settledCounts(): Promise<Kept> {
  for (let quiet = 0, last = -1; quiet < QUIET_ROUNDS; ) {
    // An object read from a weak reference lives until the end of the task; finalizers run in a later task.
    await delay(5);
    collectGarbage();
    await delay(5);
    const { tensors } = counts();
    quiet = tensors === last ? quiet + 1 : 0;
    last = tensors;
  }
  return counts();
}

/** Asserts that counts have not grown. Counts may fall: TensorFlow.js releases earlier models meanwhile. */
export function assertNothingLeft(before: Kept): void {
  for (const [what, count] of Object.entries(counts())) {
    const most = before[what as keyof Kept];
    ok(count <= most, `${what} are left behind: ${most} before, now ${count}`);
  }
}
