/** Runs cells sequentially. A failure aborts the rest of the queue. */
import type { Answer, Execute, FromCells } from './worker-messages';

export class Queue {
  count = 0;
  running: Execute | undefined;
  private readonly pending: Execute[] = [];
  private isBusy = false;
  private resume = (): void => {};

  constructor(
    private readonly execute: (cell: Execute) => Promise<Answer>,
    private readonly send: (message: FromCells) => void,
  ) {}

  async add(cell: Execute): Promise<void> {
    this.pending.push(cell);
    if (this.isBusy) return;
    this.isBusy = true;
    for (;;) {
      // Let timers and interrupts run between two cells.
      await new Promise(setImmediate);
      this.running = this.pending.shift();
      if (!this.running) break;
      await this.run(this.running);
    }
    this.isBusy = false;
  }

  private async run(cell: Execute): Promise<void> {
    const { run, silent, store_history, stop_on_error } = cell;
    // A new worker or process has a new queue: continue the previous count.
    this.count = Math.max(this.count, cell.count);
    if (!silent && store_history !== false) this.count++;
    this.send({ type: 'begun', run, count: this.count });
    const content = await this.execute({ ...cell, count: this.count });
    this.running = undefined;
    this.send({ type: 'answer', run, content });
    if (content.status !== 'error' || stop_on_error === false) return;
    // Wait for drop(): only the request handler knows when all cells sent before the failure have arrived.
    await new Promise<void>(resolve => {
      this.resume = resolve;
    });
  }

  /** Aborts the pending cells. Resumes a queue paused by a failed cell. */
  drop(): void {
    for (const { run } of this.pending.splice(0)) {
      this.send({ type: 'answer', run, content: { status: 'aborted' } });
    }
    this.resume();
  }
}
