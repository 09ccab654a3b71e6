/** Interrupts, as ■ asks: tells the cell to stop, and breaks it off if it does not hear. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ToCellProcess } from '../link';

/** Milliseconds that a cell may compute without a look at what came in. */
const PATIENCE = 2000;

/** The same for a second interrupt: a thread that is free has heard by then. */
const IMPATIENCE = 100;

/** Milliseconds between two attempts to break off. */
const AGAIN = 250;

export class Interrupter {
  /** The thread has begun: what it does until then, no cell has asked for. */
  isReady = false;
  /** The thread of the cells is free: it has heard the last message. */
  isFree = false;
  private cell: unknown;
  private hurry = (): void => {};

  /** @param running returns the cell that runs; undefined if none does. */
  constructor(
    private readonly send: (message: ToCellProcess) => void,
    private readonly running: () => unknown,
  ) {}

  /** Asks; the second time it does not wait. */
  async interrupt(): Promise<void> {
    // Even if no cell runs: training may go on that none waits for.
    this.send({ type: 'interrupt' });
    this.isFree = false;
    const cell = this.running();
    if (!cell) return;
    if (this.cell === cell) return this.hurry();
    this.cell = cell;
    await new Promise<void>(resolve => {
      setTimeout(resolve, PATIENCE);
      this.hurry = () => setTimeout(resolve, IMPATIENCE);
    });
    // Again until the cell has ended: what the thread does beside it may be hit in its place.
    for (let hasForced = false; this.running() === cell; await delay(AGAIN)) {
      if (this.isFree && !hasForced) break;
      if (!this.isReady) continue;
      // Of a free thread, force would hit what it does next: to hear the message.
      this.send({ type: 'break-off', byForce: !this.isFree });
      hasForced = true;
      this.isFree = false;
    }
    if (this.cell === cell) this.cell = undefined;
  }
}
