/** What training may leave behind. */
import { ok } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { collectGarbage } from '../../../lib/kernel/collect-garbage';

/** Numbers of what is kept. */
export interface Kept {
  /** Tensors of TensorFlow.js, and their bytes. */
  readonly tensors: number;
  readonly bytes: number;
  /** Graphs that the addon holds; 0 on WebAssembly. */
  readonly sessions: number;
  /** Tensors that the addon holds; 0 on WebAssembly. */
  readonly addonTensors: number;
}

interface Counting {
  getNumOfSavedModels(): number;
  getNumOfTensors(): number;
}

/** What is kept now. */
export function counts(): Kept {
  const { numTensors: tensors, numBytes: bytes } = tf.memory();
  const { binding } = tf.backend() as unknown as { binding?: Counting };
  return {
    tensors,
    bytes,
    sessions: binding?.getNumOfSavedModels() ?? 0,
    addonTensors: binding?.getNumOfTensors() ?? 0,
  };
}

/** What is kept once all that no code can reach is released, also that of other tests in this process. */
export async function settledCounts(): Promise<Kept> {
  for (let last = -1; last !== counts().tensors; ) {
    last = counts().tensors;
    collectGarbage();
    await new Promise(go => setTimeout(go, 5));
  }
  return counts();
}

/** Holds that no more is kept than before. It may be less: TensorFlow.js forgets earlier models meanwhile. */
export function assertNothingLeft(before: Kept): void {
  for (const [what, count] of Object.entries(counts())) {
    const most = before[what as keyof Kept];
    ok(count <= most, `${what} are left behind: ${most} before, now ${count}`);
  }
}
