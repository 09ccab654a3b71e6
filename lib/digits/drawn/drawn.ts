import { type Images, type Labels, NdArray } from 'mnist-data-loader';
import { kindOf } from '../input/given';
import { messages } from '../language';
import { type Content, type DrawnDigit, type Fault, LEVELS, readLine } from './line';

/** What was given is no line of the pad, or not the whole of it. */
export class DrawnLineError extends Error {
  override readonly name = 'DrawnLineError';
}

/** A 4 in our own hand, which the tests draw again. */
const SPECIMEN =
  'd1.ACUAuKkbu1YYYYYYYBy-8EyzR1Z_E9Z0Q4Z9E_Z0Q6Z6DyazQ9Z4DzayPya0D0Z_Q1Z_E2Z-Q4Z9E4Z9Q7Z5Dy6Z-699yM-Z957-_f1M_h8542Ny256531z_Z1XyazXzayX0Z_Y3Z-Y5Z7Y8Z4Y-Z2Y7_yYYP';

/**
 * Gives the digit that was drawn on the pad, and its label, from the line that the pad prints: the
 * picture is the one that the pad shows and its network reads, bit for bit. Prints whose digit it is.
 *
 * @param line as it was copied, or what stands between its quotes; with nothing, or an empty text, a 4
 * that comes with the lesson takes the place of one's own.
 * @returns the picture, uint8 `[1, 28, 28]`, 0 to 255 in steps of 17, and its label, uint8 `[1]`.
 * @throws DrawnLineError for a line that was cut short or changed, or is none.
 * @example
 * const [mineX, mineY] = drawn('');
 * mineX.shape; // [1, 28, 28]
 * mineY.data[0]; // 4
 */
export function drawn(line?: string): [x: Images, y: Labels] {
  const texts = messages().drawn;
  checkText(line);
  const isOwn = line !== undefined && line.trim() !== '';
  const { digits, name } = whole(isOwn ? line : SPECIMEN);
  if (name !== undefined) throw new DrawnLineError(texts.isSet);
  const [x, y] = arraysOf(digits);
  console.log((isOwn ? texts.yours : texts.specimen)(y.max()));
  return [x, y];
}

/** The lesson's own digit. */
export const specimen = (): readonly DrawnDigit[] => whole(SPECIMEN).digits;

/** Checks that it is text, or nothing. In a notebook no types are checked. */
export function checkText(text: unknown): asserts text is string | undefined {
  if (text === undefined || typeof text === 'string') return;
  throw new DrawnLineError(messages().drawn.other(kindOf(text)));
}

/** Lays pictures and labels out as the loader does. */
export function arraysOf(digits: readonly DrawnDigit[]): [x: Images, y: Labels] {
  const count = digits.length;
  const bytes = digits.flatMap(({ levels }) => Array.from(levels, level => (255 / LEVELS) * level));
  return [
    new NdArray('uint8', [count, 28, 28], Uint8Array.from(bytes)),
    new NdArray(
      'uint8',
      [count],
      Uint8Array.from(digits, ({ label }) => label),
    ),
  ];
}

/** Says what is wrong with a text, and what to do. */
export function inWords(text: string, fault: Fault): string {
  const texts = messages().drawn;
  if (fault.fault === 'version') return texts.version(fault.version);
  if (fault.fault === 'cut') return texts.cut(fault.expected, fault.received);
  return fault.fault === 'changed' ? texts.changed : texts.other(`‘${beginning(text)}’`);
}

/** Shows how a text begins. */
export const beginning = (text: string): string =>
  text.length > 20 ? `${text.slice(0, 20)}…` : text;

function whole(text: string): Content {
  const read = readLine(text);
  if ('fault' in read) throw new DrawnLineError(inWords(text, read));
  return read;
}
