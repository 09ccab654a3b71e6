/** Writes values in a short form, for messages. */
import * as tf from '@tensorflow/tfjs';
import { messages } from '../../language';

/** Tells whether a value is an array, or a typed one. */
export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const shorten = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** Writes what was thrown, which may be anything; TensorFlow's words without its numbers for them. */
export function formatThrown(error: unknown): string {
  let words: string = typeof error;
  try {
    words = shorten(String(error), 1000).replace(/Invalid TF_Status: \d+\s*Message: /, '');
  } catch {}
  return words.replace(/Incompatible shapes: (\S+) vs\. (\S+\])\.?/, (_, a: string, b: string) =>
    messages().exercises.incompatibleShapes(a, b),
  );
}

/** Writes a value in a short form; numbers that are not whole with so many digits. */
export function formatValue(value: unknown, digits = 4): string {
  if (value instanceof tf.Tensor) return `tensor [${value.shape.join(', ')}]`;
  if (value instanceof tf.LayersModel) return 'model';
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return String(Number(value.toPrecision(digits)));
  }
  if (typeof value === 'string') return `'${shorten(value, 60)}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'function';
  if (isList(value)) return formatList(value, digits);
  if (value instanceof Error) return formatThrown(value);
  return typeof value === 'object' && value ? value.constructor?.name || 'object' : String(value);
}

function formatList(list: ArrayLike<unknown>, digits: number): string {
  const first = Array.from(list).slice(0, list.length > 12 ? 5 : 12);
  const items = first.map(item =>
    isList(item) && item.length > 12 ? `array [${item.length}]` : formatValue(item, digits),
  );
  return `[${items.join(', ')}${list.length > 12 ? ', …' : ''}]`;
}
