import { type Images, type Labels, NdArray } from 'mnist-data-loader';
import {
  type Content,
  type DrawnDigit,
  type Fault,
  LEVELS,
  LINE_START,
  readLine,
} from '../drawn/line';
import { grouped } from '../format';
import { kindOf } from '../input/given';
import { messages } from '../language';
import { lastDrawing } from '../record/drawing';

/** What was given is no line of the pad, or not the whole of it. */
export class DrawnLineError extends Error {
  override readonly name = 'DrawnLineError';
}

/** A 4 in our own hand, which the tests draw again. */
const SPECIMEN =
  'd1.ACUAuKkbu1YYYYYYYBy-8EyzR1Z_E9Z0Q4Z9E_Z0Q6Z6DyazQ9Z4DzayPya0D0Z_Q1Z_E2Z-Q4Z9E4Z9Q7Z5Dy6Z-699yM-Z957-_f1M_h8542Ny256531z_Z1XyazXzayX0Z_Y3Z-Y5Z7Y8Z4Y-Z2Y7_yYYP';

/**
 * Returns the digit that the learner drew last on `digitPad('trained')` or `digitPad('untrained')`, and its label. The
 * picture equals the one that the pad shows and its network reads, bit for bit. Prints whose digit it is.
 *
 * The pad sends the digit to the kernel each time the pen is lifted, with the label that is chosen or offered below
 * the pad. The last digit is kept with the learner's record, beside the notebook or in the browser, for the next start of
 * the kernel. A cleared pad, or a digit whose label is still open, withdraws it.
 *
 * @param line the pad's line of text, for notebooks in which the pad cannot send the digit, such as in VS Code. Without
 * one, and without a digit of the learner, a 4 that comes with the lesson is returned.
 * @returns the picture, uint8 `[1, 28, 28]`, 0 to 255 in steps of 17, and its label, uint8 `[1]`.
 * @throws DrawnLineError for a line that was cut short or changed, or is none.
 * @example
 * const [mineX, mineY] = await drawn();
 * mineX.shape; // [1, 28, 28]
 * mineY.data[0]; // 4
 */
export async function drawn(line?: string): Promise<[x: Images, y: Labels]> {
  const texts = messages().drawn;
  checkText(line);
  const pasted = line?.trim();
  const last = pasted ? undefined : await lastDrawing();
  const { digits, name } = whole(pasted || last?.line || SPECIMEN);
  if (name !== undefined) throw new DrawnLineError(texts.isSet);
  const [x, y] = arraysOf(digits);
  const source = pasted ? 'yours' : last ? (last.isRestored ? 'restored' : 'yours') : 'specimen';
  console.log(texts[source](y.max()));
  return [x, y];
}

/**
 * Makes a test set of the lines that a class has drawn, pasted together in any order: those of the pad
 * `digitPad('set')`, each ten digits with a name, and single digits. Prints how many it holds. A line
 * that cannot be read is left out, and named with the reason; one that comes twice counts once.
 *
 * @param text one line after another; with nothing, the set is the one digit that comes with the
 * lesson, and what to do is printed.
 * @returns the pictures, uint8 `[samples, 28, 28]`, their labels, uint8 `[samples]`, and the name of each
 * one's writer. Writers of one name are told apart by a number.
 * @throws DrawnLineError if there are lines and none can be read.
 * @example
 * const [classX, classY, writers] = drawnSet('');
 * writers; // ['The lesson']
 */
export function drawnSet(text?: string): [x: Images, y: Labels, writers: string[]] {
  checkText(text);
  const texts = messages().drawn.set;
  const entries = entriesOf(text ?? '');
  if (entries.length === 0) {
    console.log(texts.how);
    return [...arraysOf(whole(SPECIMEN).digits), [texts.lesson]];
  }
  const { digits, writers, said } = collect(entries);
  const remarks = said.map(remark => `\n${remark}`).join('');
  if (digits.length === 0) throw new DrawnLineError(texts.none(entries.length) + remarks);
  const counts = [entries.length, digits.length, new Set(writers).size].map(grouped);
  console.log(texts.read(...(counts as [string, string, string])) + remarks);
  return [...arraysOf(digits), writers];
}

