/** Findings about a training, from its history and from a test. */
import type { HistoryValues } from '../figures/history-curves';
import { inKerasNames, percent } from '../format';
import { GUESSED, type NumberLike, requireAccuracy, unwrapScalar } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { Messages } from '../messages/en';
import { trainingOf } from '../training/training-log';
import { perHundred, say } from './say';

/** Result of `model.fit`, or its `history`. */
type History = { readonly history: HistoryValues } | HistoryValues;

/** Returns the values by epoch; missing metrics are undefined. */
export function valuesOf(given: unknown) {
  const { history = given } = (given ?? {}) as { readonly history?: unknown };
  if (typeof history !== 'object' || history === null) {
    throw new TypeError(messages().findings.noHistory(typeof given));
  }
  const byKerasName = inKerasNames(history as Record<string, readonly number[]>);
  const accuracy = Object.keys(byKerasName).find(name => /^(?!val_).*accuracy$/.test(name));
  return {
    loss: byKerasName.loss ?? [],
    validationLoss: byKerasName.val_loss ?? [],
    accuracy: byKerasName[`${accuracy}`],
    validationAccuracy: byKerasName[`val_${accuracy}`],
    planned: trainingOf(given as object)?.epochs,
  };
}

/**
 * Describes a training: changes of the losses, final accuracy, the epoch from which the validation loss no
 * longer fell, and an early end.
 *
 * @param history result of `model.fit`, or its `history`.
 * @example
 * training({ loss: [0.33, 0.15], val_loss: [0.18, 0.14] });
 */
export function training(history: History): void {
  const { loss, validationLoss, accuracy, validationAccuracy, planned } = valuesOf(history);
  const texts = messages().findings.training;
  const epochs = loss.length;
  const finalAccuracy = (validationAccuracy ?? accuracy)?.at(-1) ?? 1;
  if (epochs === 0) return void say(texts.none);
  say(
    planned !== undefined && epochs < planned && texts.early(epochs, planned),
    changeOf(loss, texts.loss),
    validationLoss.length > 0 ? changeOf(validationLoss, texts.validationLoss) : texts.noValidation,
    rightAtEnd(epochs, accuracy?.at(-1), validationAccuracy?.at(-1)),
    ...(finalAccuracy < GUESSED ? [texts.guessed] : turnOf(validationLoss, loss)),
  );
}

/** Describes the change of a loss from the first to the last epoch. */
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

/** Describes the final accuracy and the difference between training and validation. */
function rightAtEnd(epochs: number, training?: number, validation?: number): string | undefined {
  const texts = messages().findings.training;
  if (training === undefined) return undefined;
  const share = percent(training, 1);
  if (validation === undefined) return texts.right(share);
  // Uses the rounded numbers, so readers can check the difference.
  const gap = Math.abs(Number.parseFloat(share) - Number.parseFloat(percent(validation, 1)));
  // The first epoch's mean includes steps of the nearly untrained network.
  const isEarly = epochs === 1 && validation > training && validation >= GUESSED;
  return (
    texts.rightBoth(share, percent(validation, 1), gap.toFixed(1)) +
    (isEarly ? texts.meanOfEpoch : '')
  );
}

/** Number of epochs without a new minimum that is no coincidence; a single one may be. */
const PATIENCE = 2;

/** Describes the epoch from which the validation loss no longer fell; empty for a single epoch. */
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

/** Ratios of test to training errors that count as more and as many more errors. */
const [MORE, MANY_MORE] = [1.1, 2];

/**
 * Describes the test errors per hundred pictures, compared with training, and the generalization of the
 * network.
 *
 * @param history result of `model.fit`.
 * @param testLoss as returned by `model.evaluate`.
 * @param testAccuracy as returned by `model.evaluate`, from 0 to 1.
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
  const trainingAccuracy = accuracy?.at(-1);
  if (trainingAccuracy === undefined || trainingLoss === undefined)
    return void say(texts.wrong(perHundred(wrong)));
  say(
    wrong === 0
      ? texts.noneWrong
      : texts.wrongBoth(perHundred(wrong), perHundred(1 - trainingAccuracy)),
    texts.loss(loss.toFixed(3), trainingLoss.toFixed(3)),
    verdict(wrong, 1 - trainingAccuracy),
  );
}

/** Describes the generalization of a network with more errors in the test than in training. */
function verdict(wrong: number, trainingErrors: number): string {
  const texts = messages().findings.test;
  if (1 - wrong < GUESSED) return 1 - trainingErrors < GUESSED ? texts.guessed : texts.otherNetwork;
  const times = wrong / trainingErrors;
  if (wrong <= trainingErrors * MORE) return texts.wholly;
  // Rounded down, because the mean over an epoch is worse than the network at the end.
  return times < MANY_MORE ? texts.mostly((Math.floor(10 * times) / 10).toFixed(1)) : texts.byHeart;
}
