/** What a training shows by its history, and a test beside it. */
import { inKerasNames, percent } from '../format';
import { requireAccuracy } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { History } from '../training/fit';
import { trainingOf } from '../training/training-log';
import { say } from './say';

/** The values of the epochs; a metric is left out where there is none. */
export function valuesOf(given: unknown) {
  const { history } = (given ?? {}) as Partial<History>;
  const values = history ?? given;
  if (typeof values !== 'object' || values === null) {
    throw new TypeError(messages().findings.noHistory(typeof given));
  }
  const named = inKerasNames(values as History['history']);
  const of = (pattern: RegExp) => Object.entries(named).find(([name]) => pattern.test(name))?.[1];
  return {
    loss: named.loss ?? [],
    validationLoss: named.val_loss ?? [],
    accuracy: of(/^(?!val_).*accuracy$/),
    validationAccuracy: of(/^val_.*accuracy$/),
    planned: trainingOf(given as object)?.epochs,
  };
}

/**
 * Says how a training went: what the losses did, how far the network is right at the end, from which
 * epoch on the validation loss no longer fell, and whether training ended before its time.
 *
 * @param history what `fit` returned, or its `history`.
 * @throws TypeError if it is something else.
 * @example
 * training({ loss: [0.33, 0.15], val_loss: [0.18, 0.14] });
 */
export function training(history: History | History['history']): void {
  const { loss, validationLoss, accuracy, validationAccuracy, planned } = valuesOf(history);
  const texts = messages().findings.training;
  const epochs = loss.length;
  if (epochs === 0) {
    say(texts.none);
    return;
  }
  const shares = [accuracy, validationAccuracy].map(values => values?.at(-1));
  say(
    planned !== undefined && epochs < planned && texts.early(epochs, planned),
    lossWords(loss, false),
    validationLoss.length > 0 ? lossWords(validationLoss, true) : texts.noValidation,
    rightWords(shares, loss, validationLoss),
    ...turnWords(loss, validationLoss),
  );
}

/** Says what a loss did from the first epoch to the last. */
function lossWords(losses: readonly number[], isValidation: boolean): string {
  const texts = messages().findings.training;
  const [first, last] = [itemAt(losses, 0), itemAt(losses, losses.length - 1)].map(four);
  const { single, fell, rose, same } = isValidation ? texts.validationLoss : texts.loss;
  if (losses.length === 1) return single(`${first}`);
  if (first === last) return same(`${last}`);
  return (Number(last) < Number(first) ? fell : rose)(`${first}`, `${last}`, losses.length);
}

const four = (value: number): string => value.toFixed(4);

/** Says what share is right at the end, and how far training and validation lie apart. */
function rightWords(
  [training, validation]: readonly (number | undefined)[],
  loss: readonly number[],
  validationLoss: readonly number[],
): string | undefined {
  const texts = messages().findings.training;
  if (training === undefined) return undefined;
  const right = percent(training, 1);
  if (validation === undefined) return texts.right(right);
  const gap = (100 * Math.abs(training - validation)).toFixed(1);
  const both = texts.rightBoth(right, percent(validation, 1), gap);
  // The first epoch's mean takes in the steps at which the network knew nothing.
  const isEarly = loss.length === 1 && validation > training && validationLoss.length > 0;
  return isEarly ? both + texts.meanOfEpoch : both;
}

/** A single epoch without a new low may be chance; so many are none. */
const PATIENCE = 2;

/** Says from which epoch on the validation loss no longer fell; nothing of a single epoch. */
function turnWords(training: readonly number[], losses: readonly number[]): string[] {
  const texts = messages().findings.training;
  if (losses.length < 2) return [];
  const lowest = losses.indexOf(Math.min(...losses));
  const last = losses.length - 1;
  const fellAlways = losses.every((value, i) => i === 0 || value < itemAt(losses, i - 1));
  if (fellAlways) return [texts.stillFalling];
  if (lowest === last) return [texts.lowestAtEnd];
  const isOverfitting =
    last - lowest >= PATIENCE && itemAt(training, last) < itemAt(training, lowest);
  return [
    texts.lowest(lowest + 1, four(itemAt(losses, lowest))),
    ...(isOverfitting ? [texts.overfitting] : []),
  ];
}

/** Beyond these factors, a test has more errors than training, and many more. */
const [MORE, MANY_MORE] = [1.1, 2];

/** Below this accuracy, ten digits are guessed. */
const GUESSED = 0.2;

/**
 * Says how many of a hundred test pictures are wrong, beside training, and how far the network
 * generalises.
 *
 * @param history of the training, as `fit` returned it.
 * @param testLoss as `evaluate` returns it.
 * @param testAccuracy likewise, from 0 to 1.
 * @throws TypeError if `history` is none.
 * @throws RangeError if loss or accuracy are no such numbers.
 * @example
 * test({ loss: [0.06], accuracy: [0.98] }, 0.09, 0.97);
 */
export function test(
  history: History | History['history'],
  testLoss: number | undefined,
  testAccuracy: number | undefined,
): void {
  const { loss, accuracy } = valuesOf(history);
  const texts = messages().findings.test;
  if (typeof testLoss !== 'number') throw new RangeError(texts.noLoss(typeof testLoss));
  const wrong = 1 - requireAccuracy(testAccuracy);
  const before = accuracy?.at(-1);
  const hundredth = perHundred(wrong);
  const trainingLoss = loss.at(-1);
  say(
    wrong === 0
      ? texts.noneWrong
      : before === undefined
        ? texts.wrong(hundredth)
        : texts.wrongBoth(hundredth, perHundred(1 - before)),
    trainingLoss !== undefined && texts.loss(testLoss.toFixed(3), trainingLoss.toFixed(3)),
    before !== undefined && verdict(wrong, 1 - before),
  );
}

/** Says how far a network generalises that errs more often in the test than in training. */
function verdict(wrong: number, before: number): string {
  const texts = messages().findings.test;
  if (1 - wrong < GUESSED) return texts.guessed;
  const times = wrong / before;
  if (wrong <= before * MORE) return texts.wholly;
  return times < MANY_MORE ? texts.mostly(times.toFixed(1)) : texts.byHeart;
}

/** Counts errors in a hundred, with a decimal. */
export const perHundred = (share: number): string => (100 * share).toFixed(1);
