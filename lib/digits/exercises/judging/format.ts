/** Formats values and errors of the learner's code for messages. */
import * as tf from '@tensorflow/tfjs';
import { messages } from '../../language';

export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const shorten = (text: string, limit: number) =>
  text.length > limit ? `${text.slice(0, limit)}…` : text;

/** Formats a thrown value of any type, and explains TensorFlow's messages about shapes. */
export function formatThrown(error: unknown): string {
  let text: string = typeof error;
  try {
    text = shorten(String(error), 1000).replace(/Invalid TF_Status: \d+\s*Message: /, '');
  } catch {}
  // The messages of the native engine and of WebAssembly for a vector in matMul.
  if (/ndims must be >= 2|new shape:? \(?1,,|inner shapes.{1,60}undefined/.test(text))
    return messages().exercises.vector;
  return text.replace(/Incompatible shapes: (\S+) vs\. (\S+\])\.?/, (_, a: string, b: string) =>
    messages().exercises.incompatibleShapes(a, b),
  );
}

/** Formats a value in a short form. `digits` is the number of significant digits of a fraction. */
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
  const items = Array.from(list)
    .slice(0, list.length > 12 ? 5 : 12)
    .map(item =>
      isList(item) && item.length > 12 ? `array [${item.length}]` : formatValue(item, digits),
    );
  return `[${items.join(', ')}${list.length > 12 ? ', …' : ''}]`;
}
