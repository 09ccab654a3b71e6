/** Formats shared by figures, tables, messages and the pad's page. */
import { getLanguage } from './language';

/** Formats a shape like Keras, with `None` for an open size: `(None, 28, 28)`. */
export function pythonShape(shape: readonly (number | null)[]): string {
  const sizes = shape.map(size => size ?? 'None');
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}

/**
 * Formats an integer by the habit of the language: with commas in English, without separators in Chinese.
 *
 * @example
 * grouped(6742); // '6,742'
 * grouped(101770); // '101,770'
 */
export const grouped = (n: number): string => (getLanguage() === 'en' ? withCommas(n) : String(n));

/** Formats an integer like Keras, with commas in any language: `101,770`. */
export const withCommas = (n: number): string => n.toLocaleString('en-US');

/**
 * Formats a share as per cent, without a space in both languages.
 *
 * @example
 * percent(0.9753, 1); // '97.5%'
 */
export const percent = (share: number, decimals: number): string =>
  `${(100 * share).toFixed(decimals)}%`;

/**
 * Formats a probability as per cent, without claiming certainty or impossibility, because a softmax is never
 * exactly 0 or 1.
 *
 * @example
 * cautiousPercent(0.99871); // '99.87%'
 * cautiousPercent(0.99994); // '99.99%'
 * cautiousPercent(0.99999); // '> 99.99%'
 * cautiousPercent(0.001, 0); // '< 1%'
 */
export function cautiousPercent(probability: number, decimals = 2): string {
  const least = 10 ** -(decimals + 2);
  if (probability >= 1 - least / 2) return `> ${percent(1 - least, decimals)}`;
  return probability < least / 2 ? `< ${percent(least, decimals)}` : percent(probability, decimals);
}

/**
 * Returns Keras's printed name for a loss or metric of TensorFlow.js.
 *
 * @example
 * kerasMetricName('sparseCategoricalAccuracy'); // 'sparse_categorical_accuracy'
 * kerasMetricName('val_acc'); // 'val_accuracy'
 */
export function kerasMetricName(name: string): string {
  return name
    .replace(/(^|_)acc$/, '$1accuracy')
    .replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/**
 * Returns a log or history with Keras's printed names.
 *
 * @example
 * inKerasNames({ loss: 0.08, val_acc: 0.97 }).val_accuracy; // 0.97
 */
export const inKerasNames = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [kerasMetricName(name), value]));

/** Escapes text for HTML, SVG and double-quoted attributes. */
export const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

export function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  let text = '';
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
    text += String.fromCharCode(byte);
  return btoa(text);
}

export const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), char => char.charCodeAt(0)).buffer as ArrayBuffer;
