/** What ■ does: asks the cell to stop, and breaks it off where it does not hear. */
import { breakOff } from './break-off';
import type { ToInstalled } from './cells-port';

/** Milliseconds that a cell may compute without a look at what came in. */
const PATIENCE = 2000;

/** Milliseconds between two attempts to break off. */
const AGAIN = 250;

export class Interrupter {
  private timer: NodeJS.Timeout | undefined;
  /** The thread has begun: what it does until then, no cell has asked for. */
  isReady = false;

  constructor(
    private readonly send: (message: ToInstalled) => void,
    private readonly isRunning: () => boolean,
  ) {}

  /** Asks; the second time it does not wait. */
  interrupt(): void {
    const insists = this.timer !== undefined;
    this.heard();
    // Also where no cell runs: training may go on that none waits for.
    this.send({ type: 'interrupt' });
    if (this.isRunning()) this.timer = setTimeout(() => this.force(), insists ? 0 : PATIENCE);
  }

  /** The thread of the cells is free. */
  heard(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Again until it is heard: what the thread runs between two cells may be hit in the cell's place. */
  private force(): void {
    if (!this.isRunning()) {
      this.heard();
      return;
    }
    if (this.isReady) {
      breakOff();
      this.send({ type: 'break-off' });
    }
    this.timer = setTimeout(() => this.force(), AGAIN);
  }
}
