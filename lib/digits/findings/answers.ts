/** Findings about a trained network's answers. */
import { CONVOLUTION, NO_HIDDEN_LAYER } from '../figures/baselines';
import { commonest, mistakesAmong } from '../figures/confusion-matrix';
import { percent } from '../format';
import {
  checkCounts,
  DIGITS,
  errorRates,
  type Given,
  type NumberLike,
  predictionsByLabel,
  readClasses,
  requireAccuracy,
} from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { perHundred, say } from './say';

/**
 * Shows how much the hidden layer reduces the errors of a network without one.
 *
 * @param testAccuracy from 0 to 1, as returned by `model.evaluate`.
 * @example
 * baselines(0.9753);
 */
export function baselines(testAccuracy: NumberLike): void {
  const wrong = 1 - requireAccuracy(testAccuracy);
  const without = 1 - NO_HIDDEN_LAYER;
  const texts = messages().findings.baselines;
  const [errors, other, best] = [
    perHundred(wrong),
    perHundred(without),
    perHundred(1 - CONVOLUTION),
  ];
  say(
    wrong < without
      ? texts.cut(errors, other, percent(wrong / without, 0))
      : texts.noBetter(errors, other),
    wrong > 1 - CONVOLUTION ? texts.convolution(best) : texts.likeConvolution(best),
  );
}

/** Digit pairs that people also confuse. */
const ALIKE = ['49', '17', '35'];

/**
 * Shows the most frequent confusion and the most difficult digit.
 *
 * @param labels the digit of each picture, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param predictions the network's digits, such as `probabilities.argMax(1)`.
 * @example
 * mistakes([7, 7, 2], [7, 1, 2]);
 */
export function mistakes(labels: Given, predictions: Given): void {
  const texts = messages().findings.mistakes;
  const byLabel = predictionsByLabel(labels, predictions);
  const pairs = mistakesAmong(byLabel);
  const [first, second] = pairs;
  if (!first) return void say(texts.none);
  const rates = errorRates(byLabel);
  const most = itemAt(rates, 0).share;
  const hardest = rates.flatMap(({ digit, share }) => (share === most ? [digit] : []));
  const pair = [first.label, first.prediction].sort().join('');
  say(
    texts.commonest(commonest(pairs).join(messages().findings.between)),
    first.count > (second?.count ?? 0) && ALIKE.includes(pair) && texts.peopleToo,
    hardest.length < DIGITS.length && texts.hardest(hardest, percent(most, 1)),
  );
}

/**
 * Shows how many of a few pictures are recognized, and lists the mistakes.
 *
 * @param labels the digit of each picture, 0 to 9, as a tensor or list, `[samples]`.
 * @param predictions the network's digits, `[samples]`.
 * @example
 * firstFour([7, 2, 1, 0], [7, 2, 1, 0]);
 */
export function firstFour(labels: Given, predictions: Given): void {
  const [all, answers] = [readClasses(labels, 'labels'), readClasses(predictions, 'predictions')];
  checkCounts({ labels: all.length, predictions: answers.length });
  const texts = messages().findings.firstFour;
  const wrong = Array.from(all).flatMap((label, i) =>
    label === answers[i] ? [] : texts.wrong(i + 1, label, itemAt(answers, i)),
  );
  if (wrong.length === 0) say(texts.allRight(all.length, Array.from(all)));
  else say(texts.someWrong(all.length - wrong.length, all.length, wrong));
}
