/**
 * Encodes a record as a line of text, `digits-report:1:…`, and finds such lines in text from chats and mails.
 *
 * After the version comes the number of letters, then a checksum and a sequence of bit fields in base32. Names of
 * mistakes and guesses are stored as hashes, so a later lesson with more names can still read old lines.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { base32crockford } from '@scure/base';
import { messages } from '../language';
import { type LearnerRecord, VERSION } from './learner';

export interface Names {
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  readonly guesses: readonly string[];
}

/** A decoded record, or the reason for a decoding error. */
export type DecodedLine = LearnerRecord | { readonly problem: 'cut' | 'damaged' | 'newer' };

/** Maximum bytes of a UTF-8 name, maximum mistakes per exercise (the most frequent), number of quiz questions. */
const [MAX_NAME_BYTES, MAX_MISTAKES, QUESTIONS] = [48, 3, 12];
const CHECKSUM_BYTES = 4;

const numberOf = (name: string): number => {
  const [high = 0, low = 0] = sha256(new TextEncoder().encode(name));
  return (high << 8) | low;
};
/** A mistake's hash has 12 bits, a guess's hash 10. */
const mistakeNumber = (name: string) => numberOf(name) >> 4;
const guessNumber = (name: string) => numberOf(name) >> 6;

/**
 * Encodes a record in at most 640 characters.
 *
 * @throws RangeError if the name is too long.
 */
export function encodeLine({ id, name, count, exercises, guesses, quiz }: LearnerRecord): string {
  const letters = new TextEncoder().encode(name?.trim().replace(/\s+/g, ' ') ?? '');
  if (letters.length > MAX_NAME_BYTES)
    throw new RangeError(messages().record.longName(letters.length));
  const done = Object.entries(exercises);
  const guessed = Object.entries(guesses);
  let bits = '';
  const writeBits = (width: number, ...values: number[]) => {
    const largest = 2 ** width - 1;
    for (const value of values) bits += Math.min(largest, value).toString(2).padStart(width, '0');
  };
  writeBits(32, Number.parseInt(id, 16));
  writeBits(16, count);
  writeBits(8, done.length, guessed.length);
  writeBits(16, letters.length);
  writeBits(8, ...letters, ...(letters.length % 2 ? [0] : []));
  writeBits(4, ...Array.from({ length: QUESTIONS }, (_, i) => (quiz[i] ?? -1) + 1));
  for (const [exercise, { passed, tries, mistakes }] of done) {
    const namedMistakes = Object.entries(mistakes).filter(([name]) => name);
    const frequent = namedMistakes.sort(([, a], [, b]) => b - a).slice(0, MAX_MISTAKES);
    writeBits(4, ...exercise.split('.').map(Number));
    writeBits(1, Number(passed));
    writeBits(5, tries);
    writeBits(2, frequent.length);
    for (const [name, times] of frequent) {
      writeBits(12, mistakeNumber(name));
      writeBits(4, times);
    }
  }
  for (const [name, { picked = -1, right = -1 }] of guessed) {
    writeBits(10, guessNumber(name));
    writeBits(3, picked + 1, right + 1);
  }
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2));
  const payload = base32crockford.encode(
    Uint8Array.from([...sha256(bytes).slice(0, CHECKSUM_BYTES), ...bytes]),
  );
  return `digits-report:${VERSION}:${payload.length}:${payload}`;
}

/** Matches the prefix of a line with version and length, tolerating inserted characters from chats. */
export const HEAD = new RegExp(
  `${[...'digitsreport'].join('[^a-z0-9]{0,4}')}\\W{1,4}(\\d+)\\W{0,4}:\\W{0,4}((?:\\d\\W{0,4}){2,3}):`,
  'gi',
);

/**
 * Normalizes variants of letters, such as full-width letters. Skips combining marks, because engines sort
 * combining marks in quadratic time.
 */
export const withPlainLetters = (text: string): string =>
  text.replace(/[^\p{ASCII}\p{M}]{1,1000}/gu, letters => letters.normalize('NFKC'));

/** Finds the lines in a text, despite inserted line breaks, quotes or other dashes. */
export function findLines(text: string, names: Names): DecodedLine[] {
  const plain = withPlainLetters(text);
  const namesByHash = byNumber(names);
  const starts = [...plain.matchAll(HEAD)];
  return starts.map(({ 0: head, 1: version, 2: digits = '', index }, i): DecodedLine => {
    if (Number(version) > VERSION) return { problem: 'newer' };
    const length = Number(digits.replace(/\D/g, ''));
    const rest = plain.slice(index + head.length, starts[i + 1]?.index);
    const payload = rest.replace(/[^a-z0-9]/gi, '').slice(0, length);
    if (payload.length < length) return { problem: 'cut' };
    return decode(payload, namesByHash) ?? { problem: 'damaged' };
  });
}

function byNumber({ mistakes, guesses }: Names): ReadonlyMap<string, string> {
  const namesByHash = new Map(guesses.map(name => [`#${guessNumber(name)}`, name]));
  for (const [id, all] of Object.entries(mistakes)) {
    for (const name of all) namesByHash.set(`${id}#${mistakeNumber(name)}`, name);
  }
  return namesByHash;
}

/** Decodes the payload. An unknown name from a later lesson stays a hash. */
function decode(
  payload: string,
  namesByHash: ReadonlyMap<string, string>,
): LearnerRecord | undefined {
  let bytes: Uint8Array;
  try {
    bytes = base32crockford.decode(payload);
  } catch {
    return undefined;
  }
  const [sum, rest] = [bytes.slice(0, CHECKSUM_BYTES), bytes.slice(CHECKSUM_BYTES)];
  if (sum.some((byte, i) => byte !== sha256(rest)[i])) return undefined;
  const bits = Array.from(rest, byte => byte.toString(2).padStart(8, '0')).join('');
  let offset = 0;
  const readBits = (width: number): number => {
    offset += width;
    return Number.parseInt(bits.slice(offset - width, offset), 2);
  };
  const several = <T>(count: number, item: () => T): T[] => Array.from({ length: count }, item);
  const id = readBits(32).toString(16).padStart(8, '0');
  const count = readBits(16);
  const [exerciseCount, guessCount, length] = [readBits(8), readBits(8), readBits(16)];
  const letters = several(length + (length % 2), () => readBits(8)).slice(0, length);
  const name = new TextDecoder().decode(Uint8Array.from(letters));
  const options = several(QUESTIONS, () => readBits(4) - 1);
  const quiz = Object.entries(options).filter(([, option]) => option >= 0);
  const exercises = several(exerciseCount, () => {
    const exercise = `${readBits(4)}.${readBits(4)}`;
    const [passed, tries] = [readBits(1) > 0, readBits(5)];
    const mistakes = several(readBits(2), () => {
      const number = `#${readBits(12)}`;
      return [namesByHash.get(exercise + number) ?? number, readBits(4)];
    });
    return [exercise, { passed, tries, mistakes: Object.fromEntries(mistakes) }] as const;
  });
  const guesses = several(guessCount, () => {
    const number = `#${readBits(10)}`;
    const [picked, right] = [readBits(3) - 1, readBits(3) - 1];
    const guess = { ...(picked >= 0 && { picked }), ...(right >= 0 && { right }) };
    return [namesByHash.get(number) ?? number, guess] as const;
  });
  return {
    ...{ id, count, ...(name && { name }), quiz: Object.fromEntries(quiz) },
    ...{ exercises: Object.fromEntries(exercises), guesses: Object.fromEntries(guesses) },
  };
}
