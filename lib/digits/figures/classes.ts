import { type Text, text } from '../language';

/** The classes of MNIST: the digits 0 to 9. */
export const DIGITS = 10;

/** What a figure is drawn from, by the name that its error gives it. */
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
 * @throws RangeError that names the first value that is none.
 */
export function checkClasses(values: ArrayLike<number>, classes: number): void {
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
 * How many classes a batch of probabilities has.
 *
 * @param probabilities sample after sample.
 * @throws RangeError where the samples do not share them out evenly.
 */
export function classesOf(probabilities: ArrayLike<number>, samples: number): number {
  const classes = probabilities.length / samples;
  if (Number.isInteger(classes) && classes > 0) return classes;
  throw new RangeError(
    text({
      zh: `${samples} 个样本应当各有一样多的概率，收到的一共是 ${probabilities.length} 个。请传入 predict(model, x).dataSync()，x 是同样的样本。`,
      en: `Expected as many probabilities for each of ${samples} samples but received ${probabilities.length} in all. Hand over predict(model, x).dataSync(), x being the same samples.`,
    }),
  );
}

/** The probabilities of the i-th sample. */
export const rowOf = (probabilities: ArrayLike<number>, i: number, classes: number): number[] =>
  Array.from({ length: classes }, (_, at) => probabilities[i * classes + at] as number);

/** The place of the largest value. */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if ((values[i] as number) > (values[best] as number)) best = i;
  }
  return best;
}
