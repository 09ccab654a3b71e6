import { fourDigits, grouped } from '../format';
import { itemAt } from '../item-at';
import { text } from '../language';
import { checkCounts } from './classes';
import { divided, type Given, read } from './given';

/** The probabilities of a batch. */
export interface Probabilities {
  readonly classes: number;
  /** Those of the i-th sample, one a class. */
  row(i: number): number[];
}

/** Above 1, what rounding adds. */
const TOLERANCE = 1e-3;

/**
 * Reads probabilities, one a class for each sample: of shape `[samples, classes]`, or all in a row.
 *
 * @throws TypeError where they are missing or no numbers.
 * @throws RangeError unless each sample has as many, two at least, all in [0, 1].
 */
export function probabilitiesOf(given: Given, samples: number): Probabilities {
  const { shape, data } = divided(read(given, 'probabilities'));
  if (shape.length === 2) checkCounts({ pictures: samples, probabilities: shape[0] ?? 0 });
  const classes = data.length / samples;
  if (shape.length > 2 || !(Number.isInteger(classes) && classes > 1)) throw odd(samples, shape);
  const at = Array.prototype.findIndex.call(data, p => !(p >= 0 && p <= 1 + TOLERANCE));
  if (at >= 0) throw noProbability(itemAt(data, at), at);
  const row = (i: number) => Array.prototype.slice.call(data, i * classes, (i + 1) * classes);
  return { classes, row };
}

function odd(samples: number, shape: readonly number[]): RangeError {
  const received = `[${shape.join(', ')}]`;
  return new RangeError(
    text({
      zh: `${grouped(samples)} 个样本应当各有一行概率，收到的形状是 ${received}。请传入 digits.predict(model, x)，x 是同样的样本，不要先取 argMax。`,
      en: `Expected a row of probabilities for each of ${grouped(samples)} samples but received shape ${received}. Pass digits.predict(model, x), x being the same samples, without argMax.`,
    }),
  );
}

const noProbability = (value: number, at: number) =>
  new RangeError(
    text({
      zh: `概率应当在 0 和 1 之间，第 ${at} 个却是 ${fourDigits(value)}。如果模型的输出是 logits，请先写 .softmax()。`,
      en: `Expected probabilities from 0 to 1, but number ${at} is ${fourDigits(value)}. If the model gives logits, write .softmax() first.`,
    }),
  );
