/** Formats that several figures, tables and messages share; the pad's page uses them, too. */
import { getLanguage } from './language';

/** Formats a shape as Keras prints it, an open size as `None`: `(None, 28, 28)`. */
export function pythonShape(shape: readonly (number | null)[]): string {
  const sizes = shape.map(size => size ?? 'None');
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}

/**
 * Formats a whole number with its thousands set apart as the language in use does it: in English by
 * commas, in Chinese, from five digits on, by narrow spaces at which no line breaks.
 *
 * @example
 * grouped(6742); // '6,742'
 * grouped(101770); // '101,770'
 */
export function grouped(n: number): string {
  if (getLanguage() === 'en') return withCommas(n);
  return Math.abs(n) < 10_000 ? String(n) : withCommas(n).replaceAll(',', '\u202f');
}

/** Formats a whole number as Keras does, with commas in any language: `101,770`. */
export const withCommas = (n: number): string => n.toLocaleString('en-US');

/**
 * Formats a share of one as per cent, without a space, in both languages.
 *
 * @example
 * percent(0.9753, 1); // '97.5%'
 */
export const percent = (share: number, decimals: number): string =>
  `${(100 * share).toFixed(decimals)}%`;

/**
 * Formats a probability as per cent, and claims neither certainty nor impossibility: a softmax is
 * never 0 or 1, it only rounds to them.
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
 * Gives a loss or metric of TensorFlow.js the name that Keras prints.
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
 * Gives each loss and metric of a log, or of a history, the name that Keras prints.
 *
 * @example
 * inKerasNames({ loss: 0.08, val_acc: 0.97 }).val_accuracy; // 0.97
 */
export const inKerasNames = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [kerasMetricName(name), value]));

/** Escapes words so that HTML and SVG show them as text, or hold them in a double-quoted attribute. */
export const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

/** Writes the bytes of an array in base64. */
export function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  let text = '';
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
    text += String.fromCharCode(byte);
  return btoa(text);
}

/** Reads bytes from base64. */
export const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), char => char.charCodeAt(0)).buffer as ArrayBuffer;
