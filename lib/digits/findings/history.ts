/** What a training shows: by its history, and by a test. */
import type { HistoryValues } from '../figures/history-curves';
import { inKerasNames, percent } from '../format';
import { GUESSED, type NumberLike, requireAccuracy, unwrapScalar } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { Messages } from '../messages/en';
import { trainingOf } from '../training/training-log';
import { perHundred, say } from './say';

/** What `model.fit` returns, or its `history`. */
type History = { readonly history: HistoryValues } | HistoryValues;

/** The values of the epochs; a metric is left out where there is none. */
export function valuesOf(given: unknown) {
  const { history = given } = (given ?? {}) as { readonly history?: unknown };
  if (typeof history !== 'object' || history === null) {
    throw new TypeError(messages().findings.noHistory(typeof given));
  }
  const named = inKerasNames(history as Record<string, readonly number[]>);
  const accuracy = Object.keys(named).find(name => /^(?!val_).*accuracy$/.test(name));
  return {
    loss: named.loss ?? [],
    validationLoss: named.val_loss ?? [],
    accuracy: named[`${accuracy}`],
    validationAccuracy: named[`val_${accuracy}`],
    planned: trainingOf(given as object)?.epochs,
  };
}

/**
 * Says how a training went: what the losses did, how far the network is right at the end, from which
 * epoch on the validation loss no longer fell, and whether training ended before its time.
 *
 * @param history what `model.fit` returned, or its `history`.
 * @throws TypeError if it is something else.
 * @example
 * training({ loss: [0.33, 0.15], val_loss: [0.18, 0.14] });
 */
export function training(history: History): void {
  const { loss, validationLoss, accuracy, validationAccuracy, planned } = valuesOf(history);
  const texts = messages().findings.training;
  const epochs = loss.length;
  const right = (validationAccuracy ?? accuracy)?.at(-1) ?? 1;
  if (epochs === 0) return void say(texts.none);
  say(
    planned !== undefined && epochs < planned && texts.early(epochs, planned),
    changeOf(loss, texts.loss),
    validationLoss.length > 0 ? changeOf(validationLoss, texts.validationLoss) : texts.noValidation,
    rightAtEnd(epochs, accuracy?.at(-1), validationAccuracy?.at(-1)),
    ...(right < GUESSED ? [texts.guessed] : turnOf(validationLoss, loss)),
  );
}

/** Says what a loss did from the first epoch to the last. */
function changeOf(
  losses: readonly number[],
  texts: Messages['findings']['training']['loss'],
): string {
  const [first, last] = [four(itemAt(losses, 0)), four(itemAt(losses, losses.length - 1))];
  if (losses.length === 1) return texts.single(first);
  if (first === last) return texts.same(last);
  return (Number(last) < Number(first) ? texts.fell : texts.rose)(first, last, losses.length);
}

const four = (value: number): string => value.toFixed(4);

/** Says what share is right at the end, and how far training and validation lie apart. */
function rightAtEnd(epochs: number, training?: number, validation?: number): string | undefined {
  const texts = messages().findings.training;
  if (training === undefined) return undefined;
  const right = percent(training, 1);
  if (validation === undefined) return texts.right(right);
  // The difference of the printed numbers, so that readers can check it.
  const gap = Math.abs(Number.parseFloat(right) - Number.parseFloat(percent(validation, 1)));
  // The first epoch's mean takes in the steps at which the network knew nothing.
  const isEarly = epochs === 1 && validation > training && validation >= GUESSED;
  return (
    texts.rightBoth(right, percent(validation, 1), gap.toFixed(1)) +
    (isEarly ? texts.meanOfEpoch : '')
  );
}

/** A single epoch without a new low may be chance; so many are none. */
const PATIENCE = 2;

/** Says from which epoch on the validation loss no longer fell; nothing of a single epoch. */
function turnOf(losses: readonly number[], training: readonly number[]): string[] {
  const texts = messages().findings.training;
  const last = losses.length - 1;
  if (last < 1) return [];
  if (losses.every((value, i) => i === 0 || value < itemAt(losses, i - 1)))
    return [texts.stillFalling];
  const lowest = losses.indexOf(Math.min(...losses));
  if (lowest === last) return [texts.lowestAtEnd];
  const fellOn = last - lowest >= PATIENCE && itemAt(training, last) < itemAt(training, lowest);
  const words = texts.lowest(lowest + 1, four(itemAt(losses, lowest)));
  return fellOn ? [words, texts.overfitting] : [words];
}

/** Beyond these factors, a test has more errors than training, and many more. */
const [MORE, MANY_MORE] = [1.1, 2];

/**
 * Says how many of a hundred test pictures are wrong, beside training, and how far the network
 * generalises.
 *
 * @param history of the training, as `model.fit` returned it.
 * @param testLoss as `model.evaluate` returns it.
 * @param testAccuracy likewise, from 0 to 1.
 * @throws TypeError if `history` is none.
 * @throws RangeError if loss or accuracy are no such numbers.
 * @example
 * test({ loss: [0.06], accuracy: [0.98] }, 0.09, 0.97);
 */
export function test(history: History, testLoss: NumberLike, testAccuracy: NumberLike): void {
  const { loss: losses, accuracy } = valuesOf(history);
  const texts = messages().findings.test;
  const loss = unwrapScalar(testLoss);
  if (typeof loss !== 'number') throw new RangeError(texts.noLoss(typeof loss));
  const wrong = 1 - requireAccuracy(testAccuracy);
  const trainingLoss = losses.at(-1);
  const right = accuracy?.at(-1);
  if (right === undefined || trainingLoss === undefined)
    return void say(texts.wrong(perHundred(wrong)));
  say(
    wrong === 0 ? texts.noneWrong : texts.wrongBoth(perHundred(wrong), perHundred(1 - right)),
    texts.loss(loss.toFixed(3), trainingLoss.toFixed(3)),
    verdict(wrong, 1 - right),
  );
}

/** Says how far a network generalises that errs more often in the test than in training. */
function verdict(wrong: number, before: number): string {
  const texts = messages().findings.test;
  if (1 - wrong < GUESSED) return 1 - before < GUESSED ? texts.guessed : texts.otherNetwork;
  const times = wrong / before;
  if (wrong <= before * MORE) return texts.wholly;
  // Rounded down: the mean over an epoch is worse than the network at its end.
  return times < MANY_MORE ? texts.mostly((Math.floor(10 * times) / 10).toFixed(1)) : texts.byHeart;
}