/** Checks that it is text, or nothing. In a notebook no types are checked. */
function checkText(text: unknown): asserts text is string | undefined {
  if (text === undefined || typeof text === 'string') return;
  throw new DrawnLineError(messages().drawn.other(kindOf(text)));
}

/** Lays pictures and labels out as the loader does. */
function arraysOf(digits: readonly DrawnDigit[]): [x: Images, y: Labels] {
  const count = digits.length;
  const bytes = digits.flatMap(({ levels }) => Array.from(levels, level => (255 / LEVELS) * level));
  const labels = digits.map(({ label }) => label);
  return [
    new NdArray('uint8', [count, 28, 28], Uint8Array.from(bytes)),
    new NdArray('uint8', [count], Uint8Array.from(labels)),
  ];
}

function inWords(text: string, fault: Fault): string {
  const texts = messages().drawn;
  if (fault.fault === 'version') return texts.version(fault.version);
  if (fault.fault === 'cut') return texts.cut(fault.expected, fault.received);
  return fault.fault === 'changed' ? texts.changed : texts.other(`‘${beginning(text)}’`);
}

const beginning = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

function whole(text: string): Content {
  const read = readLine(text);
  if ('fault' in read) throw new DrawnLineError(inWords(text, read));
  return read;
}

/** A line of what was pasted, as it was read; its number counts from 1, without blank lines. */
interface Entry {
  readonly number: number;
  readonly text: string;
  readonly content: Content | Fault;
}

/** Joins what the lines hold, and says what is odd about them. */
function collect(entries: readonly Entry[]) {
  const texts = messages().drawn.set;
  const first = new Map<string, number>();
  const names = new Map<string, number>();
  const digits: DrawnDigit[] = [];
  const writers: string[] = [];
  const said: string[] = [];
  for (const { number, text, content } of entries) {
    if ('fault' in content) {
      said.push(texts.leftOut(number, beginning(text), inWords(text, content)));
      continue;
    }
    const key = JSON.stringify(content);
    const before = first.get(key);
    if (before !== undefined) {
      said.push(texts.repeated(number, before));
      continue;
    }
    first.set(key, number);
    const name = content.name?.trim() || texts.unnamed;
    const namesakes = content.name === undefined ? 1 : (names.get(name) ?? 0) + 1;
    if (content.name !== undefined) names.set(name, namesakes);
    const writer = namesakes > 1 ? `${name} (${namesakes})` : name;
    if (namesakes > 1) said.push(texts.namesake(number, name, writer));
    digits.push(...content.digits);
    writers.push(...content.digits.map(() => writer));
  }
  return { digits, writers, said };
}

/** What a line that a mail has broken goes on with. */
const REST = /^[\w-]+['"`);,]*$/;

/** Reads line after line. Several may stand in one, and one may be broken into several. */
function entriesOf(text: string): Entry[] {
  const lines = text
    .split('\n')
    .map(line => line.replace(/^[>\s]+/, '').trim())
    .filter(line => line !== '');
  const entries: Entry[] = [];
  for (const [at, line] of lines.entries()) {
    const last = entries.at(-1);
    const isCut = last && 'fault' in last.content && last.content.fault === 'cut';
    if (isCut && REST.test(line)) {
      const text = last.text + line;
      entries.splice(-1, 1, { ...last, text, content: readLine(text) });
      continue;
    }
    const parts = line.split(LINE_START).filter(part => part.search(LINE_START) >= 0);
    for (const text of parts.length > 0 ? parts : [line]) {
      entries.push({ number: at + 1, text, content: readLine(text) });
    }
  }
  return entries;
}
