/** Reads answers: a number, a list, a function or a model, in each form that a learner may give it. */
import * as tf from '@tensorflow/tfjs';
import { Blank, Mistake, refute } from './exercise';
import { settled } from './settled';
import { isList, shown } from './shown';

export { shown };

/** Tells whether a value says nothing: it is none at all, NaN, or a container with nothing in it. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return true;
  if (value instanceof tf.Tensor) return value.size === 0;
  if (value instanceof tf.Sequential) return value.layers.length === 0;
  if (isList(value)) return value.length === 0;
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
    throw new Blank({ zh: '这里还没有答案。', en: 'There is no answer yet.' });
  }
  return value as NonNullable<T>;
}

/**
 * Takes a number.
 *
 * @throws Mistake for anything else.
 */
export function theNumber(answer: unknown): number {
  refute(Number.isNaN(answer), {
    zh: '得到的是 NaN，不是数。用 undefined 或文字去计算，就会得到 NaN。',
    en: 'The result is NaN, which is not a number. It comes of computing with undefined or with text.',
  });
  const value = given(answer);
  if (typeof value === 'number') return value;
  if (value instanceof tf.Tensor) {
    throw new Mistake({
      zh: `这还是一个张量（形状 [${value.shape.join(', ')}]），不是普通的数。它的内容在设备上，要读回来。`,
      en: `This is still a tensor (shape [${value.shape.join(', ')}]), not a plain number. Its content is on the device; read it back.`,
    });
  }
  refute(isList(value) && value.length === 1 && typeof value[0] === 'number', {
    zh: `这里应当是一个数，现在是一个数组 ${shown(value)}，里面只有一个数。用 [0] 取出它。`,
    en: `This should be a number, but it is an array that holds one, ${shown(value)}. Take it out with [0].`,
  });
  refute(typeof value === 'string' && Number.isFinite(Number(value)), {
    zh: `${shown(value)} 是一段文字，不是数。`,
    en: `${shown(value)} is text, not a number.`,
  });
  throw new Mistake({
    zh: `这里应当是一个数，现在是 ${shown(value)}。`,
    en: `This should be a number, but it is ${shown(value)}.`,
  });
}

/** Numbers, in lists of any depth. */
export type Nested = number | readonly Nested[];

/**
 * Takes the numbers of an array, a typed array or a tensor, in lists of the same nesting.
 *
 * @throws Mistake for anything else.
 */
export function theArray(answer: unknown): readonly Nested[] {
  const list = nested(given(answer));
  refute(!Array.isArray(list), {
    zh: `这里应当是一组数，现在是 ${shown(answer)}。`,
    en: `This should be a list of numbers, but it is ${shown(answer)}.`,
  });
  const strange = (list as unknown[]).flat(9).find(item => typeof item !== 'number');
  refute(
    (list as unknown[]).flat(9).some(item => typeof item !== 'number'),
    {
      zh: `这里应当是一组数，现在是 ${shown(answer)}，其中 ${shown(strange)} 不是数。`,
      en: `This should be a list of numbers, but it is ${shown(answer)}, and ${shown(strange)} is not a number.`,
    },
  );
  return list as Nested[];
}

/**
 * Takes the numbers of a plain list, as {@link theArray}.
 *
 * @throws Mistake for lists within it, too.
 */
export function theNumbers(answer: unknown): number[] {
  const list = theArray(answer);
  refute(
    list.some(item => typeof item !== 'number'),
    {
      zh: `这里应当是一列数，里面不再有列表，现在是 ${shown(list)}。`,
      en: `This should be a plain list of numbers, but it has lists in it: ${shown(list)}.`,
    },
  );
  return list as number[];
}

/** Makes plain arrays of lists and tensors, at any depth. */
function nested(value: unknown): unknown {
  if (value instanceof tf.Tensor) return theTensor(value).arraySync();
  return isList(value) ? Array.from(value, nested) : value;
}

/**
 * Takes a tensor.
 *
 * @throws Mistake for anything else.
 */
