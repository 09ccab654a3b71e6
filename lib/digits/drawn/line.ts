/**
 * Encodes drawn digits as a line of text, and decodes it: the pad's output and the input of `drawn`.
 *
 * A digit starts with `d1.`, a writer's set with `s1.`; 1 is the version. Then follow, in letters of base64url,
 * the length of the payload (3), its checksum (6), and the payload, a run-length encoded text of hexadecimal
 * digits. For a set, the text has the length of the name (2) and the name (4 for each UTF-16 unit); for each
 * digit, the label and 784 pixels. A letter encodes a digit from 1 to e, or a run of up to 25 zeros or 25 f.
 */

/** Maximum grey level: a line stores 0 to 15, a picture 17 times as much. */
export const LEVELS = 15;

const VERSION = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Hexadecimal digits encoded by each letter, and the pattern that splits a text into them. */
const RUNS = [...'0f'].flatMap(digit => Array.from({ length: 25 }, (_, i) => digit.repeat(i + 1)));
RUNS.push(...'123456789abcde');
const RUN = /0{1,25}|f{1,25}|./g;

export interface DrawnDigit {
  readonly label: number;
  /** 28 × 28 whole numbers from 0 (black) to {@link LEVELS} (white), row after row. */
  readonly levels: ArrayLike<number>;
}

/** Content of a line: a digit or, with a name of at most 255 characters (possibly empty), a writer's set. */
export interface Content {
  readonly digits: readonly DrawnDigit[];
  readonly name?: string | undefined;
}

/** The reason for a decoding error. */
export type Fault =
  | { readonly fault: 'other' | 'changed' }
  | { readonly fault: 'version'; readonly version: number }
  | { readonly fault: 'cut'; readonly expected: number; readonly received: number };

/** Matches a possible line within a text, such as in a call: a letter, a version, a dot, the rest. */
const LINE = /(?<![\w-])([ds])(\d+)\.([\w\s-]*)/;

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

/** Decodes a line, even with line breaks, quotes or a call around it. */
export function readLine(text: string): Content | Fault {
  const [, kind, version, body = ''] = LINE.exec(text) ?? [];
  if (!kind) return { fault: 'other' };
  if (Number(version) !== VERSION) return { fault: 'version', version: Number(version) };
  const letters = body.replace(/\s/g, '');
  const length = [...letters.slice(0, 3)].map(letter => ALPHABET.indexOf(letter));
  const expected = PREFIX_LENGTH + length.reduce((sum, digit) => 64 * sum + digit, 0);
  // Ignores text after a complete line.
  const rest = letters.slice(PREFIX_LENGTH, expected);
  const received = letters.length;
  if (received < expected) return { fault: 'cut', expected: expected + 3, received: received + 3 };
  if (letters.slice(3, PREFIX_LENGTH) !== checkSum(kind + rest)) return { fault: 'changed' };
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

/** Number of letters for the length and the checksum. */
const PREFIX_LENGTH = 9;

const inLetters = (value: number, count: number): string =>
  Array.from({ length: count }, (_, i) =>
    ALPHABET.charAt(Math.floor(value / 64 ** (count - 1 - i)) % 64),
  ).join('');

/** Returns the 32-bit FNV-1a hash of a text, which detects every change of a single letter. */
function checkSum(text: string): string {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193);
  return inLetters(sum >>> 0, 6);
}
