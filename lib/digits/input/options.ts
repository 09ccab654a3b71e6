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

/** Writes a value as code would: what is no number at all may be given, too. */
const asCode = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
