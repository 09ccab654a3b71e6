/**
 * Compares the learner's function with a formula, and knows the formulas that are taken for it. Inputs
 * are drawn anew at each check, so that no answer can be made for one example alone.
 */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { messages } from '../../language';
import {
  close,
  type ExerciseText,
  formatThrown,
  formatValue,
  isBlank,
  parseArray,
  parseCode,
  parseNumber,
  type Task,
  WrongAnswer,
} from './exercise';
import { nothingReturned, settled } from './learner-code';
import { type Trace, traceOps } from './trace-ops';

type Formula<Inputs extends readonly unknown[], Result> = (...inputs: Inputs) => Result;

type Mistakes<Inputs extends readonly unknown[], Name extends string> = Readonly<
  Record<Name, Formula<Inputs, unknown> | readonly Formula<Inputs, unknown>[]>
>;

/** What is said of a function that computes something else. */
type Reasons = Pick<ExerciseText, 'inputs' | 'notFinite'> & {
  readonly wrong: Readonly<Record<string, string>>;
};

export interface Question<Inputs extends readonly unknown[], Result, T extends Reasons = Reasons> {
  /**
   * Returns the inputs of calls: some that tell all the formulas apart, and at which code goes wrong, such
   * as first and last, 0, large, and some that are drawn, so that no answer can be made for those alone.
   */
  readonly draw: () => readonly Inputs[];
  readonly right: Formula<Inputs, Result>;
  /** What learners take for right, by the name of the reason that it is not. */
  readonly wrong: Mistakes<Inputs, string>;
  /** Makes what the learner's function is given, of its own; unless given, a copy of the inputs. */
  readonly give?: (...inputs: Inputs) => readonly unknown[];
  /** Takes what the learner's function made of what it was given, in each form. */
  read(result: unknown, text: T, given: readonly unknown[]): Result;
  readonly same: (a: Result, b: Result) => boolean;
  /** Names the inputs of a call, unless the text lists them. */
  named?(text: T, inputs: Inputs): string;
}

type Kind<Result> = Pick<Question<never, Result>, 'read' | 'same'>;

/** Tells whether results of the same nesting are equal but for the rounding of float32. */
const alike = (a: Nested, b: Nested): boolean => {
  if (typeof a === 'number' || typeof b === 'number')
    return Object.is(a, b) || (typeof a === typeof b && close(a as number, b as number));
  return a.length === b.length && a.every((item, i) => alike(item, itemAt(b, i)));
};

export const wholeNumber: Kind<number> = { read: parseNumber, same: (a, b) => a === b };
export const number: Kind<number> = { read: parseNumber, same: alike };
/** A result of numbers in lists, in any form, but for the rounding of float32. */
export const list: Kind<Nested> = { read: parseArray, same: alike };

/** What a call came to. */
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Makes an exercise of a question that a plain function answers. */
export function computing<
  Inputs extends readonly unknown[],
  Result,
  T extends ExerciseText & Reasons & { readonly reward: string },
>(
  task: Pick<Task<T>, 'texts'> &
    Question<Inputs, Result, T> & {
      readonly wrong: Mistakes<Inputs, keyof T['wrong'] & string>;
      /** Refutes a right result for the way in which it came about. */
      readonly also?: (trace: Trace<void>, text: T) => void;
    },
): Task<T> {
  return {
    ...task,
    formulas: task.wrong,
    async verify(answer, text) {
      const trace = await traceOps(() => compare(answer, task, text));
      task.also?.(trace, text);
      return text.reward;
    },
  };
}

/**
 * Calls the learner's function. It is wrong for the reason of a formula only if all its results are
 * those of this formula, and finite ones among them; else it is told a result that differs.
 *
 * @throws WrongAnswer if a result differs from that of the right formula.
 */
