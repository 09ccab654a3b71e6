/** Compares the learner's function with a formula, and knows the formulas that are taken for it. */
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { Mistake } from './exercise';
import { blankResult, close, isBlank, shown, theCode, theNumber, theNumbers } from './values';

/** What a function is to compute. */
export interface Question<Inputs extends readonly unknown[], Result> {
  /** Draws the inputs of several calls; drawn again until they tell all the formulas apart. */
  readonly draw: () => readonly Inputs[];
  /** Names the inputs of a call, in messages. */
  readonly named: (...inputs: Inputs) => Text;
  readonly right: Formula<Inputs, Result>;
  /** What learners take for right, each with the reason that it is not. */
  readonly wrong: readonly (readonly [formula: Formula<Inputs, unknown>, why: Text])[];
  /** Takes what the learner's function gave, in each form. */
  readonly read: (given: unknown) => Result;
  readonly same: (a: Result, b: Result) => boolean;
  /** Gives the learner's function inputs of its own, which it may change. */
  readonly copy?: (inputs: Inputs) => Inputs;
}

type Kind<Result> = Pick<Question<never, Result>, 'read' | 'same'>;

const alike = (a: number, b: number) => Object.is(a, b) || close(a, b);

/** A result that is a whole number. */
export const wholeNumber: Kind<number> = { read: theNumber, same: (a, b) => a === b };
/** A result that is a number, but for the rounding of float32. */
export const number: Kind<number> = { read: theNumber, same: alike };
/** A result that is a list of numbers, in any form, but for the rounding of float32. */
export const list: Kind<readonly number[]> = {
  read: theNumbers,
  same: (a, b) => a.length === b.length && a.every((value, i) => alike(value, itemAt(b, i))),
};

type Formula<Inputs extends readonly unknown[], Result> = (...inputs: Inputs) => Result;

/** What a call came to. */
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * Calls the learner's function. It is wrong for the reason of a formula only where all its results
 * are those of this formula; else it is told a result that differs.
 *
 * @throws Mistake where a result differs from that of the right formula.
 */
export async function compare<Inputs extends readonly unknown[], Result>(
  answer: unknown,
  question: Question<Inputs, Result>,
): Promise<void> {
  const { named, right, wrong, read } = question;
  const copy: (inputs: Inputs) => Inputs = question.copy ?? structuredClone;
  const call = theCode(answer);
  const asked = tellingInputs(question);
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
  const differs = got.findIndex((outcome, i) => !agree(outcome, itemAt(results, i)));
  if (differs < 0) return;
  const mistaken = wrong.find(([formula]) =>
    asked.every((inputs, i) => agree(itemAt(got, i), computed(formula, inputs))),
  );
  const of = named(...itemAt(asked, differs));
  const seen = difference(itemAt(results, differs).value, itemAt(got, differs));
  throw new Mistake({
    zh: `${of.zh}：${seen.zh}${mistaken?.[1].zh ?? ''}`,
    en: `${of.en}: ${seen.en}${mistaken ? ` ${mistaken[1].en}` : ''}`,
  });
}

/** Draws inputs for which no two formulas give the same results. */
function tellingInputs<Inputs extends readonly unknown[], Result>(
  question: Question<Inputs, Result>,
): readonly Inputs[] {
  const agree = agreement(question);
  const formulas = [question.right, ...question.wrong.map(([formula]) => formula)];
  for (let draws = 0; draws < 1000; draws++) {
    const asked = question.draw();
    const results = formulas.map(formula => asked.map(inputs => computed(formula, inputs)));
    const alike = results.some((a, i) =>
      results.slice(i + 1).some(b => a.every((outcome, j) => agree(outcome, itemAt(b, j)))),
    );
    if (!alike) return asked;
  }
  throw new Error('No inputs tell the formulas of this exercise apart');
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
    return { value: await call() };
  } catch (error) {
    if (error instanceof Mistake) throw error;
    return { error };
  }
}

/** Where no call gives anything, the function is not finished, or fails whatever it gets. */
function refuteSilence(got: readonly Outcome[]): void {
  const first = itemAt(got, 0);
  if ('error' in first) {
    if (got.every(outcome => 'error' in outcome)) throw first.error;
  } else if (got.every(outcome => 'value' in outcome && (outcome.value ?? '') === '')) {
    throw blankResult(first.value);
  }
}

function difference(expected: unknown, got: Outcome): Text {
  if ('error' in got) {
    const error = String(got.error).replace(/\.+$/, '');
    return {
      zh: `应得 ${shown(expected)}，您的代码却出错了：${error}。`,
      en: `the result should be ${shown(expected)}, but your code stops with an error: ${error}.`,
    };
  }
  return {
    zh: `应得 ${shown(expected)}，您得到 ${shown(got.value)}。`,
    en: `the result should be ${shown(expected)}; yours is ${shown(got.value)}.`,
  };
}
