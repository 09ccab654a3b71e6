/** Parses answers. The parsers throw NoAnswer for blank values, and WrongAnswer for other invalid values. */
import * as tf from '@tensorflow/tfjs';
import { type Nested, unwrapScalar } from '../../input/given';
import { messages } from '../../language';
import { fail, failIf, NoAnswer } from './exercise';
import { formatValue, isList } from './format';

const texts = () => messages().exercises.answers;

/** Returns whether a value has no content: undefined, null, NaN or an empty container. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return true;
  if (value instanceof tf.Tensor) return value.size === 0;
  if (value instanceof tf.Sequential) return value.layers.length === 0;
  if (isList(value)) return value.length === 0;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  return Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
}

export function requireAnswer<T>(value: T): NonNullable<T> {
  if (isBlank(value)) throw new NoAnswer(texts().none);
  return value as NonNullable<T>;
}

export function parseNumber(answer: unknown): number {
  failIf(Number.isNaN(answer), texts().nan);
  const value = unwrapScalar(requireAnswer(answer));
  if (typeof value === 'number') return value;
  const text = formatValue(value);
  if (value instanceof tf.Tensor) fail(texts().stillTensor(value.shape.join(', ')));
  const isOneNumber = isList(value) && value.length === 1 && typeof value[0] === 'number';
  failIf(isOneNumber, texts().listOfOne(text));
  failIf(typeof value === 'string' && Number.isFinite(Number(value)), texts().textNumber(text));
  return fail(texts().noNumber(text));
}

/** Returns the numbers of an array, typed array or tensor as lists of the same nesting. */
export function parseArray(answer: unknown): readonly Nested[] {
  const list = plainArrays(requireAnswer(answer));
  if (!Array.isArray(list)) return fail(texts().noList(formatValue(answer)));
  // Search by index, because an invalid item may be undefined.
  const items: unknown[] = list.flat(9);
  const index = items.findIndex(item => typeof item !== 'number');
  failIf(index >= 0, texts().strangeItem(formatValue(answer), formatValue(items[index])));
  return list;
}

function plainArrays(value: unknown): unknown {
  if (value instanceof tf.Tensor) return parseTensor(value).arraySync();
  return isList(value) ? Array.from(value, plainArrays) : value;
}

export function parseTensor(answer: unknown): tf.Tensor {
  const value = requireAnswer(answer);
  if (!(value instanceof tf.Tensor)) return fail(texts().noTensor(formatValue(value)));
  failIf(value.isDisposed, texts().freed);
  return value;
}

export function parseCode(answer: unknown): (...inputs: unknown[]) => unknown {
  const value = requireAnswer(answer);
  failIf(typeof value !== 'function', texts().noFunction(formatValue(value)));
  return value as (...inputs: unknown[]) => unknown;
}

export function parseFields<K extends string>(
  answer: unknown,
  names: readonly K[],
): Record<K, unknown> {
  const value = requireAnswer(answer) as Record<K, unknown>;
  const missing = names.filter(name => typeof value !== 'object' || !(name in value));
  failIf(missing.length > 0, texts().missingFields(names, missing));
  return value;
}
