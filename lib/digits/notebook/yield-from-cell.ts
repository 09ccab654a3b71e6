import * as tf from '@tensorflow/tfjs';
import { nextTurn } from 'tfjs-graph';
import { markOpenCalls, watchEngine } from './open-calls';

watchEngine(tf.engine());

/**
 * Waits until the cell's own code no longer runs. An interrupt ends that code wherever it is, and
 * skips every `finally`: work that must not be left half done begins after this. A second turn lets the next
 * cell of the queue begin: an interrupt between two cells would drop it.
 *
 * On a stock tslab, earlier interrupts may have left operations and gradients open. This closes them, since
 * no call can be open here. Scopes stay: a cell may have opened them by `startScope`.
 */
export async function yieldFromCell(): Promise<void> {
  await nextTurn();
  await nextTurn();
  markOpenCalls()();
}
