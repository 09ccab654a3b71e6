/**
 * Compares the learner's function with the right formula and with formulas of common mistakes. Each check draws
 * new inputs, so no answer can be tailored to an example.
 */
import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { messages } from '../../language';
import { type ExerciseText, type Task, WrongAnswer } from './exercise';
import { formatThrown, formatValue } from './format';
import { nothingReturned, opsCalledIn, settled } from './learner-code';
import { isBlank, parseArray, parseCode, parseNumber } from './parse';

type Formula<Inputs extends readonly unknown[], Result> = (...inputs: Inputs) => Result;

type Mistakes<Inputs extends readonly unknown[], Name extends string> = Readonly<
  Record<Name, Formula<Inputs, unknown> | readonly Formula<Inputs, unknown>[]>
>;

/** Messages about a function with wrong results. */
type Reasons = Pick<ExerciseText, 'inputs' | 'notFinite'> & {
  readonly wrong: Readonly<Record<string, string>>;
};

export interface Question<Inputs extends readonly unknown[], Result, T extends Reasons = Reasons> {
  /**
   * Returns the inputs of all calls. Fixed inputs distinguish all formulas and cover edge cases, such as first, last,
   * 0 and large values. Random inputs prevent answers tailored to the fixed inputs.
   */
  readonly draw: () => readonly Inputs[];
  readonly right: Formula<Inputs, Result>;
  /** Formulas of common mistakes, by the name of the mistake. */
  readonly wrong: Mistakes<Inputs, string>;
  /** Creates the arguments of the learner's function. Defaults to a copy of the inputs. */
  readonly give?: (...inputs: Inputs) => readonly unknown[];
  /** Parses a result of the learner's function in any form. `args` are the arguments of the call. */
  read(result: unknown, text: T, args: readonly unknown[]): Result;
  readonly same: (a: Result, b: Result) => boolean;
  /** Names the inputs of a call. Defaults to the text's `inputs`. */
  named?(text: T, inputs: Inputs): string;
}

type Kind<Result> = Pick<Question<never, Result>, 'read' | 'same'>;

/** Returns whether two numbers are equal up to rounding in float32. */
export const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 + 1e-5 * Math.min(Math.abs(a), Math.abs(b));

/** Returns whether results have the same nesting and equal numbers, up to rounding in float32. */
const alike = (a: Nested, b: Nested): boolean => {
  if (typeof a === 'number' || typeof b === 'number')
    return Object.is(a, b) || (typeof a === typeof b && close(a as number, b as number));
  return a.length === b.length && a.every((item, i) => alike(item, itemAt(b, i)));
};

export const wholeNumber: Kind<number> = { read: parseNumber, same: (a, b) => a === b };
export const number: Kind<number> = { read: parseNumber, same: alike };
/** A list of numbers in any form, compared up to rounding in float32. */
export const list: Kind<Nested> = { read: parseArray, same: alike };

/** The result of a call, or the error that the call threw. */
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Creates an exercise whose answer is a plain function. */
export function computing<
  Inputs extends readonly unknown[],
  Result,
  T extends ExerciseText & Reasons & { readonly reward: string },
>(
  task: Pick<Task<T>, 'texts'> &
    Question<Inputs, Result, T> & {
      readonly wrong: Mistakes<Inputs, keyof T['wrong'] & string>;
      /** Rejects right results of a forbidden method, such as a call of a function in `ops` of TensorFlow.js. */
      readonly also?: (ops: ReadonlySet<string>, text: T) => void;
    },
): Task<T> {
  return {
    ...task,
    formulas: task.wrong,
    async verify(answer, text) {
      const ops = await opsCalledIn(() => compare(answer, task, text));
      task.also?.(ops, text);
      return text.reward;
    },
  };
}

/**
 * Calls the learner's function and compares the results. Names a mistake only if all results equal the results of
 * the mistake's formula and some of the wrong results are finite; otherwise only shows a wrong result.
 *
 * @throws WrongAnswer if a result differs from the right result.
 */
