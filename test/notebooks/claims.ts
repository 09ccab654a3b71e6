/** Claims about results, and the results of a run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ORIGINAL_RUN } from '../../lib/digits/figures/history-curves';
import type { Language } from '../../lib/digits/language';
import {
  type CodeCell,
  displays,
  isCode,
  logOf,
  type Notebook,
  PLOTLY,
  textOf,
} from '../../lib/publish/notebook';
import { exerciseTexts, notebookText, readText } from '../texts';

/** The results of a run in the lesson's notebook. */
export type Run = ReturnType<typeof runOf>;

export function runOf({ cells }: Notebook) {
  const code = cells.filter(isCode);
  const text = code.map(cell => logOf(cell)).join('');
  const numbers = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map(match => match.slice(1).map(Number));
  const names = ['loss', 'accuracy', 'val_loss', 'val_accuracy'];
  const epochs = numbers(
    /^750\/750 .* loss: (\S+) - \w+accuracy: (\S+) - val_loss: (\S+) - val_\w+: (\S+)$/gm,
  );
  const [[loss = NaN, accuracy = NaN] = []] = numbers(/^157\/157 .* loss: (\S+) - \w+: (\S+)$/gm);
  const history = names.map((name, i) => [name, epochs.map(row => row[i] ?? NaN)] as const);
  return {
    /** The loss of 64 pictures, before one step of learning and after it. */
    step: numbers(/^(\d\.\d+) → (\d\.\d+)$/gm)[0] ?? [],
    /** The accuracies after a step and an epoch of the written-out training. */
    own: code
      .filter(({ source }) => textOf(source).includes('rightShare(W, b));'))
      .map(cell => Number(logOf(cell))),
    /** One value an epoch. */
    history: Object.fromEntries(history) as Record<string, number[] | undefined>,
    /** Of the test set. */
    ...{ loss, accuracy },
    /** Test pictures by label, then by prediction. */
    confusion: confusionOf(code.find(cell => /confusionMatrix\(/.test(textOf(cell.source)))),
  };
}

function confusionOf(cell: CodeCell | undefined): number[][] {
  const [bundle] = cell ? displays(cell) : [];
  const figure = bundle?.[PLOTLY] as { data: { customdata: string[][] }[] } | undefined;
  const rows = figure?.data[0]?.customdata ?? [];
  return rows.map(row => row.map(count => Number(count.replace(/\D/g, ''))));
}

/** A number in a claim holds to the last digit: a run may differ by one unit of that digit, or by a given tolerance. */
const about =
  (measured: (run: Run) => number, within?: number) =>
  (run: Run, [said = NaN]: readonly number[]): boolean => {
    const decimals = /\.(\d+)$/.exec(String(said))?.[1]?.length ?? 0;
    return Math.abs(measured(run) - said) <= (within ?? 10 ** -decimals);
  };

const last = (values: readonly number[] = []) => values.at(-1) ?? NaN;
const falls = (values: readonly number[] = []) =>
  values.length === 5 && values.every((value, i) => i === 0 || value < (values[i - 1] ?? NaN));

/** Returns whether numbers equal the measurements to the last digit. */
const exactly =
  (measured: (run: Run) => readonly number[]) =>
  (run: Run, said: readonly number[]): boolean => {
    const values = measured(run);
    return said.every((number, i) => about(() => values[i] ?? NaN)(run, [number]));
  };

const ends = (values: readonly number[] = []) => [values[0] ?? NaN, last(values)];
const rounded = (share: number) => Number((100 * share).toFixed(1));
const rightAtEnd = ({ history }: Run) =>
  [history.accuracy, history.val_accuracy].map(values => rounded(last(values)));
const wrongOf = ({ accuracy, history }: Run) => [1 - accuracy, 1 - last(history.accuracy)];
const ratio = (run: Run) => {
  const [test = NaN, training = NaN] = wrongOf(run);
  return test / training;
};
const lowest = ({ history: { val_loss: losses = [] } }: Run) => Math.min(...losses);
const sumOf = (row: readonly number[] = []) => row.reduce((sum, n) => sum + n, 0);
const misread = ({ confusion }: Run) =>
  confusion.map((row, digit) => 1 - (row[digit] ?? NaN) / sumOf(row));

/** The number of the 45 digit pairs with more confusions in both directions. */
function moreOften({ confusion }: Run, a: number, b: number): number {
  const mixedUp = (i: number, j: number) => (confusion[i]?.[j] ?? NaN) + (confusion[j]?.[i] ?? NaN);
  const pairs = confusion.flatMap((row, i) => row.slice(0, i).map((_, j) => mixedUp(i, j)));
  return pairs.length === 45 ? pairs.filter(count => count > mixedUp(a, b)).length : NaN;
}

/** Tolerances by name. All of 24 measured trainings of the lesson lay within the tolerances. */
const HOLDS: Readonly<Record<string, (run: Run, said: readonly number[]) => boolean>> = {
  accuracy: about(run => run.accuracy),
  'accuracy, %': about(run => 100 * run.accuracy),
  'accuracy between, %': ({ accuracy }, [low = NaN, high = NaN]) =>
    low - 0.25 <= 100 * accuracy && 100 * accuracy <= high,
  'wrong of 100, both': run =>
    about(({ history }) => 100 * (1 - last(history.accuracy)))(run, [2]) &&
    about(({ accuracy }) => 100 * (1 - accuracy))(run, [3]) &&
    run.accuracy < last(run.history.accuracy) - 0.003,
  'training accuracy': about(run => last(run.history.accuracy)),
  loss: about(run => run.loss, 0.015),
  'loss before a step': about(run => run.step[0] ?? NaN, 0.2),
  curves: ({ history: { loss, val_loss: losses = [] } }) => {
    const [first = NaN, second = NaN] = losses;
    return falls(loss) && first - second > 2 * (last(losses.slice(0, -1)) - last(losses));
  },
  'first epoch': ({ history }) => (history.loss?.[0] ?? NaN) > (history.val_loss?.[0] ?? NaN),
  'ones, %': about(({ confusion }) => (confusion[1] ?? []).reduce((sum, n) => sum + n, 0) / 100),
  'most mixed up': (run, [a = NaN, b = NaN]) => moreOften(run, a, b) <= 2,
  'loss falls in a step': ({ step: [before = NaN, after = NaN] }) => after < before,
  'losses fall': exactly(({ history }) => [5, ...ends(history.loss), ...ends(history.val_loss)]),
  'right at the end': exactly(run => {
    const [training = NaN, validation = NaN] = rightAtEnd(run);
    return [training, validation, Math.abs(training - validation)];
  }),
  'still falling': ({ history }) => falls(history.val_loss),
  'lowest at the end': run => last(run.history.val_loss) === lowest(run),
  'lowest before': (run, [epoch = NaN, loss]) =>
    epoch < 5 && run.history.val_loss?.[epoch - 1] === lowest(run) && loss === lowest(run),
  'wrong of 100 each': exactly(run => wrongOf(run).map(share => 100 * share)),
  'losses of both': exactly(run => [run.loss, last(run.history.loss)]),
  'times as often': exactly(run => [ratio(run)]),
  'twice as often': run => ratio(run) >= 1.99,
  'errors left': exactly(run => [
    7.7,
    100 * (1 - run.accuracy),
    (100 * (1 - run.accuracy)) / 0.077,
  ]),
  'most often': ({ confusion }, [label = NaN, taken = NaN, times = 2]) =>
    confusion[label]?.[taken] === times &&
    times === Math.max(...confusion.flatMap((row, i) => row.filter((_, j) => i !== j))),
  hardest: (run, [digit = NaN, share = NaN]) =>
    misread(run)[digit] === Math.max(...misread(run)) &&
    Math.abs(share - 100 * (misread(run)[digit] ?? NaN)) < 0.06,
  'own step': ({ own: [first = NaN] }) => Math.abs(first - 1 / 3) < 0.06,
  'own epoch': ({ own: [, second = NaN] }) => second > 0.9,
};

interface Claim extends Readonly<Record<Language, string>> {
  readonly holds: string;
}

const {
  constants: listed,
  ...claims
}: { readonly constants: string } & Readonly<Record<string, Claim>> = parse(
  readFileSync(join(__dirname, 'claims.yml'), 'utf8'),
);

/** Numbers that no run changes: properties of the lesson, and published measurements. */
const CONSTANTS = new Set([
  ...listed.split(' '),
  ...Object.values(ORIGINAL_RUN.history).flatMap(values => Array.from(values, v => v.toFixed(4))),
]);

/** The largest number that counts stages, digits, minutes and the like. */
const SMALL = 20;

/** Code blocks do not count as text. */
const withoutCode = (text: string) =>
  text.replace(/```[\s\S]*?```|`[^`\n]*`/g, code => ' '.repeat(code.length));

/** Lists the claims of a text that a run contradicts. */
export function contradictions(text: string, runs: readonly Run[], language: Language): string[] {
  return saidIn(text, language).flatMap(({ what, holds, match }) => {
    const numbers = match.slice(1).filter(Boolean).map(Number);
    return runs.every(run => HOLDS[holds]?.(run, numbers)) ? [] : [`${what}: ${match[0]}`];
  });
}

function saidIn(text: string, language: Language) {
  const words = withoutCode(text);
  return Object.entries(claims).flatMap(([what, { holds, [language]: said }]) =>
    Array.from(words.matchAll(new RegExp(said, 'g')), match => ({ what, holds, match })),
  );
}

/** Numbers in digits, and such in words as count errors. */
const NUMBER: Readonly<Record<Language, RegExp>> = {
  en: /\d+(?:,\d{3})*(?:\.\d+)?%?|\b(?:one|two|three|four|five)\b(?= (?:of them )?(?:were )?(?:wrong|errors|mistakes)| (?:in|of) a hundred)|\b(?:half|halves|thirds?|quarters?|twice as)\b/gi,
  zh: /\d+(?:\.\d+)?%?|(?<=错)[一两三四五](?=张)|[一两三四五](?=个百分点)|[两三四五]分之[一二三四]|一半/g,
};

/** Lists the numbers in a text that are neither constants nor compared with a run. */
export function unchecked(text: string, language: Language): string[] {
  const words = withoutCode(text);
  const checked = saidIn(text, language).map(({ match: { index, 0: all } }) => [
    index,
    index + all.length,
  ]);
  return [...words.matchAll(NUMBER[language])].flatMap(({ index, 0: number }) => {
    const plain = number.replaceAll(',', '');
    const isConstant = CONSTANTS.has(plain) || (/^\d+$/.test(plain) && Number(plain) <= SMALL);
    const isChecked = checked.some(([from = 0, to = 0]) => from <= index && index < to);
    const context = words.slice(Math.max(0, index - 30), index + 30).replaceAll('\n', ' ');
    return isConstant || isChecked ? [] : [`${number} in “${context}”`];
  });
}

/** Texts for learners and teachers: the lesson, the tasks, the answers, and the guide. */
export function textIn(language: Language): string {
  const texts = exerciseTexts(language).map(file => {
    const text = readText(file).replaceAll('`', '');
    return file.includes('/convolution/') ? text : text.split(/^ {2}starter:/m, 1)[0];
  });
  const guide = readText(language === 'en' ? 'TEACHING.md' : 'TEACHING.zh.md');
  return [notebookText('lesson', language), ...texts, guide].join('\n');
}
