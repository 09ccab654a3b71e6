/** Compares the learner's function with a formula, and knows the formulas that are taken for it. */
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { type Exercise, Mistake } from './exercise';
import { settled } from './settled';
import { thrown } from './shown';
import {
  blankResult,
  close,
  isBlank,
  type Nested,
  shown,
  theArray,
  theCode,
  theNumber,
} from './values';
import { type Seen, watch } from './watch';

/** What a function is to compute. */
export interface Question<Inputs extends readonly unknown[], Result> {
  /** Inputs of calls that tell all the formulas apart, and at which code goes wrong: first and last, 0, large. */
  readonly cases?: readonly Inputs[];
  /** Draws the inputs of more calls, so that no answer can be made for the cases alone. */
  readonly draw?: () => readonly Inputs[];
  /** Names the inputs of a call, in messages. */
  readonly named: (...inputs: Inputs) => Text;
  readonly right: Formula<Inputs, Result>;
  /** What learners take for right, each with the reason that it is not. */
  readonly wrong: readonly (Text & { readonly of: Formula<Inputs, unknown> })[];
  /** Why a result may have come to NaN or Infinity. */
  readonly notFinite?: Text;
  /** Takes what the learner's function gave, in each form. */
  readonly read: (given: unknown) => Result;
  readonly same: (a: Result, b: Result) => boolean;
  /** Gives the learner's function inputs of its own, which it may change. */
  readonly copy?: (inputs: Inputs) => Inputs;
}

type Kind<Result> = Pick<Question<never, Result>, 'read' | 'same'>;

/** Tells whether results of the same nesting are equal but for the rounding of float32. */
const alike = (a: Nested, b: Nested): boolean => {
  if (typeof a === 'number' || typeof b === 'number')
    return Object.is(a, b) || (typeof a === typeof b && close(a as number, b as number));
  return a.length === b.length && a.every((item, i) => alike(item, itemAt(b, i)));
};

/** A result that is a whole number. */
export const wholeNumber: Kind<number> = { read: theNumber, same: (a, b) => a === b };
/** A result that is a number, but for the rounding of float32. */
export const number: Kind<number> = { read: theNumber, same: alike };
/** A result of numbers in lists, in any form, but for the rounding of float32. */
export const list: Kind<Nested> = { read: theArray, same: alike };

type Formula<Inputs extends readonly unknown[], Result> = (...inputs: Inputs) => Result;

/** What a call came to. */
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Makes an exercise of a question that a plain function answers. */
export function computing<Inputs extends readonly unknown[], Result>({
  id,
  hints,
  praise,
  also,
  ...question
}: Question<Inputs, Result> &
  Pick<Exercise, 'id' | 'hints'> & {
    readonly praise: Text;
    /** Refutes a right result for the way in which it came about. */
    readonly also?: (seen: Seen<readonly Inputs[]>) => void;
  }): Exercise {
  return {
    id,
    hints,
    mistakes: question.wrong,
    async verify(answer) {
      const seen = await watch(() => compare(answer, question));
      also?.(seen);
      return praise;
    },
  };
}

/**
 * Calls the learner's function. It is wrong for the reason of a formula only if all its results are
 * those of this formula, and finite ones among them; else it is told a result that differs.
 *
 * @returns the inputs of the calls.
 * @throws Mistake if a result differs from that of the right formula.
 */
export async function compare<Inputs extends readonly unknown[], Result>(
  answer: unknown,
  question: Question<Inputs, Result>,
): Promise<readonly Inputs[]> {
  const { named, right, wrong, read, notFinite } = question;
  const copy: (inputs: Inputs) => Inputs = question.copy ?? structuredClone;
  const call = theCode(answer);
  const asked = [...(question.cases ?? []), ...(question.draw?.() ?? [])];
  const got: Outcome[] = [];
  for (const inputs of asked) {
    const outcome = await outcomeOf(() => call(...copy(inputs)));
    got.push(
      'error' in outcome || isBlank(outcome.value) ? outcome : { value: read(outcome.value) },
    );
  }
  refuteSilence(got);
  const agree = agreement(question);
  const results = asked.map(inputs => ({ value: right(...inputs) }));
  const differing = [...asked.keys()].filter(i => !agree(itemAt(got, i), itemAt(results, i)));
  const [first] = differing;
  if (first === undefined) return asked;
  const finite = differing.filter(i => hasNumbers(itemAt(got, i)));
  const mistaken =
    finite.length > 0 &&
    wrong.find(({ of }) => asked.every((inputs, i) => agree(itemAt(got, i), computed(of, inputs))));
  const at = finite[0] ?? first;
  const of = named(...itemAt(asked, at));
  const seen = difference(itemAt(results, at).value as Nested, itemAt(got, at));
  const why = mistaken || ('value' in itemAt(got, at) && !finite.length && notFinite);
  throw new Mistake({
    zh: `${of.zh}：${seen.zh}${why ? why.zh : ''}`,
    en: `${of.en}: ${seen.en}${why ? ` ${why.en}` : ''}`,
  });
}

