/** Waits for what is released once no code can reach it, also that of other tests in this process. */
import * as tf from '@tensorflow/tfjs';
import { collectGarbage } from '../../lib/kernel/collect-garbage';

/** Returns the number of tensors that are left. */
export async function countSettled(): Promise<number> {
  let [count, looks] = [-1, 0];
  while (looks < 10) {
    collectGarbage();
    await new Promise(go => setTimeout(go, 20));
    const { numTensors } = tf.memory();
    looks = numTensors === count ? looks + 1 : 0;
    count = numTensors;
  }
  return count;
}
