/** Interrupts cells: first asks the running cell to stop, then terminates a blocked cell. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ToCellProcess } from '../link';

/** Milliseconds that a cell may compute without processing messages. */
const GRACE_MS = 2000;

/** The same after a second interrupt. An unblocked thread responds in this time. */
const SECOND_GRACE_MS = 100;

/** Milliseconds between two termination attempts. */
const RETRY_MS = 250;

export class Interrupter {
  /** Whether the cell thread has started. Before the start, no cell can be terminated. */
  isReady = false;
  /** Whether the cell thread is unblocked: it has processed the last message. */
  isFree = false;
  private interruptedCell: unknown;
  private shortenWait = (): void => {};

  /** @param getRunningCell returns the running cell, or `undefined` */
  constructor(
    private readonly send: (message: ToCellProcess) => void,
    private readonly getRunningCell: () => unknown,
  ) {}

  /** Sends an interrupt, and terminates the cell after a timeout. A second call shortens the timeout. */
  async interrupt(): Promise<void> {
    // Also without a cell: training may continue in the background.
    this.send({ type: 'interrupt' });
    this.isFree = false;
    const cell = this.getRunningCell();
    if (!cell) return;
    if (this.interruptedCell === cell) return this.shortenWait();
    this.interruptedCell = cell;
    await new Promise<void>(resolve => {
      setTimeout(resolve, GRACE_MS);
      this.shortenWait = () => setTimeout(resolve, SECOND_GRACE_MS);
    });
    // Retry until the cell has ended, because a termination may hit other work of the thread.
    for (let hasForced = false; this.getRunningCell() === cell; await delay(RETRY_MS)) {
      if (this.isFree && !hasForced) break;
      if (!this.isReady) continue;
      // A forced termination of an unblocked thread would hit the handler of this message.
      this.send({ type: 'break-off', byForce: !this.isFree });
      hasForced = true;
      this.isFree = false;
    }
    if (this.interruptedCell === cell) this.interruptedCell = undefined;
  }
}
