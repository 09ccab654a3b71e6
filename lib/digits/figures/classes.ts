import { itemAt } from '../item-at';
import { type Text, text } from '../language';

/** The classes of MNIST. */
export const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The words by which an error names what a figure is drawn from. */
const NAMES = {
  images: { zh: '图片', en: 'images' },
  labels: { zh: '标签', en: 'labels' },
  predictions: { zh: '预测', en: 'predictions' },
} as const satisfies Record<string, Text>;

type Counts = Partial<Record<keyof typeof NAMES, number>>;

/**
 * Checks that there is one of each for every sample, and at least one sample.
 *
 * @throws RangeError that names all the numbers and the cure.
 */
export function checkCounts(counts: Counts): void {
  const entries = Object.entries(counts) as [keyof typeof NAMES, number][];
  const [[, first] = ['images', 0]] = entries;
  if (first > 0 && entries.every(([, count]) => count === first)) return;
  const zh = entries.map(([name, count]) => `${count} 个${NAMES[name].zh}`).join('、');
  const en = entries.map(([name, count]) => `${count} ${NAMES[name].en}`).join(', ');
  throw new RangeError(
    text({
      zh: `每个样本应当各有一个，且至少有一个样本，收到的是 ${zh}。请取同一个集合的同一段切片。`,
      en: `Expected one of each for every sample, and at least one sample, but received ${en}. Take the same slice of the same set.`,
    }),
  );
}

/**
 * Checks that every value is a class, a whole number from 0 to `classes` − 1.
 *
 * @param classes defaults to the ten digits.
 * @throws RangeError that names the first value that is none.
 */
export function checkClasses(values: ArrayLike<number>, classes: number = DIGITS.length): void {
  const at = Array.prototype.findIndex.call(
    values,
    value => !(Number.isInteger(value) && value >= 0 && value < classes),
  );
  if (at < 0) return;
  throw new RangeError(
    text({
      zh: `每个值应当是 0～${classes - 1} 的整数，第 ${at} 个却是 ${values[at]}。标签请用加载得到的数字；预测请用 argMax(1) 的结果。`,
      en: `Expected whole numbers from 0 to ${classes - 1} but number ${at} is ${values[at]}. Use the labels as loaded, and argMax(1) of the probabilities for predictions.`,
    }),
  );
}

/**
 * Sorts predictions by the label of their sample: those for a 0 first, then those for a 1.
 *
 * @throws RangeError unless there is one prediction for each label, all from 0 to 9.
 * @example
 * predictionsByLabel([7, 7, 2], [7, 1, 2])[7]; // [7, 1]
 */
export function predictionsByLabel(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
): number[][] {
  checkCounts({ labels: labels.length, predictions: predictions.length });
  checkClasses(labels);
  checkClasses(predictions);
  const all = Array.from(predictions);
  return DIGITS.map(digit => all.filter((_, i) => labels[i] === digit));
}

/**
 * Works out how many classes a batch of probabilities has.
 *
 * @param probabilities sample after sample.
 * @throws RangeError where the samples do not all have as many.
 */
export function classesOf(probabilities: ArrayLike<number>, samples: number): number {
  const classes = probabilities.length / samples;
  if (Number.isInteger(classes) && classes > 0) return classes;
  throw new RangeError(
    text({
      zh: `${samples} 个样本应当各有一样多的概率，收到的一共是 ${probabilities.length} 个。请传入 predict(model, x).dataSync()，x 是同样的样本。`,
      en: `Expected as many probabilities for each of ${samples} samples but received ${probabilities.length} in all. Pass predict(model, x).dataSync(), x being the same samples.`,
    }),
  );
}

/** Takes the probabilities of the i-th sample out of those of a batch. */
export const rowOf = (probabilities: ArrayLike<number>, i: number, classes: number): number[] =>
  Array.prototype.slice.call(probabilities, i * classes, (i + 1) * classes);

/** Finds the place of the largest value, the first of those that are equal. */
export const argMax = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, value, i, all) => (value > itemAt(all, best) ? i : best), 0);
