/**
 * Writes a record as a line of text, `digits-report:1:…`, and finds such lines in a text that has been through
 * chats and mails.
 *
 * Behind the version stands how many letters follow: base32 of a check sum and of words of 16 bits. Names of
 * mistakes and guesses stand there as numbers made of their letters, so that a lesson with more of them still
 * reads the lines of this one.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { base32crockford } from '@scure/base';
import { messages } from '../language';
import { type LearnerRecord, VERSION } from './learner';

/** The names that may stand in a line. */
export interface Names {
  /** Those of the mistakes, by exercise. */
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  readonly guesses: readonly string[];
}

/** What was found in a text: a record, or a line that cannot be read. */
export type Found = LearnerRecord | { readonly problem: 'cut' | 'damaged' | 'newer' };

/** The most bytes of a name in UTF-8, mistakes of an exercise, the commonest first, and questions of the quiz. */
const [MOST_NAME, MOST_MISTAKES, QUESTIONS] = [48, 3, 12];
const SUM = 4;

/** Makes a number of 16 bits of a name. */
const numberOf = (name: string): number => {
  const [high = 0, low = 0] = sha256(new TextEncoder().encode(name));
  return (high << 8) | low;
};
/** A mistake has 12 bits, a guess 10. */
const mistakeNumber = (name: string) => numberOf(name) >> 4;
const guessNumber = (name: string) => numberOf(name) >> 6;

/**
 * Writes a record in at most 600 characters.
 *
 * @throws RangeError if the name is too long.
 */
export function encodeLine({ id, name, count, exercises, guesses, quiz }: LearnerRecord): string {
  const letters = new TextEncoder().encode(name?.trim().replace(/\s+/g, ' ') ?? '');
  if (letters.length > MOST_NAME) throw new RangeError(messages().record.longName(letters.length));
  const done = Object.entries(exercises);
  const guessed = Object.entries(guesses);
  const start = Number.parseInt(id, 16);
  const words = [start >>> 16, start & 0xffff, Math.min(0xffff, count)];
  words.push((done.length << 8) | guessed.length, letters.length);
  for (let at = 0; at < letters.length; at += 2) {
    words.push(((letters[at] ?? 0) << 8) | (letters[at + 1] ?? 0));
  }
  for (let at = 0; at < QUESTIONS; at += 4) {
    const options = [0, 1, 2, 3].map(next => (quiz[at + next] ?? -1) + 1);
    words.push(options.reduce((word, option) => (word << 4) | option, 0));
  }
  for (const [place, { passed, tries, mistakes }] of done) {
    const named = Object.entries(mistakes).filter(([name]) => name);
    const kept = named.sort(([, a], [, b]) => b - a).slice(0, MOST_MISTAKES);
    const [stage = 0, number = 0] = place.split('.').map(Number);
    const flags = (Number(passed) << 7) | (Math.min(31, tries) << 2) | kept.length;
    words.push((stage << 12) | (number << 8) | flags);
    words.push(...kept.map(([name, times]) => (mistakeNumber(name) << 4) | Math.min(15, times)));
  }
  for (const [name, { picked = -1, right = -1 }] of guessed) {
    words.push((guessNumber(name) << 6) | ((picked + 1) << 3) | (right + 1));
  }
  const bytes = Uint8Array.from(words.flatMap(word => [word >> 8, word & 0xff]));
  const payload = base32crockford.encode(
    Uint8Array.from([...sha256(bytes).slice(0, SUM), ...bytes]),
  );
  return `digits-report:${VERSION}:${payload.length}:${payload}`;
}

/** The head of a line, between whose letters a chat may have put something: version and length. */
export const HEAD = new RegExp(
  `${[...'digitsreport'].join('[^a-z0-9]{0,4}')}\\W{1,4}(\\d+)\\W{0,4}:\\W{0,4}((?:\\d\\W{0,4}){2,3}):`,
  'gi',
);

