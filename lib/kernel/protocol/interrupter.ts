/** Interrupts, as ■ asks: tells the cell to stop, and breaks it off if it does not hear. */
import type { ToInstalled } from '../link';

/** Milliseconds that a cell may compute without a look at what came in. */
const PATIENCE = 2000;

/** The same for a second interrupt: a thread that is free has heard by then. */
const IMPATIENCE = 100;

/** Milliseconds between two attempts to break off. */
const AGAIN = 250;

export class Interrupter {
  /** The thread has begun: what it does until then, no cell has asked for. */
  isReady = false;
  private timer: NodeJS.Timeout | undefined;
  private cell: unknown;
  private isForcing = false;
  private isFree = false;

  /** @param running returns the cell that runs; undefined if none does. */
  constructor(
    private readonly send: (message: ToInstalled) => void,
    private readonly running: () => unknown,
  ) {}

  /** Asks; the second time it does not wait. */
  interrupt(): void {
    // Even if no cell runs: training may go on that none waits for.
    this.send({ type: 'interrupt' });
    const cell = this.running();
    if (this.cell !== cell) this.stop();
    if (cell && !this.isForcing) this.forceAfter(this.timer ? IMPATIENCE : PATIENCE, cell);
  }

  /** The thread of the cells is free. */
  heard(): void {
    this.isFree = true;
    if (!this.isForcing) this.stop();
  }

  /** Again until the cell has ended: what the thread does beside it may be hit in its place. */
  private forceAfter(milliseconds: number, cell: unknown): void {
    clearTimeout(this.timer);
    this.cell = cell;
    this.timer = setTimeout(() => {
      if (this.running() !== cell) return this.stop();
      if (this.isReady) {
        // Of a free thread, force would hit what it does next: to hear the message.
        this.send({ type: 'break-off', byForce: !this.isForcing || !this.isFree });
        this.isForcing = true;
        this.isFree = false;
      }
      this.forceAfter(AGAIN, cell);
    }, milliseconds);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isForcing = false;
  }
}
