/** What one step teaches a network. */
import { percent } from '../format';
import { messages } from '../language';
import type { OneStep } from '../network/one-step';
import { say } from './say';

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
