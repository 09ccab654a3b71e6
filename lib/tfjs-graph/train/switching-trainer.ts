import * as tf from '@tensorflow/tfjs';
import type { Steps, Trainer } from './trainer';

/** Decides if recording a step pays. Measured on models of all kinds, on two cores. */
export const recordingCost = {
  /**
   * The steps from which on a training gains by it, over all epochs; and those of an epoch from which on
   * its first one does. To record a step takes two steps of tfjs-layers and some more, the graph is loaded,
   * and its first run is slow: 7 to 16 steps of tfjs-layers take as long, the more the newer the process.
   */
  from: 12,

  /**
   * Whether an epoch of fewer steps gains by it all the same, since they are long: a recorded step takes a
   * quarter of the time, or less.
   *
   * @param left steps that are left of the epoch.
   * @param step milliseconds that a step of tfjs-layers takes.
   * @param tensors that it makes: of these, more than of their sizes, it depends how long the rest takes.
   */
  midway: (left: number, step: number, tensors: number): boolean =>
    0.75 * left * step > 2 * step + 60 + 0.12 * tensors,
};

/**
 * Starts with the stock trainer, so that nothing waits for a recording. Switches to the recorded one after
 * step 2 if steps are slow; else after epoch 1 if the training is long; else never.
 */
export class SwitchingTrainer implements Trainer {
  private isReady = false;
  private epochs = 0;

  /**
   * @param trainer takes the first steps, one at a time.
   * @param make makes the trainer of the later steps, given how many of the epoch were taken.
   * @param isLong whether the training has so many steps that recording pays in any case.
   */
  constructor(
    private trainer: Trainer,
    private readonly make: (taken: number) => Trainer,
    private readonly batchSize: number,
    private readonly isLong: boolean,
  ) {}

  *epoch(rows: Int32Array): Generator<Steps, void, undefined> {
    if (this.epochs++ > 0 && this.isLong && !this.isReady) this.getReady(0);
    const taken = this.isReady ? 0 : yield* this.begin(rows);
    if (taken * this.batchSize < rows.length) {
      yield* this.trainer.epoch(rows.subarray(taken * this.batchSize));
    }
  }

  /** Takes steps until the other trainer is ready; returns how many, or all that there are. */
  private *begin(rows: Int32Array): Generator<Steps, number, undefined> {
    const count = Math.ceil(rows.length / this.batchSize);
    let taken = 0;
    let before = now();
    for (const steps of this.trainer.epoch(rows)) {
      const { time, tensor } = now();
      const step = [time - before.time, tensor - before.tensor] as const;
      taken++;
      yield steps;
      // The first step of all takes longer than others.
      if (taken > 1 && recordingCost.midway(count - taken, ...step)) {
        this.getReady(taken);
        return taken;
      }
      before = now();
    }
    return taken;
  }

  private getReady(taken: number): void {
    const { trainer } = this;
    this.trainer = this.make(taken);
    this.isReady = true;
    trainer.dispose?.();
  }

  dispose(): void {
    this.trainer.dispose?.();
  }
}

/** The time in milliseconds, and the number of a tensor that is made now. */
const now = () => ({ time: performance.now(), tensor: tf.tidy(() => tf.scalar(0).id) });