/** Tells whether a call gave something without NaN or Infinity in it. */
function hasNumbers(outcome: Outcome): boolean {
  if ('error' in outcome) return false;
  return ![outcome.value].flat(9).some(item => typeof item === 'number' && !Number.isFinite(item));
}

const agreement =
  <Inputs extends readonly unknown[], Result>({ same }: Question<Inputs, Result>) =>
  (a: Outcome, b: Outcome): boolean => {
    if ('error' in a || 'error' in b) return 'error' in a && 'error' in b;
    if (isBlank(a.value) || isBlank(b.value)) return Object.is(a.value, b.value);
    return same(a.value as Result, b.value as Result);
  };

function computed<Inputs extends readonly unknown[]>(
  formula: Formula<Inputs, unknown>,
  inputs: Inputs,
): Outcome {
  try {
    return { value: formula(...inputs) };
  } catch (error) {
    return { error };
  }
}

async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    return { value: await settled(call()) };
  } catch (error) {
    if (error instanceof Mistake) throw error;
    return { error };
  }
}

/** Refutes a function that gives nothing at any call, or fails at each. */
function refuteSilence(got: readonly Outcome[]): void {
  const first = itemAt(got, 0);
  if ('error' in first) {
    if (got.every(outcome => 'error' in outcome)) throw first.error;
  } else if (got.every(outcome => 'value' in outcome && (outcome.value ?? '') === '')) {
    throw blankResult(first.value);
  }
}

function difference(expected: Nested, got: Outcome): Text {
  if ('error' in got) {
    const { zh, en } = thrown(got.error);
    const stop = /[.。]+$/;
    return {
      zh: `应得 ${shown(expected)}，您的代码却出错了：${zh.replace(stop, '')}。`,
      en: `the result should be ${shown(expected)}, but your code stops with an error: ${en.replace(stop, '')}.`,
    };
  }
  const place = isLong(expected) ? placeOf(expected, got.value as Nested) : undefined;
  if (place) {
    const { at, a, b } = place;
    const [row = 0, column] = at;
    const [zh, en] =
      column === undefined
        ? [`第 ${row} 个（从 0 数起）`, `number ${row} (counting from 0)`]
        : [`第 ${row} 行、第 ${column} 列`, `row ${row}, column ${column}`];
    const [wanted, mine] = told(a, b);
    return {
      zh: `${zh}应当是 ${wanted}，您得到 ${mine}。`,
      en: `${en} should be ${wanted}; yours is ${mine}.`,
    };
  }
  const [wanted, mine] = told(expected, got.value);
  return {
    zh: `应得 ${wanted}，您得到 ${mine}。`,
    en: `the result should be ${wanted}; yours is ${mine}.`,
  };
}

/** Writes two values, with as many digits as it takes to see that they differ. */
function told(a: unknown, b: unknown): [string, string] {
  const digits = [4, 8].find(digits => shown(a, digits) !== shown(b, digits)) ?? 17;
  return [shown(a, digits), shown(b, digits)];
}

const isLong = (value: Nested): value is readonly Nested[] =>
  typeof value === 'object' && value.flat(9).length > 20;

/** Finds the first place at which two lists of the same length differ, row by row. */
function placeOf(
  a: Nested,
  b: Nested,
  at: readonly number[] = [],
): { at: readonly number[]; a: Nested; b: Nested } | undefined {
  if (typeof a === 'number') return typeof b !== 'number' || alike(a, b) ? undefined : { at, a, b };
  if (!Array.isArray(b) || b.length !== a.length) return undefined;
  for (const [i, item] of a.entries()) {
    const found = placeOf(item, b[i], [...at, i]);
    if (found) return found;
  }
  return undefined;
}