export function theTensor(answer: unknown): tf.Tensor {
  const value = given(answer);
  refute(!(value instanceof tf.Tensor), {
    zh: `这里应当是一个张量，现在是 JavaScript 的值 ${shown(value)}。用 tf.tensor… 可以把数变成张量。`,
    en: `This should be a tensor, but it is a JavaScript value, ${shown(value)}. tf.tensor… turns numbers into a tensor.`,
  });
  const tensor = value as tf.Tensor;
  refute(tensor.isDisposed, {
    zh: '这个张量已经释放，里面的数不在了。要返回的张量不能释放。',
    en: 'This tensor has been freed, and its numbers are gone. Do not free the tensor that you return.',
  });
  return tensor;
}

/** Takes the learner's function as it is. */
export function theCode(answer: unknown): (...given: unknown[]) => unknown {
  const value = given(answer);
  refute(typeof value !== 'function', {
    zh: `这里应当是一个函数，现在是 ${shown(value)}。`,
    en: `This should be a function, but it is ${shown(value)}.`,
  });
  return value as (...given: unknown[]) => unknown;
}

/** Takes the learner's function. What it returns is awaited, and must say something. */
export function theFunction(answer: unknown): (...given: unknown[]) => Promise<unknown> {
  const call = theCode(answer);
  return async (...values) => {
    const result = await settled(call(...values));
    if (isBlank(result)) throw blankResult(result);
    return result;
  };
}

export const blankResult = (result: unknown): Blank =>
  new Blank({
    zh: `您的函数返回了 ${String(result)}：还没有写完，或者忘了 return。`,
    en: `Your function returns ${String(result)}: it is not finished, or a return is missing.`,
  });

/** Takes a model that knows its shapes. */
export function theModel(answer: unknown): tf.LayersModel {
  const value = given(answer);
  if (!(value instanceof tf.LayersModel)) {
    throw new Mistake({
      zh: `这里应当是一个模型，现在是 ${shown(value)}。`,
      en: `This should be a model, but it is ${shown(value)}.`,
    });
  }
  refute(!value.inputs?.length || !value.outputs?.length, {
    zh: '模型还不知道输入的形状：第一层要写明 inputShape。',
    en: 'The model does not know the shape of its input yet: its first layer must say inputShape.',
  });
  refute(value.inputs.length > 1 || value.outputs.length > 1, {
    zh: '模型应当只有一个输入和一个输出。',
    en: 'The model should have a single input and a single output.',
  });
  return value;
}

/** Takes a model as the digits need it: 28 × 28 in, ten numbers out. */
export function theDigitModel(answer: unknown): tf.LayersModel {
  const model = theModel(answer);
  const [input, output] = [model.inputs, model.outputs].map(([tensor]) => tensor?.shape.slice(1));
  refute(String(input) === '784', {
    zh: '模型的输入是 784 个数，图片却是 28 × 28 的。让 Flatten 作第一层，它会把图片排成 784 个数。',
    en: 'The model takes 784 numbers, but a picture is 28 × 28. Let Flatten come first: it lays a picture out as 784 numbers.',
  });
  refute(String(input) !== '28,28', {
    zh: `模型的输入应当是一批 28 × 28 的图片，现在每个样本的形状是 [${input}]。`,
    en: `The model should take a batch of 28 × 28 pictures; now a sample has the shape [${input}].`,
  });
  refute(String(output) === '28,10', {
    zh: '输出的形状是 (None, 28, 10)：每一行像素各得到十个数。少了 Flatten 层，图片没有排成一个向量。',
    en: 'The output has the shape (None, 28, 10): ten numbers for each row of pixels. Without Flatten, the picture is not laid out as one vector.',
  });
  refute(String(output) !== '10', {
    zh: `每张图片应当得到十个数，现在输出的形状是 [${output}]。`,
    en: `There should be ten numbers for each picture; now the output has the shape [${output}].`,
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
    zh: `这里应当是 { ${names.join(', ')} }，现在缺少 ${missing.join('、')}。`,
    en: `This should be an object { ${names.join(', ')} }; ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing.`,
  });
  return value;
}

/** Tells whether two numbers are equal but for the rounding of float32. */
export const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 + 1e-5 * Math.abs(b);
