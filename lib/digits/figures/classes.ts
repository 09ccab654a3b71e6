import { fourDigits, grouped } from '../format';
import { itemAt } from '../item-at';
import { text } from '../language';
import { divided, type Given, NAMES, type Name, read } from './given';

/** The classes of MNIST. */
export const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/**
 * Reads labels or predictions, one number a sample, of shape `[samples]` or `[samples, 1]`.
 *
 * @throws TypeError where they are missing or no numbers.
 * @throws RangeError for another shape, or a value that is no class.
 */
export function classNumbers(
  given: Given,
  name: 'labels' | 'predictions',
  classes: number = DIGITS.length,
): ArrayLike<number> {
  const { shape, data } = divided(read(given, name));
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) {
    checkClasses(data, classes, name);
    return data;
  }
  const { zh, en } = NAMES[name];
  const [received, cure] = [`[${shape.join(', ')}]`, cureOf(shape)];
  throw new RangeError(
    text({
      zh: `${zh}应当每个样本一个数，收到的形状是 ${received}。${cure.zh}`,
      en: `Expected ${en} to be one number for each sample but received shape ${received}. ${cure.en}`,
    }),
  );
}

const cureOf = (shape: readonly number[]) =>
  shape.length === 2
    ? {
        zh: '如果这是概率或独热编码，请用 argMax(1) 取出类别。',
        en: 'If these are probabilities or one-hot vectors, take the classes by argMax(1).',
      }
    : {
        zh: '标签请用 testY.slice(0, 4) 这样的切片，预测请用 probabilities.argMax(1)。',
        en: 'Pass labels such as testY.slice(0, 4), or predictions such as probabilities.argMax(1).',
      };

type Counts = Partial<Record<Name, number>>;

/**
 * Checks that there is one of each for every sample, and at least one sample.
 *
 * @throws RangeError that names all the numbers and the cure.
 */
export function checkCounts(counts: Counts): void {
  const entries = Object.entries(counts) as [Name, number][];
  const [[, first] = ['pictures', 0]] = entries;
  if (first > 0 && entries.every(([, count]) => count === first)) return;
  const counted = (language: 'zh' | 'en') =>
    entries.map(([name, count]) => NAMES[name].count[language](grouped(count)));
  throw new RangeError(
    text({
      zh: `数量应当相同，至少各有一个，收到的是 ${counted('zh').join('、')}。请取同一个集合的同一段切片。`,
      en: `Expected as many of each, at least one, but received ${counted('en').join(', ')}. Take the same slice of the same set.`,
    }),
  );
}

/**
 * Checks that every value is a class, a whole number from 0 to `classes` − 1.
 *
 * @param classes defaults to the ten digits.
 * @param name what the values are.
 * @throws RangeError that names the first value that is none.
 */
export function checkClasses(
  values: ArrayLike<number>,
  classes: number = DIGITS.length,
  name: 'labels' | 'predictions' = 'labels',
): void {
  const at = Array.prototype.findIndex.call(
    values,
    value => !(Number.isInteger(value) && value >= 0 && value < classes),
  );
  if (at < 0) return;
  const value = itemAt(values, at);
  const received = Number.isInteger(value) ? String(value) : fourDigits(value);
  const cure = {
    labels: {
      zh: '标签请用加载得到的数字，不要像像素那样除以 255。',
      en: 'Use labels as loaded, and do not divide them as pixels are.',
    },
    predictions: {
      zh: '预测请用 argMax(1) 的结果，1 是类别所在的轴。',
      en: 'Use argMax(1) of the probabilities, 1 being the axis of the classes.',
    },
  }[name];
  throw new RangeError(
    text({
      zh: `${NAMES[name].zh}应当是 0～${classes - 1} 的整数，第 ${at} 个却是 ${received}。${cure.zh}`,
      en: `Expected ${name} to be whole numbers from 0 to ${classes - 1}, but number ${at} is ${received}. ${cure.en}`,
    }),
  );
}

/**
 * Sorts predictions by the label of their sample: those for a 0 first, then those for a 1.
 *
 * @throws as {@link classNumbers}, and a RangeError unless there is one prediction for each label.
 * @example
 * predictionsByLabel([7, 7, 2], [7, 1, 2])[7]; // [7, 1]
 */
export function predictionsByLabel(labels: Given, predictions: Given): number[][] {
  const classes = classNumbers(labels, 'labels');
  const all = Array.from(classNumbers(predictions, 'predictions'));
  checkCounts({ labels: classes.length, predictions: all.length });
  return DIGITS.map(digit => all.filter((_, i) => classes[i] === digit));
}

/** Finds the place of the largest value, the first of those that are equal. */
export const argMax = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, value, i, all) => (value > itemAt(all, best) ? i : best), 0);
