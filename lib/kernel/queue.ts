/** Runs cells one behind the other; what waits behind one that fails does not run. */
import type { Answer, Execute, FromCells } from './worker-messages';

export class Queue {
  /** The number of the last cell. */
  count = 0;
  running: Execute | undefined;
  private readonly waiting: Execute[] = [];
  private isBusy = false;
  private goOn = (): void => {};

  constructor(
    private readonly execute: (cell: Execute) => Promise<Answer>,
    private readonly say: (said: FromCells) => void,
  ) {}

  async add(cell: Execute): Promise<void> {
    this.waiting.push(cell);
    if (this.isBusy) return;
    this.isBusy = true;
    for (;;) {
      // Timers and interrupts have their turn between two cells.
      await new Promise(setImmediate);
      this.running = this.waiting.shift();
      if (!this.running) break;
      await this.run(this.running);
    }
    this.isBusy = false;
  }

  private async run(cell: Execute): Promise<void> {
    const { run, silent, store_history, stop_on_error } = cell;
    // Of the cells before, others may have run in a worker that has ended.
    this.count = Math.max(this.count, cell.count);
    if (!silent && store_history !== false) this.count++;
    this.say({ type: 'begun', run, count: this.count });
    const content = await this.execute({ ...cell, count: this.count });
    this.running = undefined;
    this.say({ type: 'answer', id: run, content });
    if (content.status !== 'error' || stop_on_error === false) return;
    // The front knows when all have come that were asked for before it has heard.
    await new Promise<void>(resolve => {
      this.goOn = resolve;
    });
  }

  /** Answers the cells that wait: they do not run. Goes on behind one that has failed. */
  drop(): void {
    for (const { run } of this.waiting.splice(0)) {
      this.say({ type: 'answer', id: run, content: { status: 'aborted' } });
    }
    this.goOn();
  }
}
