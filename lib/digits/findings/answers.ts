/** What the answers of a trained network show. */
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
 * Says to what part the hidden layer cuts the errors of a network without one.
 *
 * @param testAccuracy from 0 to 1, as `model.evaluate` returns it.
 * @throws RangeError if it is no such number.
 * @example
 * baselines(0.9753);
 */
export function baselines(testAccuracy: NumberLike): void {
  const wrong = 1 - requireAccuracy(testAccuracy);
  const without = 1 - NO_HIDDEN_LAYER;
  const texts = messages().findings.baselines;
  const [own, other, best] = [perHundred(wrong), perHundred(without), perHundred(1 - CONVOLUTION)];
  say(
    wrong < without
      ? texts.cut(own, other, percent(wrong / without, 0))
      : texts.noBetter(own, other),
    wrong > 1 - CONVOLUTION ? texts.convolution(best) : texts.likeConvolution(best),
  );
}

/** Pairs that people mix up, too. */
const ALIKE = ['49', '17', '35'];

/**
 * Says which digit is taken for which most often, and which is the hardest.
 *
 * @param labels the digit of each picture, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param predictions the digit that the network takes it for, such as `probabilities.argMax(1)`.
 * @throws TypeError if either is missing or no numbers.
 * @throws RangeError unless there is one prediction for each label, all from 0 to 9.
 * @example
 * mistakes([7, 7, 2], [7, 1, 2]);
 */
export function mistakes(labels: Given, predictions: Given): void {
  const texts = messages().findings.mistakes;
  const byLabel = predictionsByLabel(labels, predictions);
  const found = mistakesAmong(byLabel);
  const [first, second] = found;
  if (!first) return void say(texts.none);
  const rates = errorRates(byLabel);
  const most = itemAt(rates, 0).share;
  const hardest = rates.flatMap(({ digit, share }) => (share === most ? [digit] : []));
  const pair = [first.label, first.prediction].sort().join('');
  say(
    texts.commonest(commonest(found).join(messages().findings.between)),
    first.count > (second?.count ?? 0) && ALIKE.includes(pair) && texts.peopleToo,
    hardest.length < DIGITS.length && texts.hardest(hardest, percent(most, 1)),
  );
}

/**
 * Says how many of a few pictures are read rightly, and which are not.
 *
 * @param labels the digit of each picture, 0 to 9, as a tensor or list, `[samples]`.
 * @param predictions the digit that the network takes it for, `[samples]`.
 * @throws TypeError if either is missing or no numbers.
 * @throws RangeError unless there is one prediction for each label, all from 0 to 9.
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