export async function compare<Inputs extends readonly unknown[], Result, T extends Reasons>(
  answer: unknown,
  question: Question<Inputs, Result, T>,
  text: T,
): Promise<void> {
  const { right, wrong, same } = question;
  const call = parseCode(answer);
  const calls = question.draw();
  const outcomes: Outcome[] = [];
  for (const inputs of calls) {
    const args = question.give?.(...inputs) ?? structuredClone(inputs);
    try {
      const outcome = await outcomeOf(() => call(...args));
      const isNothing = 'error' in outcome || isBlank(outcome.value);
      outcomes.push(isNothing ? outcome : { value: question.read(outcome.value, text, args) });
    } finally {
      tf.dispose(args as unknown as tf.TensorContainer);
    }
  }
  rejectSilence(outcomes);
  const agree = (a: Outcome, b: Outcome): boolean => {
    if ('error' in a || 'error' in b) return 'error' in a && 'error' in b;
    if (isBlank(a.value) || isBlank(b.value)) return Object.is(a.value, b.value);
    return same(a.value as Result, b.value as Result);
  };
  const expected = calls.map(inputs => ({ value: right(...inputs) }));
  const differing = [...calls.keys()].filter(i => !agree(itemAt(outcomes, i), itemAt(expected, i)));
  const [first] = differing;
  if (first === undefined) return;
  const finite = differing.filter(i => hasNumbers(itemAt(outcomes, i)));
  const isMistake = async (formula: Formula<Inputs, unknown>): Promise<boolean> => {
    for (const [i, inputs] of calls.entries()) {
      if (!agree(itemAt(outcomes, i), await outcomeOf(() => formula(...inputs)))) return false;
    }
    return true;
  };
  let mistake: string | undefined;
  for (const [name, formulas] of finite.length > 0 ? Object.entries(wrong) : []) {
    for (const formula of [formulas].flat()) {
      if (mistake === undefined && (await isMistake(formula))) mistake = name;
    }
  }
  const index = finite[0] ?? first;
  const outcome = itemAt(outcomes, index);
  const inputs = itemAt(calls, index);
  const isNotFinite = 'value' in outcome && finite.length === 0;
  const { exercises } = messages();
  throw new WrongAnswer(
    exercises.compared.sentence(
      question.named?.(text, inputs) ??
        (text.inputs ?? exercises.listed)(...inputs.map(input => formatValue(input))),
      difference(itemAt(expected, index).value as Nested, outcome),
      mistake ? text.wrong[mistake] : isNotFinite ? text.notFinite : undefined,
    ),
  );
}

/** Returns whether a call returned a value without NaN and Infinity. */
function hasNumbers(outcome: Outcome): boolean {
  if ('error' in outcome) return false;
  return ![outcome.value].flat(9).some(item => typeof item === 'number' && !Number.isFinite(item));
}

async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    return { value: await settled(call()) };
  } catch (error) {
    if (error instanceof WrongAnswer) throw error;
    return { error };
  }
}

/** Rejects a function that returns nothing in all calls, or throws in all calls. */
function rejectSilence(outcomes: readonly Outcome[]): void {
  const first = itemAt(outcomes, 0);
  if ('error' in first) {
    if (outcomes.every(outcome => 'error' in outcome)) throw first.error;
  } else if (outcomes.every(outcome => 'value' in outcome && (outcome.value ?? '') === '')) {
    throw nothingReturned(first.value);
  }
}

function difference(expected: Nested, outcome: Outcome): string {
  const { compared } = messages().exercises;
  if ('error' in outcome) {
    const error = formatThrown(outcome.error).replace(/(?<![.。])[.。]+$/, '');
    return compared.error(formatValue(expected), error);
  }
  const [items, actual] = [[expected].flat(2), [outcome.value].flat(2)];
  const isShort = items.length <= 20 || actual.length !== items.length;
  if (isShort) return compared.result(...distinguish(expected, outcome.value));
  const index = items.findIndex((item, i) => !alike(item, itemAt(actual, i) as Nested));
  const values = distinguish(items[index], actual[index]);
  const width = [itemAt(expected as Nested[], 0)].flat().length;
  if (width === 1) return compared.item(index, ...values);
  return compared.cell(Math.floor(index / width), index % width, ...values);
}

/** Formats two values with enough digits to show the difference. */
function distinguish(a: unknown, b: unknown): [string, string] {
  const digits = [4, 8].find(digits => formatValue(a, digits) !== formatValue(b, digits)) ?? 17;
  return [formatValue(a, digits), formatValue(b, digits)];
}

/** Draws a whole number between two numbers, including both. */
export const integer = (from: number, to: number): number =>
  from + Math.floor(Math.random() * (to - from + 1));

/** Draws numbers with two decimals, so that messages stay short. */
export const numbers = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, () => integer(from * 100, to * 100) / 100);

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Draws a positive probability for each class, with sum 1. */
export function probabilities(classes: number): number[] {
  const shares = Array.from({ length: classes }, () => integer(1, 1000));
  return shares.map(share => share / sum(shares));
}

export function shuffled<T>(items: readonly T[]): T[] {
  const remaining = [...items];
  return items.flatMap(() => remaining.splice(integer(0, remaining.length - 1), 1));
}
