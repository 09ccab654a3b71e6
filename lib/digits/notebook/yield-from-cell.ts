import * as tf from '@tensorflow/tfjs';
import { nextTurn } from 'tfjs-graph';

/**
 * Waits until the cell's own code no longer runs. An interrupt ends that code wherever it is, and
 * skips every `finally`: work that must not be left half done begins after this.
 *
 * TensorFlow.js counts how deep it is in operations and gradients. Where an interrupt ended an earlier
 * cell inside one, the count would stay too high, and no gradient would be recorded any more: it
 * begins at 0 again.
 */
export async function yieldFromCell(): Promise<void> {
  await nextTurn();
  Object.assign((tf.engine() as unknown as { state: object }).state, {
    kernelDepth: 0,
    gradientDepth: 0,
  });
}
