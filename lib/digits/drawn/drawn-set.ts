import type { Images, Labels } from 'mnist-data-loader';
import { grouped } from '../format';
import { messages } from '../language';
import { arraysOf, beginning, checkText, DrawnLineError, inWords, specimen } from './drawn';
import { type Content, type Fault, LINE_START, readLine } from './line';

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
    return [...arraysOf(specimen()), [texts.lesson]];
  }
  const { digits, writers, said } = collect(entries);
  const remarks = said.map(remark => `\n${remark}`).join('');
  if (digits.length === 0) throw new DrawnLineError(texts.none(entries.length) + remarks);
  const counts = [entries.length, digits.length, new Set(writers).size].map(grouped);
  console.log(texts.read(...(counts as [string, string, string])) + remarks);
  return [...arraysOf(digits), writers];
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
  const digits: Content['digits'][number][] = [];
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
    if (last && isCut(last.content) && REST.test(line)) {
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

const isCut = (content: Content | Fault): boolean => 'fault' in content && content.fault === 'cut';
