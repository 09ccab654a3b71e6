/** Values in a short form, for messages. */
import * as tf from '@tensorflow/tfjs';
import type { Text } from '../language';

/** Tells whether a value is an array, or a typed one. */
export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Cuts a text off that is too long for a message. */
const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Writes what was thrown, which may be anything; TensorFlow's words without its numbers for them. */
export function thrown(error: unknown): Text {
  let en: string = typeof error;
  try {
    en = cut(String(error), 1000).replace(/Invalid TF_Status: \d+\s*Message: /, '');
  } catch {}
  const zh = en.replace(/Incompatible shapes: (\S+) vs\. (\S+\])\.?/, '形状 $1 和 $2 不相配');
  return { zh, en };
}

/** Writes a value in a short form, for messages; numbers that are not whole with so many digits. */
export function shown(value: unknown, digits = 4): string {
  if (value instanceof tf.Tensor) return `tensor [${value.shape.join(', ')}]`;
  if (value instanceof tf.LayersModel) return 'model';
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return String(Number(value.toPrecision(digits)));
  }
  if (typeof value === 'string') return `'${cut(value, 60)}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'function';
  if (isList(value)) return shownList(value, digits);
  if (value instanceof Error) return thrown(value).en;
  return typeof value === 'object' && value ? value.constructor?.name || 'object' : String(value);
}

function shownList(list: ArrayLike<unknown>, digits: number): string {
  const first = Array.from(list).slice(0, list.length > 12 ? 5 : 12);
  const items = first.map(item =>
    isList(item) && item.length > 12 ? `array [${item.length}]` : shown(item, digits),
  );
  return `[${items.join(', ')}${list.length > 12 ? ', …' : ''}]`;
}
