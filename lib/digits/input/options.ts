import { text } from '../language';

/** An option has a value that it cannot have. */
export class OptionError extends RangeError {
  override readonly name = 'OptionError';
}

/** The options of `fit`, `evaluate` and `predict` that are numbers. */
export interface NumericOptions {
  readonly batchSize?: number | undefined;
  readonly epochs?: number | undefined;
  readonly validationSplit?: number | undefined;
}

/**
 * Checks the options that are numbers.
 *
 * @throws OptionError that says what the option may be, what it was, and an example.
 */
export function checkOptions({ batchSize, epochs, validationSplit }: NumericOptions): void {
  checkCount('batchSize', batchSize, 64);
  checkCount('epochs', epochs, 5);
  if (validationSplit === undefined || (validationSplit >= 0 && validationSplit < 1)) return;
  throw new OptionError(
    text({
      zh: `validationSplit 应当在 0 和 1 之间（不含 1），收到的是 ${shown(validationSplit)}。例如要留出 20%，就写 0.2。`,
      en: `Expected validationSplit to be at least 0 and less than 1 but received ${shown(validationSplit)}. For 20%, write 0.2.`,
    }),
  );
}

function checkCount(name: string, value: number | undefined, example: number): void {
  if (value === undefined || (Number.isInteger(value) && value > 0)) return;
  throw new OptionError(
    text({
      zh: `${name} 应当是大于 0 的整数，收到的是 ${shown(value)}。例如写作 ${example}。`,
      en: `Expected ${name} to be an integer greater than 0 but received ${shown(value)}. Write ${example}, for example.`,
    }),
  );
}

/**
 * Checks that `validationSplit` leaves samples to train on.
 *
 * @throws OptionError that says how many there are.
 */
export function checkSplit(samples: number, validationSplit = 0): void {
  if (Math.floor(samples * (1 - validationSplit)) > 0) return;
  throw new OptionError(
    text({
      zh: `validationSplit 为 ${validationSplit} 时，${samples} 个样本全都留作验证，没有剩下可以训练的。请把它改小，例如 0.2，或者增加样本。`,
      en: `validationSplit ${validationSplit} leaves none of the ${samples} samples to train on. Use a smaller value, such as 0.2, or more samples.`,
    }),
  );
}

/** Writes a value as code would: what is no number at all may be given, too. */
const shown = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
