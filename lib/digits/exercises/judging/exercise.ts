/** What an exercise is made of: its texts and its judge, and what reads answers and writes values for it. */
import * as tf from '@tensorflow/tfjs';
import type { Figure } from '../../figures/figure';
import { type Nested, unwrapScalar } from '../../input/given';
import { type Language, messages } from '../../language';

type Said = string | ((...values: never[]) => string);

/** What an exercise says in one language, in its notebooks and of an answer. */
export interface ExerciseText {
  readonly title: string;
  /** Paragraphs of Markdown. */
  readonly task: readonly string[];
  /** What stands in the cell before the learner begins, up to the call of `check`. */
  readonly starter: string;
  /** The first is for the first wrong try; the second says more, and is for all that follow. */
  readonly hints: readonly [string, string];
  /** Names the inputs of a call; unless given, they are listed. */
  readonly inputs?: (...inputs: string[]) => string;
  /** What is wrong with an answer, and why, by a name that the code uses. */
  readonly wrong: Readonly<Record<string, Said>>;
  /** Says why a result may have come to NaN or Infinity. */
  readonly notFinite?: string;
  /** What else the code says. */
  readonly other?: Readonly<Record<string, Said>>;
  /** Says why a right answer is right. */
  readonly reward: Said;
  /** Says why the solution is as it is, above its code, in a sentence or two. */
  readonly reasoning: string;
  /** The code of a right answer, up to the call of `check`. */
  readonly solution: string;
}

/** What an exercise asks: how its answer is judged, and what is said of it. */
export interface Task<T extends ExerciseText = ExerciseText> {
  readonly texts: Record<Language, T>;
  /**
   * Judges an answer by its properties, so that every right one passes.
   *
   * @returns why it is right.
   * @throws WrongAnswer that says what is wrong with it, and why.
   */
  verify(answer: unknown, text: T): string | Promise<string>;
  /** Makes a figure that is shown below a right answer. */
  figure?(answer: unknown): Promise<Figure>;
  /** The formulas that are taken for the right one, by the name of the reason that they are not. */
  readonly formulas?: Readonly<Record<string, Formula | readonly Formula[]>>;
}

export interface Exercise extends Task {
  /** The stage, and the place in it, such as `4.2`. */
  readonly id: string;
  /** How many stars the title has. */
  readonly level: 1 | 2 | 3;
  /** Which of the lesson's five aims it assesses. */
  readonly aim: 1 | 2 | 3 | 4 | 5;
  /** The expression that the cell hands to `check`. */
  readonly answer: string;
}

type Formula = (...inputs: never[]) => unknown;

/** An answer is wrong; the message tells the learner what is, and why. */
export class WrongAnswer extends Error {
  override readonly name: string = 'WrongAnswer';
}

/** There is no answer yet. */
export class NoAnswer extends WrongAnswer {
  override readonly name = 'NoAnswer';
}

export function failIf(wrong: boolean, why: string): void {
  if (wrong) throw new WrongAnswer(why);
}

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
  const value = unwrapScalar(requireAnswer(answer));
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
  Math.abs(a - b) <= 1e-6 + 1e-5 * Math.min(Math.abs(a), Math.abs(b));

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const shorten = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** Writes what was thrown, which may be anything; TensorFlow's words without its numbers for them. */
export function formatThrown(error: unknown): string {
  let words: string = typeof error;
  try {
    words = shorten(String(error), 1000).replace(/Invalid TF_Status: \d+\s*Message: /, '');
  } catch {}
  // As the native engine says it of matMul, and WebAssembly.
  if (/ndims must be >= 2|new shape:? \(?1,,|inner shapes.{1,60}undefined/.test(words))
    return messages().exercises.vector;
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
