/** Reads what a figure is given as it comes: the loader's arrays, tensors, typed arrays and lists. */
import type * as tf from '@tensorflow/tfjs';
import { bytesOf } from 'tfjs-graph';
import { type Text, text } from '../language';

/** Numbers in row-major order with a shape, such as the loader's arrays. */
export interface Shaped {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
  /** What the data are still to be divided by; defaults to 1. */
  readonly divisor?: number;
}

/** Lists of numbers, of lists of numbers, and so on, as `arraySync` gives them. */
export type Nested = number | readonly Nested[];

/** What figures take: an array of the loader, a tensor, a typed array, or lists. */
export type Given = Shaped | tf.Tensor | ArrayLike<number> | Nested;

/** What a figure is drawn from: its name, how it is counted, and an example of it. */
export const NAMES = {
  pictures: {
    ...{ zh: '图片', en: 'pictures', example: 'testX.slice(0, 4)' },
    count: { zh: (n: string) => `${n} 张图片`, en: plural('picture', 'pictures') },
  },
  labels: {
    ...{ zh: '标签', en: 'labels', example: 'testY.slice(0, 4)' },
    count: { zh: (n: string) => `${n} 个标签`, en: plural('label', 'labels') },
  },
  predictions: {
    ...{ zh: '预测', en: 'predictions', example: 'probabilities.argMax(1)' },
    count: { zh: (n: string) => `${n} 个预测`, en: plural('prediction', 'predictions') },
  },
  probabilities: {
    ...{ zh: '概率', en: 'probabilities', example: 'digits.predict(model, xTest)' },
    count: {
      zh: (n: string) => `${n} 行概率`,
      en: plural('row of probabilities', 'rows of probabilities'),
    },
  },
} as const;

function plural(one: string, many: string): (n: string) => string {
  return n => `${n} ${n === '1' ? one : many}`;
}

export type Name = keyof typeof NAMES;

/**
 * Reads shape and values. A tensor is read where it is and not disposed of; one that `divide` made
 * is read as the bytes that it was made of, with their divisor.
 *
 * @throws TypeError where it is missing, a Promise, a tensor without values, or no numbers at all.
 * @throws RangeError for lists of unequal lengths.
 */
export function read(given: unknown, name: Name): Shaped {
  if (isTensor(given)) return readTensor(given, name);
  if (ArrayBuffer.isView(given)) return readList(given as Uint8Array, name);
  if (isShaped(given)) return { shape: given.shape, data: given.data };
  if (Array.isArray(given)) return readList(given, name);
  throw unusable(name, given);
}

// By what it can do, whichever copy of TensorFlow.js made it.
const isTensor = (given: unknown): given is tf.Tensor =>
  typeof (given as tf.Tensor | undefined)?.dataSync === 'function';

const isShaped = (given: unknown): given is Shaped => {
  const { shape, data } = (given ?? {}) as Partial<Shaped>;
  return Array.isArray(shape) && typeof data?.length === 'number';
};

function readTensor(tensor: tf.Tensor, name: Name): Shaped {
  const { shape, dtype, size } = tensor;
  if (tensor.isDisposed) {
    throw refused(
      name,
      { zh: '已被释放（dispose）的张量', en: 'a tensor that has been disposed of' },
      {
        zh: '请再运行一次得到它的单元格；tf.tidy 里创建的张量，出了 tf.tidy 就会被释放。',
        en: 'Run the cell that makes it again; what is made inside tf.tidy is gone after it.',
      },
    );
  }
  if (dtype === 'string' || dtype === 'complex64') throw noNumbers(name, dtype);
  const bytes = bytesOf(tensor);
  if (bytes?.data.length === size) return { shape, ...bytes };
  return { shape, data: tensor.dataSync() };
}

function readList(list: ArrayLike<unknown>, name: Name): Shaped {
  const first = list[0];
  if (list.length === 0 || typeof first === 'number') {
    const other = Array.prototype.find.call(list, value => typeof value !== 'number');
    if (other !== undefined) throw noNumbers(name, kindOf(other));
    return { shape: [list.length], data: list as ArrayLike<number> };
  }
  if (typeof first !== 'object') throw noNumbers(name, kindOf(first));
  const rows = Array.from(list, row => divided(read(row, name)));
  const [{ shape = [] } = {}] = rows;
  const at = rows.findIndex(row => row.shape.join() !== shape.join());
  if (at >= 0) throw unequal(name, shape, at, rows[at]?.shape ?? []);
  return {
    shape: [rows.length, ...shape],
    data: rows.flatMap(({ data }) => Array.from(data)),
  };
}

/** Divides what is still to be divided, so that it can stand among others. */
export const divided = ({ shape, data, divisor = 1 }: Shaped): Shaped =>
  divisor === 1 ? { shape, data } : { shape, data: Float32Array.from(data, n => n / divisor) };

/** Names the kind of a value, as a learner would. */
function kindOf(given: unknown): string {
  if (given === null || typeof given !== 'object') return typeof given;
  return Object.getPrototypeOf(given)?.constructor?.name ?? 'object';
}

function unusable(name: Name, given: unknown): TypeError {
  if (given === undefined || given === null) {
    return refused(name, String(given), {
      zh: '请先运行得到它的单元格，并检查名字有没有写错。',
      en: 'Run the cell that makes it first, and check how its name is spelt.',
    });
  }
  if (typeof (given as PromiseLike<unknown>).then === 'function') {
    return refused(
      name,
      { zh: 'Promise，其中的值还没有算好', en: 'a Promise, whose values are still to come' },
      {
        zh: '请在得到它的调用前面写上 await。',
        en: 'Write await before the call that makes it.',
      },
    );
  }
  if (typeof given === 'number') {
    return refused(name, String(given), {
      zh: `只有一个时也要写成列表：[${given}]。`,
      en: `Write a single one as a list, too: [${given}].`,
    });
  }
  return refused(name, kindOf(given), {
    zh: '可以是加载得到的数组、张量或数的列表。',
    en: "Give the loader's array, a tensor, or a list of numbers.",
  });
}

const noNumbers = (name: Name, kind: string) =>
  refused(
    name,
    { zh: `类型为 ${kind} 的值`, en: `values of type ${kind}` },
    {
      zh: '请先变成数，例如 values.map(Number)。',
      en: 'Make them numbers first, such as values.map(Number).',
    },
  );

function refused(name: Name, received: Text | string, cure: Text): TypeError {
  const { zh, en, example } = NAMES[name];
  const [zhReceived, enReceived] =
    typeof received === 'string' ? [received, received] : [received.zh, received.en];
  return new TypeError(
    text({
      zh: `${zh}应当是数，例如 ${example}，收到的是${spaced(zhReceived)}。${cure.zh}`,
      en: `Expected numbers as ${en}, such as ${example}, but received ${enReceived}. ${cure.en}`,
    }),
  );
}

/** Puts the space before Latin letters that stands between them and Chinese characters. */
const spaced = (words: string) => (/^\w/.test(words) ? ` ${words}` : words);

function unequal(name: Name, shape: readonly number[], at: number, other: readonly number[]) {
  const [first, received] = [`[${shape.join(', ')}]`, `[${other.join(', ')}]`];
  return new RangeError(
    text({
      zh: `${NAMES[name].zh}的每一项应当形状相同，第 0 项是 ${first}，第 ${at} 项却是 ${received}。请检查这个列表是怎样得到的。`,
      en: `Expected ${NAMES[name].en} of one shape, but item 0 is ${first} and item ${at} is ${received}. Check how the list was made.`,
    }),
  );
}
