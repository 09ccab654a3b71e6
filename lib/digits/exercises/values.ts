/** Reads answers: a number, a list, a function or a model, in each form that a learner may give it. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { Blank, Mistake, refute } from './exercise';

type Numbers = ArrayLike<number>;

const isNumbers = (value: unknown): value is Numbers =>
  (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) &&
  Array.from(value as ArrayLike<unknown>).every(item => typeof item === 'number');

/** Tells whether a value says nothing: it is none at all, NaN, or a container with nothing in it. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return true;
  if (value instanceof tf.Tensor) return value.size === 0;
  if (value instanceof tf.Sequential) return value.layers.length === 0;
  if (isNumbers(value)) return value.length === 0;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  return Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
}

/**
 * Takes an answer.
 *
 * @throws Blank for a value that says nothing.
 */
export function given<T>(value: T): NonNullable<T> {
  if (isBlank(value)) {
    throw new Blank({ zh: '这里还没有答案。', en: 'There is no answer here yet.' });
  }
  return value as NonNullable<T>;
}

/** Writes a value in a short form, for messages. */
export function shown(value: unknown): string {
  if (value instanceof tf.Tensor) return `tensor [${value.shape.join(', ')}]`;
  if (value instanceof tf.LayersModel) return 'model';
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'function';
  if (!isNumbers(value)) return Array.isArray(value) ? `array [${value.length}]` : String(value);
  const items = Array.from(value).slice(0, 10).map(shown).join(', ');
  return value.length > 10 ? `[${items}, …]` : `[${items}]`;
}

/**
 * Takes a number.
 *
 * @throws Mistake for anything else.
 */
export function theNumber(answer: unknown): number {
  const value = given(answer);
  if (typeof value === 'number') return value;
  if (value instanceof tf.Tensor) {
    throw new Mistake({
      zh: `这还是一个张量（形状 [${value.shape.join(', ')}]），不是普通的数。张量的内容在设备上，要先读回来。`,
      en: `This is still a tensor (shape [${value.shape.join(', ')}]), not a plain number. A tensor's content is on the device and must be read back.`,
    });
  }
  throw new Mistake({
    zh: `这里需要一个数，收到的是 ${shown(value)}。`,
    en: `A number is wanted here; this is ${shown(value)}.`,
  });
}

/**
 * Takes the numbers of an array, a typed array or a tensor, in row-major order.
 *
 * @throws Mistake for anything else.
 */
export function theNumbers(answer: unknown): number[] {
  const value = given(answer);
  if (value instanceof tf.Tensor) return Array.from(value.dataSync());
  if (isNumbers(value)) return Array.from(value);
  if (Array.isArray(value)) {
    const flat = value.flatMap(row => (isNumbers(row) ? Array.from(row) : [row]));
    if (flat.length > 0 && isNumbers(flat)) return flat;
  }
  throw new Mistake({
    zh: `这里需要一组数，收到的是 ${shown(value)}。`,
    en: `A list of numbers is wanted here; this is ${shown(value)}.`,
  });
}

/**
 * Takes a tensor.
 *
 * @throws Mistake for anything else.
 */
export function theTensor(answer: unknown): tf.Tensor {
  const value = given(answer);
  if (value instanceof tf.Tensor) return value;
  throw new Mistake({
    zh: `这里需要一个张量，收到的是 JavaScript 的值 ${shown(value)}。用 tf.tensor… 可以把它变成张量。`,
    en: `A tensor is wanted here; this is ${shown(value)}, a value of JavaScript's. tf.tensor… makes a tensor of it.`,
  });
}

/** Takes the learner's function as it is. */
export function theCode(answer: unknown): (...given: unknown[]) => unknown {
  const value = given(answer);
  refute(typeof value !== 'function', {
    zh: `这里需要一个函数，收到的是 ${shown(value)}。`,
    en: `A function is wanted here; this is ${shown(value)}.`,
  });
  return value as (...given: unknown[]) => unknown;
}

/** Takes the learner's function. What it returns is awaited, and must say something. */
export function theFunction(answer: unknown): (...given: unknown[]) => Promise<unknown> {
  const call = theCode(answer);
  return async (...values) => {
    const result = await call(...values);
    if (isBlank(result)) throw blankResult(result);
    return result;
  };
}

export const blankResult = (result: unknown): Blank =>
  new Blank({
    zh: `您的函数得到的是 ${String(result)}：还没有写完，或者忘了 return。`,
    en: `Your function gives ${String(result)}: it is not finished, or lacks its return.`,
  });

/** Takes a model with layers and shapes, as the digits need it: 28 × 28 in, ten numbers out. */
export function theDigitModel(answer: unknown): tf.LayersModel {
  const value = given(answer);
  refute(!(value instanceof tf.LayersModel), {
    zh: `这里需要一个模型，收到的是 ${shown(value)}。`,
    en: `A model is wanted here; this is ${shown(value)}.`,
  });
  const model = value as tf.LayersModel;
  const [input, output] = [model.inputs?.[0]?.shape, model.outputs?.[0]?.shape];
  refute(!input || !output, {
    zh: '模型还不知道输入的形状：第一层要写明 inputShape: [28, 28]。',
    en: 'The model does not know the shape of its input yet: its first layer must say inputShape: [28, 28].',
  });
  refute(String(input) !== ',28,28', {
    zh: `模型的输入应当是一批 28 × 28 的图片，现在每个样本的形状是 [${input?.slice(1)}]。`,
    en: `The model should take a batch of 28 × 28 pictures; now a sample has the shape [${input?.slice(1)}].`,
  });
  refute(String(output) === ',28,10', {
    zh: '输出的形状是 (None, 28, 10)：每一行像素各得到十个数。少了 Flatten 层，图片没有排成一个向量。',
    en: 'The output has the shape (None, 28, 10): ten numbers for each row of pixels. Without Flatten, the picture is not laid out as one vector.',
  });
  refute(String(output) !== ',10', {
    zh: `每张图片应当得到十个数，现在输出的形状是 [${output?.slice(1)}]。`,
    en: `There should be ten numbers for each picture; now the output has the shape [${output?.slice(1)}].`,
  });
  return model;
}

/** Takes the fields of an answer that is an object. */
export function theFields<K extends string>(
  answer: unknown,
  names: readonly K[],
): Record<K, unknown> {
  const value = given(answer) as Record<K, unknown>;
  const missing = names.filter(name => typeof value !== 'object' || !(name in value));
  refute(missing.length > 0, {
    zh: `这里需要 { ${names.join(', ')} }，缺少 ${missing.join('、')}。`,
    en: `An object { ${names.join(', ')} } is wanted here; ${missing.join(' and ')} is missing.`,
  });
  return value;
}

/** Tells whether two numbers are equal but for the rounding of float32. */
export const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(b));

export const allClose = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => close(value, itemAt(b, i)));
