import type { Steps, Trainer } from './trainer';

/**
 * Leaves the first epoch to another trainer: where an epoch has few steps, to get ready takes longer than
 * to take them, and whoever looks at the first one need not wait.
 */
export class LateTrainer implements Trainer {
  private epochs = 0;

  /** @param make gets the trainer of the later epochs ready. */
  constructor(
    private trainer: Trainer,
    private readonly make: () => Trainer,
  ) {}

  *epoch(rows: Int32Array): Generator<Steps, void, undefined> {
    if (this.epochs++ === 1) {
      const { trainer } = this;
      this.trainer = this.make();
      trainer.dispose();
    }
    yield* this.trainer.epoch(rows);
  }

  dispose(): void {
    this.trainer.dispose();
  }
}
