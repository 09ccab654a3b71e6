/** Values in a short form, for messages. */
import * as tf from '@tensorflow/tfjs';

/** Tells whether a value is an array, or a typed one. */
export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Writes a value in a short form, for messages. */
export function shown(value: unknown): string {
  if (value instanceof tf.Tensor) return `tensor [${value.shape.join(', ')}]`;
  if (value instanceof tf.LayersModel) return 'model';
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return String(Number(value.toPrecision(4)));
  }
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'function';
  if (isList(value)) return shownList(value);
  if (value instanceof Error) return String(value);
  return typeof value === 'object' && value ? (value.constructor?.name ?? 'object') : String(value);
}

function shownList(list: ArrayLike<unknown>): string {
  const first = Array.from(list).slice(0, list.length > 12 ? 5 : 12);
  const items = first.map(item =>
    isList(item) && item.length > 12 ? `array [${item.length}]` : shown(item),
  );
  return `[${items.join(', ')}${list.length > 12 ? ', …' : ''}]`;
}