/**
 * Replaces variants of letters, such as full-width ones. Combining marks stay: engines sort them in quadratic
 * time.
 */
export const withPlainLetters = (text: string): string =>
  text.replace(/[^\p{ASCII}\p{M}]{1,1000}/gu, letters => letters.normalize('NFKC'));

/** Finds the lines in a text, whatever has come between their letters: line breaks, quotes, other dashes. */
export function findLines(text: string, names: Names): Found[] {
  const plain = withPlainLetters(text);
  const known = byNumber(names);
  const starts = [...plain.matchAll(HEAD)];
  return starts.map(({ 0: head, 1: version, 2: digits = '', index }, at): Found => {
    if (Number(version) > VERSION) return { problem: 'newer' };
    const length = Number(digits.replace(/\D/g, ''));
    const rest = plain.slice(index + head.length, starts[at + 1]?.index);
    const payload = rest.replace(/[^a-z0-9]/gi, '').slice(0, length);
    if (payload.length < length) return { problem: 'cut' };
    return decode(payload, known) ?? { problem: 'damaged' };
  });
}

/** Finds names by what stands for them in a line: mistakes by exercise and number, guesses by number. */
function byNumber({ mistakes, guesses }: Names): ReadonlyMap<string, string> {
  const known = new Map(guesses.map(name => [`#${guessNumber(name)}`, name]));
  for (const [id, all] of Object.entries(mistakes)) {
    for (const name of all) known.set(`${id}#${mistakeNumber(name)}`, name);
  }
  return known;
}

/** Reads what stands behind the length; a name that a later lesson has added stays a number. */
function decode(payload: string, known: ReadonlyMap<string, string>): LearnerRecord | undefined {
  let bytes: Uint8Array;
  try {
    bytes = base32crockford.decode(payload);
  } catch {
    return undefined;
  }
  const [sum, rest] = [bytes.slice(0, SUM), bytes.slice(SUM)];
  if (sum.some((byte, at) => byte !== sha256(rest)[at])) return undefined;
  let at = 0;
  const word = () => {
    const [high = 0, low = 0] = rest.slice(at, at + 2);
    at += 2;
    return (high << 8) | low;
  };
  const several = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  const id = (word() * 0x10000 + word()).toString(16).padStart(8, '0');
  const [count = 0, counts = 0, length = 0] = several(3, word);
  const letters = several(Math.ceil(length / 2), word).flatMap(each => [each >> 8, each & 0xff]);
  const name = new TextDecoder().decode(Uint8Array.from(letters).slice(0, length));
  const options = several(QUESTIONS / 4, word).flatMap(each =>
    [12, 8, 4, 0].map(bits => ((each >> bits) & 15) - 1),
  );
  const quiz = Object.entries(options).filter(([, option]) => option >= 0);
  const exercises = several(counts >> 8, () => {
    const flags = word();
    const place = `${flags >> 12}.${(flags >> 8) & 15}`;
    const mistakes = several(flags & 3, (): [string, number] => {
      const each = word();
      const number = `#${each >> 4}`;
      return [known.get(place + number) ?? number, each & 15];
    });
    const [passed, tries] = [(flags & 128) > 0, (flags >> 2) & 31];
    return [place, { passed, tries, mistakes: Object.fromEntries(mistakes) }] as const;
  });
  const guesses = several(counts & 255, () => {
    const each = word();
    const number = `#${each >> 6}`;
    const [picked, right] = [((each >> 3) & 7) - 1, (each & 7) - 1];
    const made = { ...(picked >= 0 && { picked }), ...(right >= 0 && { right }) };
    return [known.get(number) ?? number, made] as const;
  });
  return {
    ...{ id, count, ...(name && { name }), quiz: Object.fromEntries(quiz) },
    ...{ exercises: Object.fromEntries(exercises), guesses: Object.fromEntries(guesses) },
  };
}
