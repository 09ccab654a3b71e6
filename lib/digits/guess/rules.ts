/** Determines the correct option of a guess: constant, or dependent on the learner's results. */
import { valuesOf } from '../findings/history';
import { percent } from '../format';
import {
  describeMissing,
  type Given,
  kindOf,
  predictionsByLabel,
  unwrapScalar,
} from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { Messages } from '../messages/en';

export type GuessId = keyof Messages['guesses']['questions'];

/** Index of the correct option, and the value as text if it varies between executions. */
interface Outcome {
  readonly right: number;
  readonly value?: string;
}

/** Maps values to an outcome; `usual` is the option that is usually correct. */
interface Rule {
  readonly usual: number;
  /** @throws Error if the values have an unexpected type or range. */
  decide(...values: unknown[]): Outcome;
}

const always = (right: number): Rule => ({ usual: right, decide: () => ({ right }) });

/** Returns a rule for a number; `limits` are the boundaries between the options in ascending order. */
function byNumber(
  id: GuessId,
  [low, high]: readonly [low: number, high: number],
  limits: readonly number[],
  usual: number,
  write: (value: number, given: unknown) => string,
  find = (input: unknown) => input,
): Rule {
  const optionOf = (value: number) => limits.filter(limit => value >= limit).length;
  const decide = (input: unknown) => {
    const value = numberIn(find(input), low, high, `reveal('${id}', ${usual})`);
    return { right: optionOf(value), value: write(value, input) };
  };
  return { usual: optionOf(usual), decide };
}

function numberIn(container: unknown, low: number, high: number, example: string): number {
  const content = unwrapScalar(container);
  if (typeof content === 'number' && content >= low && content <= high) return content;
  const { noValue, otherValue } = messages().guesses;
  const received = typeof content === 'number' ? String(content) : kindOf(content);
  throw new RangeError(
    noValue(example, low, high, describeMissing(content) ?? otherValue(received)),
  );
}

const twoDecimals = (value: number) => value.toFixed(2);
const oneDecimal = (share: number) => percent(share, 1);
const texts = () => messages().guesses.questions;

/** Returns the accuracies of a `model.fit` result; empty for other values. */
const accuraciesIn = (given: unknown): Partial<ReturnType<typeof valuesOf>> =>
  (given as { history?: object } | undefined)?.history ? valuesOf(given) : {};

const lastAccuracy = (given: unknown) => accuraciesIn(given).validationAccuracy?.at(-1) ?? given;

/** Compares two shares; `limits` are the boundaries between the options in percentage points, the largest first. */
function compare(id: 'later-epochs' | 'test', limits: readonly number[], ...shares: unknown[]) {
  const example = `reveal('${id}', 0.98, 0.97)`;
  const [before = 0, after = 0] = shares.map(share => numberIn(share, 0, 1, example));
  const points = Math.round(1000 * (after - before)) / 10;
  const right = limits.filter(limit => points < limit).length;
  return { right, value: texts()[id].value(oneDecimal(before), oneDecimal(after)) };
}

function decideLaterEpochs(given: unknown, end: unknown): Outcome {
  const { validationAccuracy = [given, end] } = accuraciesIn(given);
  return compare('later-epochs', [4, 0.5, -0.4], validationAccuracy[0], validationAccuracy.at(-1));
}

const decideTest = (given: unknown, tested: unknown) =>
  compare('test', [0.1, 0, -5], accuraciesIn(given).accuracy?.at(-1) ?? given, tested);

/** Digit pairs of the options as two-digit numbers, lower digit first. */
const PAIRS = [17, 49, 35];

function decideConfused(labels: unknown, predictions: unknown): Outcome {
  const pairs = predictionsByLabel(labels as Given, predictions as Given).flatMap((row, label) => {
    const wrong = row.filter(digit => digit !== label);
    return wrong.map(digit => 10 * Math.min(label, digit) + Math.max(label, digit));
  });
  const count = (pair: number) => pairs.filter(other => other === pair).length;
  const [most] = [...new Set(pairs)].sort((a, b) => count(b) - count(a));
  if (most === undefined) throw new RangeError(messages().figures.worstMistakes.none);
  const value = texts().confused.value(Math.floor(most / 10), most % 10, count(most));
  return { right: [...PAIRS, most].indexOf(most), value };
}

export const RULES: Readonly<Record<GuessId, Rule>> = {
  shapes: always(0),
  division: always(1),
  untrained: byNumber('untrained', [0, 1], [0.105, 0.3, 0.7], 0.15, value => percent(value, 0)),
  parameters: always(2),
  tenfold: always(1),
  'first-loss': byNumber('first-loss', [0, Number.MAX_VALUE], [0.5, 1.65, 6], 2.3, twoDecimals),
  'later-epochs': { usual: 1, decide: decideLaterEpochs },
  sorted: byNumber('sorted', [0, 1], [0.25, 0.65, 0.82], 0, oneDecimal, lastAccuracy),
  stop: always(1),
  test: { usual: 2, decide: decideTest },
  confused: { usual: 1, decide: decideConfused },
  nudge: byNumber('nudge', [0, 1], [0.02, 0.3, 0.7], 0.12, twoDecimals),
};

/** Returns a question with the correct option, the result and the reason. */
export function outcome(id: GuessId, values: readonly unknown[]) {
  const { answer, came } = messages().guesses;
  const { asks, options, why, otherwise = why } = question(id);
  const { right, value } = RULES[id].decide(...values);
  return {
    ...{ id, asks, options, right },
    came: value === undefined ? answer(itemAt(options, right)) : came(value),
    why: right === RULES[id].usual ? why : otherwise,
  };
}

export interface Question {
  readonly asks: string;
  readonly options: readonly string[];
  readonly why: string;
  /** The reason if the result is unusual. */
  readonly otherwise?: string;
}

export const question = (id: GuessId): Question => texts()[id];
