/**
 * Writes drawn digits as one line of text, and reads it again: what the pad prints, what `drawn` takes.
 *
 * `d1.` begins a digit, `s1.` a writer's set, both of version 1. Then come, in letters of base64url, the
 * length of the rest (2), its check sum (6), and the pixels, labels and name in an arithmetic code.
 */
import { toBase64 } from '../format';
import { itemAt } from '../item-at';

/** The greys of a pixel: a line holds 0 to 15, a picture 17 times as much. */
export const LEVELS = 15;

const SIDE = 28;
const VERSION = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A picture with its label. */
export interface DrawnDigit {
  readonly label: number;
  /** 28 × 28 whole numbers from 0 (black) to {@link LEVELS} (white), row after row. */
  readonly levels: ArrayLike<number>;
}

/**
 * What a line holds: a digit, or, with a name, which may be empty and has at most 255 bytes, a writer's
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

export function writeLine(content: Content): string {
  const isSet = content.name !== undefined;
  const coder = new Coder();
  code(coder, isSet, content);
  const rest = toBase64(coder.end()).replace(
    /[+/=]/g,
    sign => ({ '+': '-', '/': '_' })[sign] ?? '',
  );
  const kind = isSet ? 's' : 'd';
  return `${kind}${VERSION}.${inLetters(rest.length, 2)}${checkSum(kind + rest)}${rest}`;
}

/** Reads a line, also one with line breaks in it, or with quotes or a call around it. */
export function readLine(text: string): Content | Fault {
  const [, kind, version, body = ''] = LINE.exec(text) ?? [];
  if (!kind) return { fault: 'other' };
  if (Number(version) !== VERSION) return { fault: 'version', version: Number(version) };
  const letters = body.replace(/\s/g, '');
  const expected = HEAD + fromLetters(letters.slice(0, 2));
  // What follows behind a whole line does no harm.
  const rest = letters.slice(HEAD, expected);
  const fits = letters.slice(2, HEAD) === checkSum(kind + rest);
  const received = letters.length;
  const isCut = received < Math.max(HEAD, expected);
  if (!fits && isCut) return { fault: 'cut', expected: expected + 3, received: received + 3 };
  if (!fits || isCut) return { fault: 'changed' };
  return code(new Coder(rest), kind === 's');
}

/** Letters of the length and the check sum. */
const HEAD = 8;

const inLetters = (value: number, count: number): string =>
  Array.from({ length: count }, (_, i) =>
    ALPHABET.charAt(Math.floor(value / 64 ** (count - 1 - i)) % 64),
  ).join('');

const fromLetters = (letters: string): number =>
  [...letters].reduce((value, letter) => 64 * value + ALPHABET.indexOf(letter), 0);

/** Computes the CRC-32 of a text: no change of a single letter keeps it. */
function checkSum(text: string): string {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return inLetters(~sum >>> 0, 6);
}

/** Writes what is given, or reads it. */
function code(coder: Coder, isSet: boolean, content?: Content): Content {
  const name = isSet ? codeName(coder, content?.name) : undefined;
  const count = isSet ? coder.number(8, content?.digits.length) : 1;
  const digits = Array.from({ length: count }, (_, i) => {
    const { label, levels } = content?.digits[i] ?? {};
    return { label: coder.number(4, label), levels: codePixels(coder, levels) };
  });
  return { digits, name };
}

function codeName(coder: Coder, name?: string): string {
  const given = name === undefined ? undefined : new TextEncoder().encode(name.trim());
  const length = coder.number(8, given?.length);
  return new TextDecoder().decode(
    Uint8Array.from({ length }, (_, i) => coder.number(8, given?.[i])),
  );
}

/** Codes whether each pixel is black, then whether it is white, by those beside it; then its grey. */
function codePixels(coder: Coder, levels?: ArrayLike<number>): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE);
  const kind = (at: number) => Math.sign(pixels[at] ?? 0) + Number(pixels[at] === LEVELS);
  for (let at = 0; at < pixels.length; at++) {
    const level = levels && itemAt(levels, at);
    const [left, up, next] = [kind(at - 1), kind(at - SIDE), kind(at - SIDE + 1)];
    const beside = `${left}${up}`;
    if (coder.bit(`black${beside}${next}`, level && Number(level > 0)) === 0) continue;
    if (coder.bit(`white${beside}`, level && Number(level === LEVELS)) === 1) pixels[at] = LEVELS;
    else pixels[at] = coder.number(4, level);
  }
  return pixels;
}

/**
 * An arithmetic coder: what was foreseen takes little room. It foresees by how often a bit was 1 in its
 * context so far. Source: Witten, Neal and Cleary, 1987, https://doi.org/10.1145/214762.214771.
 */
class Coder {
  private low = 0;
  private high = 2 ** 32 - 1;
  private value = 0;
  private readonly bytes: number[] = [];
  private readonly counts = new Map<string, [zeros: number, ones: number]>();
  private readonly input: string | undefined;
  private read = 0;

  /** @param base64 what is read; without it, it is written. */
  constructor(base64?: string) {
    if (base64 === undefined) return;
    this.input = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
    for (let i = 0; i < 4; i++) this.value = 256 * this.value + this.nextByte();
  }

  /** Writes a bit, or reads it if none is given. */
  bit(context: string, bit?: number): number {
    const counts = this.counts.get(context) ?? [0.5, 0.5];
    const share = counts[1] / (counts[0] + counts[1]);
    const result = this.split(share, bit);
    counts[result ? 1 : 0]++;
    this.counts.set(context, counts);
    return result;
  }

  /** Writes or reads a number of so many bits, of which nothing is foreseen. */
  number(bits: number, value?: number): number {
    let result = 0;
    for (let at = bits - 1; at >= 0; at--) {
      const bit = value === undefined ? undefined : (value >> at) & 1;
      result = 2 * result + this.split(0.5, bit);
    }
    return result;
  }

  /** Returns what was written. */
  end(): Uint8Array {
    return Uint8Array.from([...this.bytes, this.high >>> 24]);
  }

  private split(share: number, given?: number): number {
    const middle = this.low + Math.floor((this.high - this.low) * share);
    const bit = given ?? Number(this.value <= middle);
    if (bit) this.high = middle;
    else this.low = middle + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.bytes.push(this.high >>> 24);
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
      this.value = ((this.value << 8) | this.nextByte()) >>> 0;
    }
    return bit;
  }

  /** Reads on; beyond the end there are zeros, as the one who wrote knew. */
  private nextByte(): number {
    return this.input?.charCodeAt(this.read++) || 0;
  }
}
