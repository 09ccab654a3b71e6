/** Reads answers: a number, a list, a function or a model, in each form that a learner may give it. */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { messages } from '../../language';
import { failIf, NoAnswer, WrongAnswer } from './exercise';
import { formatValue, isList } from './format-value';
import { settled } from './learner-code';

const texts = () => messages().exercises.answers;

/** Tells whether a value says nothing: it is none at all, NaN, or a container with nothing in it. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return true;
  if (value instanceof tf.Tensor) return value.size === 0;
  if (value instanceof tf.Sequential) return value.layers.length === 0;
  if (isList(value)) return value.length === 0;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  return Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
}

/** Takes an answer. Each of these throws NoAnswer for one that says nothing, else WrongAnswer. */
export function requireAnswer<T>(value: T): NonNullable<T> {
  if (isBlank(value)) throw new NoAnswer(texts().none);
  return value as NonNullable<T>;
}

export function parseNumber(answer: unknown): number {
  failIf(Number.isNaN(answer), texts().nan);
  const value = requireAnswer(answer);
  if (typeof value === 'number') return value;
  const written = formatValue(value);
  if (value instanceof tf.Tensor)
    throw new WrongAnswer(texts().stillTensor(value.shape.join(', ')));
  const isOneNumber = isList(value) && value.length === 1 && typeof value[0] === 'number';
  failIf(isOneNumber, texts().listOfOne(written));
  failIf(typeof value === 'string' && Number.isFinite(Number(value)), texts().textNumber(written));
  throw new WrongAnswer(texts().noNumber(written));
}

/** Takes the numbers of an array, a typed array or a tensor, in lists of the same nesting. */
export function parseArray(answer: unknown): readonly Nested[] {
  const list = plainArrays(requireAnswer(answer));
  if (!Array.isArray(list)) throw new WrongAnswer(texts().noList(formatValue(answer)));
  // By its place, since undefined is strange, too.
  const items: unknown[] = list.flat(9);
  const at = items.findIndex(item => typeof item !== 'number');
  failIf(at >= 0, texts().strangeItem(formatValue(answer), formatValue(items[at])));
  return list;
}

/** Takes the numbers of a list that has no lists in it. */
export function parseNumbers(answer: unknown): number[] {
  const list = parseArray(answer);
  failIf(
    list.some(item => typeof item !== 'number'),
    texts().listsInList(formatValue(list)),
  );
  return list as number[];
}

function plainArrays(value: unknown): unknown {
  if (value instanceof tf.Tensor) return parseTensor(value).arraySync();
  return isList(value) ? Array.from(value, plainArrays) : value;
}

export function parseTensor(answer: unknown): tf.Tensor {
  const value = requireAnswer(answer);
  if (!(value instanceof tf.Tensor)) throw new WrongAnswer(texts().noTensor(formatValue(value)));
  failIf(value.isDisposed, texts().freed);
  return value;
}

export function parseCode(answer: unknown): (...given: unknown[]) => unknown {
  const value = requireAnswer(answer);
  failIf(typeof value !== 'function', texts().noFunction(formatValue(value)));
  return value as (...given: unknown[]) => unknown;
}

/** Takes the learner's function. What it returns is awaited, and must say something. */
export function parseFunction(answer: unknown): (...given: unknown[]) => Promise<unknown> {
  const call = parseCode(answer);
  return async (...values) => {
    const result = await settled(call(...values));
    if (isBlank(result)) throw nothingReturned(result);
    return result;
  };
}

export const nothingReturned = (result: unknown): NoAnswer =>
  new NoAnswer(texts().nothingReturned(String(result)));

export function parseFields<K extends string>(
  answer: unknown,
  names: readonly K[],
): Record<K, unknown> {
  const value = requireAnswer(answer) as Record<K, unknown>;
  const missing = names.filter(name => typeof value !== 'object' || !(name in value));
  failIf(missing.length > 0, texts().missingFields(names, missing));
  return value;
}

/** Tells whether two numbers are equal but for the rounding of float32. */
export const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 + 1e-5 * Math.abs(b);