export async function compare<Inputs extends readonly unknown[], Result, T extends Reasons>(
  answer: unknown,
  question: Question<Inputs, Result, T>,
  text: T,
): Promise<void> {
  const { right, wrong } = question;
  const call = parseCode(answer);
  const asked = question.draw();
  const got: Outcome[] = [];
  for (const inputs of asked) {
    const given = question.give?.(...inputs) ?? structuredClone(inputs);
    try {
      const outcome = await outcomeOf(() => call(...given));
      const isNothing = 'error' in outcome || isBlank(outcome.value);
      got.push(isNothing ? outcome : { value: question.read(outcome.value, text, given) });
    } finally {
      tf.dispose(given as unknown as tf.TensorContainer);
    }
  }
  refuteSilence(got);
  const agree = agreement(question);
  const results = asked.map(inputs => ({ value: right(...inputs) }));
  const differing = [...asked.keys()].filter(i => !agree(itemAt(got, i), itemAt(results, i)));
  const [first] = differing;
  if (first === undefined) return;
  const finite = differing.filter(i => hasNumbers(itemAt(got, i)));
  const isMistakenFor = async (formula: Formula<Inputs, unknown>): Promise<boolean> => {
    for (const [i, inputs] of asked.entries()) {
      if (!agree(itemAt(got, i), await outcomeOf(() => formula(...inputs)))) return false;
    }
    return true;
  };
  let mistaken: string | undefined;
  for (const [name, formulas] of finite.length > 0 ? Object.entries(wrong) : []) {
    for (const formula of [formulas].flat()) {
      if (mistaken === undefined && (await isMistakenFor(formula))) mistaken = name;
    }
  }
  const at = finite[0] ?? first;
  const seen = difference(itemAt(results, at).value as Nested, itemAt(got, at));
  const isNotFinite = 'value' in itemAt(got, at) && finite.length === 0;
  const inputs = itemAt(asked, at);
  const { exercises } = messages();
  throw new WrongAnswer(
    exercises.compared.sentence(
      question.named?.(text, inputs) ??
        (text.inputs ?? exercises.listed)(...inputs.map(input => formatValue(input))),
      seen,
      mistaken ? text.wrong[mistaken] : isNotFinite ? text.notFinite : undefined,
    ),
  );
}

/** Tells whether a call gave something without NaN or Infinity in it. */
function hasNumbers(outcome: Outcome): boolean {
  if ('error' in outcome) return false;
  return ![outcome.value].flat(9).some(item => typeof item === 'number' && !Number.isFinite(item));
}

const agreement =
  <Result>({ same }: Kind<Result>) =>
  (a: Outcome, b: Outcome): boolean => {
    if ('error' in a || 'error' in b) return 'error' in a && 'error' in b;
    if (isBlank(a.value) || isBlank(b.value)) return Object.is(a.value, b.value);
    return same(a.value as Result, b.value as Result);
  };

async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    return { value: await settled(call()) };
  } catch (error) {
    if (error instanceof WrongAnswer) throw error;
    return { error };
  }
}

/** Refutes a function that gives nothing at any call, or fails at each. */
function refuteSilence(got: readonly Outcome[]): void {
  const first = itemAt(got, 0);
  if ('error' in first) {
    if (got.every(outcome => 'error' in outcome)) throw first.error;
  } else if (got.every(outcome => 'value' in outcome && (outcome.value ?? '') === '')) {
    throw nothingReturned(first.value);
  }
}

function difference(expected: Nested, got: Outcome): string {
  const { compared } = messages().exercises;
  if ('error' in got) {
    return compared.error(
      formatValue(expected),
      formatThrown(got.error).replace(/(?<![.。])[.。]+$/, ''),
    );
  }
  const [all, gotAll] = [[expected].flat(2), [got.value].flat(2)];
  const isShort = all.length <= 20 || gotAll.length !== all.length;
  if (isShort) return compared.result(...distinguish(expected, got.value));
  const at = all.findIndex((value, i) => !alike(value, itemAt(gotAll, i) as Nested));
  const values = distinguish(all[at], gotAll[at]);
  const width = [itemAt(expected as Nested[], 0)].flat().length;
  if (width === 1) return compared.item(at, ...values);
  return compared.cell(Math.floor(at / width), at % width, ...values);
}

/** Writes two values, with as many digits as it takes to see that they differ. */
function distinguish(a: unknown, b: unknown): [string, string] {
  const digits = [4, 8].find(digits => formatValue(a, digits) !== formatValue(b, digits)) ?? 17;
  return [formatValue(a, digits), formatValue(b, digits)];
}

/** Draws a whole number; both ends may come. */
export const integer = (from: number, to: number): number =>
  from + Math.floor(Math.random() * (to - from + 1));

/** Draws numbers with two decimals, short enough to be read in a message. */
export const numbers = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, () => integer(from * 100, to * 100) / 100);

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Draws a probability for each class: all positive, with sum 1. */
export function probabilities(classes: number): number[] {
  const shares = Array.from({ length: classes }, () => integer(1, 1000));
  return shares.map(share => share / sum(shares));
}

/** Brings the items into another order, or by chance into the same. */
export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(integer(0, left.length - 1), 1));
}
