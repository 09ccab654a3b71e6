import { messages } from '../language';
import { OptionError } from './errors';

/** The options of `fit`, `evaluate` and `predict` that are numbers. */
interface NumericOptions {
  readonly batchSize?: number | undefined;
  readonly epochs?: number | undefined;
  readonly validationSplit?: number | undefined;
}

/** Checks the options that are numbers. */
export function checkOptions({ batchSize, epochs, validationSplit }: NumericOptions): void {
  checkCount('batchSize', batchSize, 64);
  checkCount('epochs', epochs, 5);
  if (validationSplit === undefined || (validationSplit >= 0 && validationSplit < 1)) return;
  throw new OptionError(messages().input.validationSplit(asCode(validationSplit)));
}

function checkCount(name: string, value: number | undefined, example: number): void {
  if (value === undefined || (Number.isInteger(value) && value > 0)) return;
  throw new OptionError(messages().input.wholeNumber(name, asCode(value), example));
}

/** Checks that `validationSplit` leaves samples to train on. */
export function checkSplit(samples: number, validationSplit = 0): void {
  if (Math.floor(samples * (1 - validationSplit)) > 0) return;
  throw new OptionError(messages().input.noneToTrain(validationSplit, samples));
}

/** Checks the size of a step, which is a number above 0. */
export function checkRate(learningRate: number): void {
  if (Number.isFinite(learningRate) && learningRate > 0) return;
  throw new OptionError(messages().input.learningRate(learningRate));
}

/** Writes a value as code would: what is no number at all may be given, too. */
const asCode = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
