import { type Images, type Labels, NdArray } from 'mnist-data-loader';
import { type DrawnDigit, type Fault, LEVELS, LINE_START, readLine } from '../drawn/line';
import { grouped } from '../format';
import { LearnerError } from '../input/errors';
import { kindOf } from '../input/given';
import { messages } from '../language';
import { lastDrawing } from '../record/drawing';

/** A handwritten 4 of the authors; the tests draw the same digit. */
const SPECIMEN =
  'd1.ACUAuKkbu1YYYYYYYBy-8EyzR1Z_E9Z0Q4Z9E_Z0Q6Z6DyazQ9Z4DzayPya0D0Z_Q1Z_E2Z-Q4Z9E4Z9Q7Z5Dy6Z-699yM-Z957-_f1M_h8542Ny256531z_Z1XyazXzayX0Z_Y3Z-Y5Z7Y8Z4Y-Z2Y7_yYYP';

/**
 * Returns the learner's last digit from `digitPad('trained')` or `digitPad('untrained')`, with the label. The
 * picture equals the pad's 28 × 28 picture bit for bit. Prints the origin of the digit.
 *
 * The pad sends the digit to the kernel after each stroke, with the label chosen or suggested below the pad.
 * The last digit is stored with the learner's record, next to the notebook or in the browser, for the next
 * start of the kernel. Clearing the pad, or drawing a digit without a label, removes the digit.
 *
 * @param line the pad's line of text, for notebooks without a connection from pad to kernel, such as in VS
 * Code. Without a line and without a learner's digit, the lesson's 4 is returned.
 * @returns the picture, uint8 `[1, 28, 28]`, 0 to 255 in steps of 17, and the label, uint8 `[1]`.
 * @throws DrawnLineError for an invalid, truncated or changed line.
 * @example
 * const [myImage, myLabel] = await drawn();
 * myImage.shape; // [1, 28, 28]
 * myLabel.data[0]; // 4
 */
export async function drawn(line?: string): Promise<[x: Images, y: Labels]> {
  const texts = messages().drawn;
  checkText(line);
  const pasted = line?.trim();
  const last = pasted ? undefined : await lastDrawing();
  const { digits, name } = readOrThrow(pasted || last?.line || SPECIMEN);
  if (name !== undefined) throw new LearnerError('DrawnLineError', texts.isSet);
  const [x, y] = arraysOf(digits);
  const source = pasted ? 'yours' : last ? (last.isRestored ? 'restored' : 'yours') : 'specimen';
  console.log(texts[source](y.max()));
  return [x, y];
}

/**
 * Builds a test set from the lines of a class, pasted together in any order: lines of `digitPad('set')`, with
 * ten digits and a name, and single digits. Prints the size of the set. Unreadable lines are skipped and
 * reported with the reason; duplicates count once.
 *
 * @param text lines of text; without lines, the set contains only the lesson's digit, and instructions are
 * printed.
 * @returns the pictures, uint8 `[samples, 28, 28]`, labels, uint8 `[samples]`, and writers. Writers with equal
 * names get numbers.
 * @throws DrawnLineError if every line is unreadable.
 * @example
 * const [classImages, classLabels, writers] = drawnSet('');
 * writers; // ['The lesson']
 */
export function drawnSet(text?: string): [x: Images, y: Labels, writers: string[]] {
  checkText(text);
  const texts = messages().drawn.set;
  const entries = entriesOf(text ?? '');
  if (entries.length === 0) {
    console.log(texts.how);
    return [...arraysOf(readOrThrow(SPECIMEN).digits), [texts.lesson]];
  }
  const { digits, writers, remarks } = collect(entries);
  const remarkLines = remarks.map(remark => `\n${remark}`).join('');
  if (digits.length === 0)
    throw new LearnerError('DrawnLineError', texts.none(entries.length) + remarkLines);
  const counts = [entries.length, digits.length, new Set(writers).size].map(grouped);
  console.log(texts.read(...(counts as [string, string, string])) + remarkLines);
  return [...arraysOf(digits), writers];
}

/** Checks that `text` is a string or undefined. Notebooks do not check types. */
function checkText(text: unknown): asserts text is string | undefined {
  if (text === undefined || typeof text === 'string') return;
  throw new LearnerError('DrawnLineError', messages().drawn.other(kindOf(text)));
}

/** Returns pictures and labels in the loader's format. */
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

function readOrThrow(text: string) {
  const decoded = readLine(text);
  if ('fault' in decoded) throw new LearnerError('DrawnLineError', inWords(text, decoded));
  return decoded;
}

/** A decoded line of pasted text, numbered from 1 without blank lines. */
interface Entry {
  readonly number: number;
  readonly text: string;
  readonly content: ReturnType<typeof readLine>;
}

/** Joins the digits of all lines, and lists remarks on problems. */
function collect(entries: readonly Entry[]) {
  const texts = messages().drawn.set;
  const first = new Map<string, number>();
  const names = new Map<string, number>();
  const digits: DrawnDigit[] = [];
  const writers: string[] = [];
  const remarks: string[] = [];
  for (const { number, text, content } of entries) {
    if ('fault' in content) {
      remarks.push(texts.leftOut(number, beginning(text), inWords(text, content)));
      continue;
    }
    const key = JSON.stringify(content);
    const firstNumber = first.get(key);
    if (firstNumber !== undefined) {
      remarks.push(texts.repeated(number, firstNumber));
      continue;
    }
    first.set(key, number);
    const name = content.name?.trim() || texts.unnamed;
    const namesakes = content.name === undefined ? 1 : (names.get(name) ?? 0) + 1;
    if (content.name !== undefined) names.set(name, namesakes);
    const writer = namesakes > 1 ? `${name} (${namesakes})` : name;
    if (namesakes > 1) remarks.push(texts.namesake(number, name, writer));
    digits.push(...content.digits);
    writers.push(...content.digits.map(() => writer));
  }
  return { digits, writers, remarks };
}

/** Matches the continuation of a line broken by a mail program. */
const REST = /^[\w-]+['"`);,]*$/;

/** Decodes lines of text. Splits joined lines and joins broken lines. */
function entriesOf(text: string): Entry[] {
  const lines = text
    .split('\n')
    .map(line => line.replace(/^[>\s]+/, '').trim())
    .filter(line => line !== '');
  const entries: Entry[] = [];
  for (const [lineIndex, line] of lines.entries()) {
    const last = entries.at(-1);
    const isCut = last && 'fault' in last.content && last.content.fault === 'cut';
    if (isCut && REST.test(line)) {
      const text = last.text + line;
      entries.splice(-1, 1, { ...last, text, content: readLine(text) });
      continue;
    }
    const parts = line.split(LINE_START).filter(part => part.search(LINE_START) >= 0);
    for (const text of parts.length > 0 ? parts : [line]) {
      entries.push({ number: lineIndex + 1, text, content: readLine(text) });
    }
  }
  return entries;
}
