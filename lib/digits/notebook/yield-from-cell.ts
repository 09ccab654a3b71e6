import * as tf from '@tensorflow/tfjs';
import { nextTurn } from 'tfjs-graph';
import { markOpenCalls, watchEngine } from './interrupt';

watchEngine(tf.engine());

/**
 * Waits until the cell's own code has returned. An interrupt aborts that code at any point and skips every
 * `finally`, so work that must not be aborted starts after this wait. A second turn lets the next queued cell
 * begin, because an interrupt between two cells would drop it.
 *
 * On a stock tslab, earlier interrupts may have left operations and gradients open. This function closes them,
 * since no call can be open here. Scopes stay open: a cell may have called `startScope`.
 */
export async function yieldFromCell(): Promise<void> {
  await nextTurn();
  await nextTurn();
  markOpenCalls()();
}
