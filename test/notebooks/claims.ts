/** What the texts say of the lesson's results, and by what each saying is checked in a run. */
import type { Language } from '../../lib/digits/language';
import {
  type CodeCell,
  displays,
  isCode,
  joined,
  type Notebook,
  PLOTLY,
  printed,
} from '../../lib/tools/publish/notebook';

/** The results that a run of the lesson has left in its notebook. */
export interface Run {
  /** Of 64 pictures, before one step of learning and after it. */
  readonly step: readonly number[];
  /** By the names in `history`, one value an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Of the test set. */
  readonly loss: number;
  readonly accuracy: number;
  /** Test pictures by label, then by prediction. */
  readonly confusion: readonly (readonly number[])[];
}

/** Reads the results of a run from what its cells have printed and drawn. */
export function runOf({ cells }: Notebook): Run {
  const code = cells.filter(isCode);
  const text = code.map(cell => printed(cell)).join('');
  const numbers = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map(match => match.slice(1).map(Number));
  const names = ['loss', 'accuracy', 'val_loss', 'val_accuracy'];
  const epochs = numbers(
    /^750\/750 .* loss: (\S+) - \w+accuracy: (\S+) - val_loss: (\S+) - val_\w+: (\S+)$/gm,
  );
  const [[loss = NaN, accuracy = NaN] = []] = numbers(/^157\/157 .* loss: (\S+) - \w+: (\S+)$/gm);
  return {
    step: numbers(/^(\d\.\d+) (\d\.\d+)$/gm)[0] ?? [],
    history: Object.fromEntries(names.map((name, i) => [name, epochs.map(row => row[i] ?? NaN)])),
    ...{ loss, accuracy },
    confusion: confusionOf(code.find(cell => /confusionMatrix\(/.test(joined(cell.source)))),
  };
}

function confusionOf(cell: CodeCell | undefined): number[][] {
  const [bundle] = cell ? displays(cell) : [];
  const figure = bundle?.[PLOTLY] as { data: { customdata: string[][] }[] } | undefined;
  const rows = figure?.data[0]?.customdata ?? [];
  return rows.map(row => row.map(count => Number(count.replace(/\D/g, ''))));
}

export interface Claim {
  /** Where it is said; the groups are what is said in numbers. */
  readonly said: Readonly<Record<Language, RegExp>>;
  /** Whether a run agrees. */
  readonly holds: (run: Run, said: readonly number[]) => boolean;
}

/** A number that is said holds to its last digit: a run may be off by one unit of it, or by what is given. */
const about =
  (measured: (run: Run) => number, { within = NaN, states = NaN } = {}) =>
  (run: Run, [said = states]: readonly number[]): boolean => {
    const decimals = /\.(\d+)$/.exec(String(said))?.[1]?.length ?? 0;
    return Math.abs(measured(run) - said) <= (Number.isNaN(within) ? 10 ** -decimals : within);
  };

const last = (values: readonly number[] = []) => values.at(-1) ?? NaN;
const falls = (values: readonly number[] = []) =>
  values.length === 5 && values.every((value, i) => i === 0 || value < (values[i - 1] ?? NaN));

/** How many of the ten digits' 45 pairs are mixed up more often, one taken for the other either way. */
function moreOften({ confusion }: Run, a: number, b: number): number {
  const mixedUp = (i: number, j: number) => (confusion[i]?.[j] ?? NaN) + (confusion[j]?.[i] ?? NaN);
  const pairs = confusion.flatMap((row, i) => row.slice(0, i).map((_, j) => mixedUp(i, j)));
  return pairs.length === 45 ? pairs.filter(count => count > mixedUp(a, b)).length : NaN;
}

/** Of 24 trainings, as in the lesson, that were measured: where a tolerance is given, all lay within it. */
export const CLAIMS: Readonly<Record<string, Claim>> = {
  'the accuracy on the test set, as a fraction': {
    said: {
      zh: /(?<=准确率约 |一样好，准确率 |测试准确率 |准确率为什么从 )(0\.\d+)/g,
      en: /(?<=accuracy is about |as well: accuracy |test accuracy |lower, 0\.94 instead of )(0\.\d+)/g,
    },
    holds: about(run => run.accuracy),
  },
  'the accuracy on the test set, in per cent': {
    said: {
      zh: /(?<=准确率约 |课程的网络约为 |有了比较，)([\d.]+)%/g,
      en: /(?<=accuracy is about |reaches about |of the lesson: about |others does )([\d.]+)%/g,
    },
    holds: about(run => 100 * run.accuracy),
  },
  'how many of a hundred are wrong': {
    said: { zh: /一百张里约错三张/g, en: /about three wrong in a hundred/g },
    holds: about(run => 100 * (1 - run.accuracy), { states: 3 }),
  },
  'how many of a hundred are wrong, in training and in the test': {
    said: {
      zh: /训练集一百张约错两张，测试集约错三张|一百张错三张，不是两张/g,
      en: /two in a hundred were wrong in training, three are here|Three errors in a hundred, not two/g,
    },
    holds: run =>
      about(({ history }) => 100 * (1 - last(history.accuracy)), { states: 2 })(run, []) &&
      about(({ accuracy }) => 100 * (1 - accuracy), { states: 3 })(run, []) &&
      run.accuracy < last(run.history.accuracy) - 0.003,
  },
  'the accuracy in training': {
    said: { zh: /训练准确率 (0\.\d+)/g, en: /Training accuracy (0\.\d+)/g },
    holds: about(run => last(run.history.accuracy)),
  },
  'the loss on the test set': {
    said: { zh: /损失：从 (0\.\d+) 升到/g, en: /12 to 16 instead of (0\.\d+)/g },
    holds: about(run => run.loss, { within: 0.015 }),
  },
  'the loss before one step': {
    said: {
      zh: /接近 \$-\\ln 0\.1 \\approx (\d\.\d)\$|——(\d\.\d) 左右|−ln 0\.1 ≈ (\d\.\d+)/g,
      en: /near \$-\\ln 0\.1 \\approx (\d\.\d)\$|Near (\d\.\d),|−ln 0\.1 ≈ (\d\.\d+)/g,
    },
    holds: about(run => run.step[0] ?? NaN, { within: 0.2 }),
  },
  'the loss after one step': {
    said: { zh: /降到 (\d\.\d) 左右/g, en: /After one step it is about (\d\.\d)/g },
    holds: about(run => run.step[1] ?? NaN, { within: 0.15 }),
  },
  'the validation accuracy of the first epoch, the last of three guesses': {
    said: { zh: /50%、80%，还是 (\d+)%/g, en: /50%, 80% or (\d+)%/g },
    holds: about(run => 100 * (run.history.val_accuracy?.[0] ?? NaN)),
  },
  'how training goes on': {
    said: {
      zh: /训练损失一直下降，验证损失降得越来越慢/g,
      en: /training loss keeps falling; the validation loss falls ever more slowly/g,
    },
    holds: ({ history: { loss, val_loss: losses = [] } }) => {
      const [first = NaN, second = NaN] = losses;
      return falls(loss) && first - second > 2 * (last(losses.slice(0, -1)) - last(losses));
    },
  },
  'the first epoch, in which training is worse than validation': {
    said: {
      zh: /第一轮里训练集的圆点反而比验证集差/g,
      en: /first epoch the training dot is even worse/g,
    },
    holds: ({ history }) => (history.loss?.[0] ?? NaN) > (history.val_loss?.[0] ?? NaN),
  },
  'what answering 1 gets right': {
    said: { zh: /能对多少？——(\d+)%/g, en: /always answers 1\? — (\d+)%/g },
    holds: about(({ confusion }) => (confusion[1] ?? []).reduce((sum, n) => sum + n, 0) / 100),
  },
  'by how much the hidden layer cuts the errors': {
    said: { zh: /错误减少到三分之一/g, en: /cut the errors to a third/g },
    holds: about(run => (1 - run.accuracy) / (1 - 0.923), { states: 1 / 3, within: 0.07 }),
  },
  'the two digits that are mixed up most': {
    said: {
      zh: /最容易混的是 (\d) 和 (\d)|多半是 (\d) 和 (\d)/g,
      en: /In most runs, (\d) and (\d) are confused most|mostly (\d) and (\d)/g,
    },
    holds: (run, [a = NaN, b = NaN]) => moreOften(run, a, b) <= 2,
  },
  'what a 7 with a bar is taken for': {
    said: { zh: /常被认作 (\d)/g, en: /with a low bar is often taken for a (\d)/g },
    holds: ({ confusion }, [digit = NaN]) => (confusion[7]?.[digit] ?? 0) >= 3,
  },
};

/** Numbers that are no results of the lesson's run, though they look it. */
const OTHERS: readonly RegExp[] = [
  // The original tutorial's run.
  /^\| \d \|( 0\.\d{4} \|){4}$|0\.0831|0\.9753/gm,
  // The settings of adam, and of training.
  /0\.001|0\.01\b|0\.999|0\.0000001|(?<=最后 )20%|(?<=The last )20%/g,
  // The example of stage 7.
  /0\.07\b|0\.36\b|0\.3567/g,
  // What was measured of other networks, and of pixels that were not divided.
  /92%|0\.92\b|98%|99%|0\.94\b|0\.003\b/g,
  // The aim of exercise 10.4.
  /(?<=超过 |above )97\.5%/g,
  // Of people.
  /100%/g,
];

const LOOKS_LIKE_A_RESULT = /\d+(\.\d+)?%|(?<![\d.])0\.\d\d+|(?<![\d.])\d (被认作|taken for) \d/g;

/** Code and its fences are no text. */
const withoutCode = (text: string) =>
  text.replace(/```[\s\S]*?```|`[^`\n]*`/g, code => ' '.repeat(code.length));

/** Lists what a text says that a run contradicts, what it no longer says, and results that nothing checks. */
export function contradictions(text: string, runs: readonly Run[], language: Language): string[] {
  const words = withoutCode(text);
  const found = Object.entries(CLAIMS).flatMap(([what, { said, holds }]) => {
    const matches = [...words.matchAll(said[language])];
    if (matches.length === 0) return [`is not said: ${what}`];
    return matches.flatMap(match => {
      const numbers = match.slice(1).filter(Boolean).map(Number);
      return runs.every(run => holds(run, numbers)) ? [] : [`${what}: ${match[0]}`];
    });
  });
  const known = [...Object.values(CLAIMS).map(claim => claim.said[language]), ...OTHERS];
  const rest = known.reduce((all, pattern) => all.replace(pattern, ''), words);
  return [...found, ...(rest.match(LOOKS_LIKE_A_RESULT) ?? []).map(some => `unchecked: ${some}`)];
}
