import * as tf from '@tensorflow/tfjs';
import type { Trainer } from './trainer';

/** Decides if recording a step pays. Measured on models of all kinds, on two cores. */
export const recordingCost = {
  /**
   * The steps from which on a training gains by it, over all epochs; and those of an epoch from which on
   * its first one does. To record a step takes two steps of tfjs-layers and some more, the graph is loaded,
   * and its first run is slow: about 8 steps of tfjs-layers take as long.
   */
  from: 8,

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
 *
 * @param first takes the first steps.
 * @param make makes the trainer of the later steps, given how many of the epoch were taken.
 * @param steps of an epoch.
 * @param isLong whether the training has so many steps that recording pays in any case.
 */
export function switchingTrainer(
  first: Trainer,
  make: (taken: number) => Trainer,
  steps: number,
  isLong: boolean,
): Trainer {
  let trainer = first;
  let isDue = false;
  /** Steps that the first trainer has taken of the epoch. */
  let taken = 0;
  return {
    stepsAtOnce() {
      if (isDue && trainer === first) {
        trainer = make(taken);
        first.dispose?.();
        trainer.push?.();
      }
      return trainer.stepsAtOnce?.() ?? 1;
    },
    train(call) {
      if (trainer !== first) return trainer.train(call);
      const before = now();
      const values = trainer.train(call);
      const { time, tensor } = now();
      taken = (taken + 1) % steps;
      // The first step of all takes longer than others.
      isDue =
        taken === 0
          ? isLong
          : taken > 1 &&
            recordingCost.midway(steps - taken, time - before.time, tensor - before.tensor);
      return values;
    },
    validate: part => trainer.validate(part),
    push: () => trainer.push?.(),
    pull: () => trainer.pull?.(),
    dispose: () => trainer.dispose?.(),
  };
}

/** The time in milliseconds, and the number of a tensor that is made now. */
const now = () => ({ time: performance.now(), tensor: tf.tidy(() => tf.scalar(0).id) });
