/**
 * Writes drawn digits as one line of text, and reads it again: what the pad prints, what `drawn` takes.
 *
 * `d1.` begins a digit, `s1.` a writer's set, both of version 1. Then come, in letters of base64url, the
 * length of the rest (3), its check sum (6), and the rest, which is a text of hexadecimal digits: of a set
 * the length of the name (2) and the name (4 for each unit of UTF-16); of each digit the label and 784
 * pixels. A letter stands for one of 1 to e, or for up to 25 zeros or 25 f in a row.
 */

/** The greys of a pixel: a line holds 0 to 15, a picture 17 times as much. */
export const LEVELS = 15;

const VERSION = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** What each letter stands for, and what is found in a text. */
const RUNS = [...'0f'].flatMap(digit => Array.from({ length: 25 }, (_, i) => digit.repeat(i + 1)));
RUNS.push(...'123456789abcde');
const RUN = /0{1,25}|f{1,25}|./g;

export interface DrawnDigit {
  readonly label: number;
  /** 28 × 28 whole numbers from 0 (black) to {@link LEVELS} (white), row after row. */
  readonly levels: ArrayLike<number>;
}

/**
 * What a line holds: a digit, or, with a name of at most 255 characters, which may be empty, a writer's
 * set.
 */
export interface Content {
  readonly digits: readonly DrawnDigit[];
  readonly name?: string | undefined;
}

/** Why a text is no line of the pad. */
export type Fault =
  | { readonly fault: 'other' | 'changed' }
  | { readonly fault: 'version'; readonly version: number }
  | { readonly fault: 'cut'; readonly expected: number; readonly received: number };

/** Finds what may be a line within a text, such as in a call: a letter, a version, a dot, the rest. */
const LINE = /(?<![\w-])([ds])(\d+)\.([\w\s-]*)/;

/** Matches the place where a line begins. */
export const LINE_START = /(?<![\w-])(?=[ds]\d+\.)/;

export function writeLine({ digits, name }: Content): string {
  const kind = name === undefined ? 'd' : 's';
  const hex = [
    name === undefined ? '' : nameInHex(name.trim()),
    ...digits.flatMap(({ label, levels }) =>
      [label, ...Array.from(levels)].map(value => inHex(value)),
    ),
  ].join('');
  const rest = hex.replace(RUN, run => ALPHABET.charAt(RUNS.indexOf(run)));
  return `${kind}${VERSION}.${inLetters(rest.length, 3)}${checkSum(kind + rest)}${rest}`;
}

/** Reads a line, also one with line breaks in it, or with quotes or a call around it. */
export function readLine(text: string): Content | Fault {
  const [, kind, version, body = ''] = LINE.exec(text) ?? [];
  if (!kind) return { fault: 'other' };
  if (Number(version) !== VERSION) return { fault: 'version', version: Number(version) };
  const letters = body.replace(/\s/g, '');
  const length = [...letters.slice(0, 3)].map(letter => ALPHABET.indexOf(letter));
  const expected = HEAD + length.reduce((sum, at) => 64 * sum + at, 0);
  // What follows behind a whole line does no harm.
  const rest = letters.slice(HEAD, expected);
  const received = letters.length;
  if (received < expected) return { fault: 'cut', expected: expected + 3, received: received + 3 };
  if (letters.slice(3, HEAD) !== checkSum(kind + rest)) return { fault: 'changed' };
  const hex = rest.replace(/./g, letter => RUNS[ALPHABET.indexOf(letter)] ?? '');
  const end = kind === 's' ? 2 + 4 * fromHex(hex.slice(0, 2)) : 0;
  const units = hex.slice(2, end).match(/.{4}/g) ?? [];
  return {
    digits: (hex.slice(end).match(/.{785}/g) ?? []).map(([label = '', ...levels]) => ({
      label: fromHex(label),
      levels: Uint8Array.from(levels, fromHex),
    })),
    name: kind === 's' ? String.fromCharCode(...units.map(fromHex)) : undefined,
  };
}

const inHex = (value: number, digits = 1): string => value.toString(16).padStart(digits, '0');
const fromHex = (digits: string): number => Number.parseInt(digits, 16);

const nameInHex = (name: string): string =>
  inHex(name.length, 2) + name.replace(/./gs, unit => inHex(unit.charCodeAt(0), 4));

/** Letters of the length and the check sum. */
const HEAD = 9;

const inLetters = (value: number, count: number): string =>
  Array.from({ length: count }, (_, i) =>
    ALPHABET.charAt(Math.floor(value / 64 ** (count - 1 - i)) % 64),
  ).join('');

/** Computes the hash FNV-1a of a text, of 32 bits: no change of a single letter keeps it. */
function checkSum(text: string): string {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193);
  return inLetters(sum >>> 0, 6);
}
