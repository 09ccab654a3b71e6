/**
 * Encodes a record as a line of text, `digits-report:1:…`, and finds such lines in text from chats and mails.
 *
 * After the version comes the number of letters, then a checksum and 16-bit words in base32. Names of mistakes
 * and guesses are stored as hashes, so a later lesson with more names can still read old lines.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { base32crockford } from '@scure/base';
import { messages } from '../language';
import { type LearnerRecord, VERSION } from './learner';

/** The names encoded in lines. */
export interface Names {
  /** Mistakes by exercise. */
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  readonly guesses: readonly string[];
}

/** A decoded record, or the reason for a decoding error. */
export type DecodedLine = LearnerRecord | { readonly problem: 'cut' | 'damaged' | 'newer' };

/**
 * Maximum bytes of a UTF-8 name, maximum mistakes per exercise (the most frequent), number of quiz questions.
 */
const [MAX_NAME_BYTES, MAX_MISTAKES, QUESTIONS] = [48, 3, 12];
const CHECKSUM_BYTES = 4;

/** Returns a 16-bit hash of a name. */
const numberOf = (name: string): number => {
  const [high = 0, low = 0] = sha256(new TextEncoder().encode(name));
  return (high << 8) | low;
};
/** A mistake's hash has 12 bits, a guess's hash 10. */
const mistakeNumber = (name: string) => numberOf(name) >> 4;
const guessNumber = (name: string) => numberOf(name) >> 6;

/**
 * Encodes a record in at most 600 characters.
 *
 * @throws RangeError if the name is too long.
 */
export function encodeLine({ id, name, count, exercises, guesses, quiz }: LearnerRecord): string {
  const letters = new TextEncoder().encode(name?.trim().replace(/\s+/g, ' ') ?? '');
  if (letters.length > MAX_NAME_BYTES)
    throw new RangeError(messages().record.longName(letters.length));
  const done = Object.entries(exercises);
  const guessed = Object.entries(guesses);
  const start = Number.parseInt(id, 16);
  const words = [start >>> 16, start & 0xffff, Math.min(0xffff, count)];
  words.push((done.length << 8) | guessed.length, letters.length);
  for (let offset = 0; offset < letters.length; offset += 2) {
    words.push(((letters[offset] ?? 0) << 8) | (letters[offset + 1] ?? 0));
  }
  for (let offset = 0; offset < QUESTIONS; offset += 4) {
    const options = [0, 1, 2, 3].map(next => (quiz[offset + next] ?? -1) + 1);
    words.push(options.reduce((word, option) => (word << 4) | option, 0));
  }
  for (const [exercise, { passed, tries, mistakes }] of done) {
    const namedMistakes = Object.entries(mistakes).filter(([name]) => name);
    const frequent = namedMistakes.sort(([, a], [, b]) => b - a).slice(0, MAX_MISTAKES);
    const [stage = 0, number = 0] = exercise.split('.').map(Number);
    const flags = (Number(passed) << 7) | (Math.min(31, tries) << 2) | frequent.length;
    words.push((stage << 12) | (number << 8) | flags);
    words.push(
      ...frequent.map(([name, times]) => (mistakeNumber(name) << 4) | Math.min(15, times)),
    );
  }
  for (const [name, { picked = -1, right = -1 }] of guessed) {
    words.push((guessNumber(name) << 6) | ((picked + 1) << 3) | (right + 1));
  }
  const bytes = Uint8Array.from(words.flatMap(word => [word >> 8, word & 0xff]));
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

/** Maps hashes to names: mistakes by exercise and hash, guesses by hash. */
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
  let offset = 0;
  const word = () => {
    const [high = 0, low = 0] = rest.slice(offset, offset + 2);
    offset += 2;
    return (high << 8) | low;
  };
  const several = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  const id = (word() * 0x10000 + word()).toString(16).padStart(8, '0');
  const [count = 0, counts = 0, length = 0] = several(3, word);
  const letters = several(Math.ceil(length / 2), word).flatMap(packed => [
    packed >> 8,
    packed & 0xff,
  ]);
  const name = new TextDecoder().decode(Uint8Array.from(letters).slice(0, length));
  const options = several(QUESTIONS / 4, word).flatMap(packed =>
    [12, 8, 4, 0].map(bits => ((packed >> bits) & 15) - 1),
  );
  const quiz = Object.entries(options).filter(([, option]) => option >= 0);
  const exercises = several(counts >> 8, () => {
    const flags = word();
    const exercise = `${flags >> 12}.${(flags >> 8) & 15}`;
    const mistakes = several(flags & 3, (): [string, number] => {
      const packed = word();
      const number = `#${packed >> 4}`;
      return [namesByHash.get(exercise + number) ?? number, packed & 15];
    });
    const [passed, tries] = [(flags & 128) > 0, (flags >> 2) & 31];
    return [exercise, { passed, tries, mistakes: Object.fromEntries(mistakes) }] as const;
  });
  const guesses = several(counts & 255, () => {
    const packed = word();
    const number = `#${packed >> 6}`;
    const [picked, right] = [((packed >> 3) & 7) - 1, (packed & 7) - 1];
    const guess = { ...(picked >= 0 && { picked }), ...(right >= 0 && { right }) };
    return [namesByHash.get(number) ?? number, guess] as const;
  });
  return {
    ...{ id, count, ...(name && { name }), quiz: Object.fromEntries(quiz) },
    ...{ exercises: Object.fromEntries(exercises), guesses: Object.fromEntries(guesses) },
  };
}
