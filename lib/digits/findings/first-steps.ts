/** What a network that has not learnt yet shows, and what one step teaches it. */
import { percent } from '../format';
import { argMax, type Given, readRow } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { OneStep } from '../network/one-step';
import { say } from './say';

/** A network that knows nothing seldom gives a digit more than this, whatever its initial weights. */
const STRONG = 0.5;

/**
 * Says how sure an untrained network is of its answer for one picture, beside guessing.
 *
 * @param probabilities as `predict` returns them for one picture, `[1, 10]` or `[10]`, each in [0, 1].
 * @throws TypeError if they are missing or no numbers.
 * @throws RangeError unless they are one row of probabilities.
 * @example
 * untrained([[0.05, 0.15, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]);
 */
export function untrained(probabilities: Given): void {
  const row = readRow(probabilities);
  const texts = messages().findings.untrained;
  const digit = argMax(row);
  const largest = itemAt(row, digit);
  say(
    texts.largest(digit, percent(largest, 0), percent(1 / row.length, 0)),
    largest < STRONG ? texts.byChance : texts.strong,
  );
}

/** How far the loss of a network that guesses may lie from that of equal probabilities. */
const NEAR = 0.5;

/** A change below this share of the loss is none. */
const HARDLY = 0.005;

/**
 * Says what one step did to the loss, and whether the network guessed before it.
 *
 * @param step what `digits.oneStep` returned.
 * @throws TypeError if it is something else.
 * @example
 * oneStep(digits.oneStep(model, xTrain.slice(0, 64), yTrain.slice(0, 64)));
 */
export function oneStep(step: OneStep): void {
  const texts = messages().findings.oneStep;
  const { loss, lossAfter, picture } = (step ?? {}) as Partial<OneStep>;
  if (typeof loss !== 'number' || typeof lossAfter !== 'number' || !picture) {
    throw new TypeError(texts.noStep(typeof step));
  }
  const classes = picture.probabilities.length;
  const guessing = Math.log(classes);
  const [before, ln] = [loss.toFixed(2), `ln ${classes} ≈ ${guessing.toFixed(2)}`];
  const change = (lossAfter - loss) / loss;
  const share = percent(Math.abs(change), 0);
  const after = lossAfter.toFixed(2);
  say(
    Math.abs(loss - guessing) < NEAR
      ? texts.near(before, ln)
      : (loss < guessing ? texts.below : texts.above)(before, ln),
    Math.abs(change) < HARDLY
      ? texts.hardly(after)
      : (change < 0 ? texts.fell : texts.rose)(after, share),
  );
}
