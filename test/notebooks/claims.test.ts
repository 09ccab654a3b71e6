/** What the texts say of results agrees with what both saved lessons show. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { STAGES } from '../../lib/tools/options.mjs';
import { projectRoot } from '../../lib/tools/project/paths';
import {
  type CodeCell,
  displays,
  isCode,
  joined,
  type Notebook,
  PLOTLY,
  printed,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { languages, notebookFolder } from '../../lib/tools/publish/source';
import { exerciseTexts } from '../exercise-texts';

/** The results that a run of the lesson has left in its notebook. */
type Run = ReturnType<typeof runOf>;

function runOf({ cells }: Notebook) {
  const code = cells.filter(isCode);
  const text = code.map(cell => printed(cell)).join('');
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
    step: numbers(/^(\d\.\d+) (\d\.\d+)$/gm)[0] ?? [],
    /** One value an epoch. */
    history: Object.fromEntries(history) as Record<string, number[] | undefined>,
    /** Of the test set. */
    ...{ loss, accuracy },
    /** Test pictures by label, then by prediction. */
    confusion: confusionOf(code.find(cell => /confusionMatrix\(/.test(joined(cell.source)))),
  };
}

function confusionOf(cell: CodeCell | undefined): number[][] {
  const [bundle] = cell ? displays(cell) : [];
  const figure = bundle?.[PLOTLY] as { data: { customdata: string[][] }[] } | undefined;
  const rows = figure?.data[0]?.customdata ?? [];
  return rows.map(row => row.map(count => Number(count.replace(/\D/g, ''))));
}

/** By what it is found in a text, where the groups are what is said in numbers; and whether a run agrees. */
interface Claim extends Readonly<Record<Language, RegExp>> {
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
const CLAIMS: Readonly<Record<string, Claim>> = {
  'the accuracy on the test set, as a fraction': {
    zh: /(?<=准确率约 |一样好，准确率 |测试准确率 |准确率为什么从 )(0\.\d+)/g,
    en: /(?<=accuracy is about |as well: accuracy |test accuracy |lower, 0\.94 instead of )(0\.\d+)/g,
    holds: about(run => run.accuracy),
  },
  'the accuracy on the test set, in per cent': {
    zh: /(?<=准确率约 |课程的网络约为 |有了比较，)([\d.]+)%/g,
    en: /(?<=accuracy is about |reaches about |of the lesson: about |others does )([\d.]+)%/g,
    holds: about(run => 100 * run.accuracy),
  },
  'how many of a hundred are wrong': {
    zh: /一百张里约错三张/g,
    en: /about three wrong in a hundred/g,
    holds: about(run => 100 * (1 - run.accuracy), { states: 3 }),
  },
  'how many of a hundred are wrong, in training and in the test': {
    zh: /训练集一百张约错两张，测试集约错三张|一百张错三张，不是两张/g,
    en: /two in a hundred were wrong in training, three are here|Three errors in a hundred, not two/g,
    holds: run =>
      about(({ history }) => 100 * (1 - last(history.accuracy)), { states: 2 })(run, []) &&
      about(({ accuracy }) => 100 * (1 - accuracy), { states: 3 })(run, []) &&
      run.accuracy < last(run.history.accuracy) - 0.003,
  },
  'the accuracy in training': {
    zh: /训练准确率 (0\.\d+)/g,
    en: /Training accuracy (0\.\d+)/g,
    holds: about(run => last(run.history.accuracy)),
  },
  'the loss on the test set': {
    zh: /损失：从 (0\.\d+) 升到/g,
    en: /12 to 16 instead of (0\.\d+)/g,
    holds: about(run => run.loss, { within: 0.015 }),
  },
  'the loss before one step': {
    zh: /接近 \$-\\ln 0\.1 \\approx (\d\.\d)\$|——(\d\.\d) 左右|−ln 0\.1 ≈ (\d\.\d+)/g,
    en: /near \$-\\ln 0\.1 \\approx (\d\.\d)\$|Near (\d\.\d),|−ln 0\.1 ≈ (\d\.\d+)/g,
    holds: about(run => run.step[0] ?? NaN, { within: 0.2 }),
  },
  'the loss after one step': {
    zh: /降到 (\d\.\d) 左右/g,
    en: /After one step it is about (\d\.\d)/g,
    holds: about(run => run.step[1] ?? NaN, { within: 0.15 }),
  },
  'the validation accuracy of the first epoch, the last of three guesses': {
    zh: /50%、80%，还是 (\d+)%/g,
    en: /50%, 80% or (\d+)%/g,
    holds: about(run => 100 * (run.history.val_accuracy?.[0] ?? NaN)),
  },
  'how training goes on': {
    zh: /训练损失一直下降，验证损失降得越来越慢/g,
    en: /training loss keeps falling; the validation loss falls ever more slowly/g,
    holds: ({ history: { loss, val_loss: losses = [] } }) => {
      const [first = NaN, second = NaN] = losses;
      return falls(loss) && first - second > 2 * (last(losses.slice(0, -1)) - last(losses));
    },
  },
  'the first epoch, in which training is worse than validation': {
    zh: /第一轮里训练集的圆点反而比验证集差/g,
    en: /first epoch the training dot is even worse/g,
    holds: ({ history }) => (history.loss?.[0] ?? NaN) > (history.val_loss?.[0] ?? NaN),
  },
  'what answering 1 gets right': {
    zh: /能对多少？——(\d+)%/g,
    en: /always answers 1\? — (\d+)%/g,
    holds: about(({ confusion }) => (confusion[1] ?? []).reduce((sum, n) => sum + n, 0) / 100),
  },
  'by how much the hidden layer cuts the errors': {
    zh: /错误减少到三分之一/g,
    en: /cut the errors to a third/g,
    holds: about(run => (1 - run.accuracy) / (1 - 0.923), { states: 1 / 3, within: 0.07 }),
  },
  'the two digits that are mixed up most': {
    zh: /最容易混的是 (\d) 和 (\d)|多半是 (\d) 和 (\d)/g,
    en: /In most runs, (\d) and (\d) are confused most|mostly (\d) and (\d)/g,
    holds: (run, [a = NaN, b = NaN]) => moreOften(run, a, b) <= 2,
  },
  'what a 7 with a bar is taken for': {
    zh: /常被认作 (\d)/g,
    en: /with a low bar is often taken for a (\d)/g,
    holds: ({ confusion }, [digit = NaN]) => (confusion[7]?.[digit] ?? 0) >= 3,
  },
};

/** Code and its fences are no text. */
const withoutCode = (text: string) =>
  text.replace(/```[\s\S]*?```|`[^`\n]*`/g, code => ' '.repeat(code.length));

/** Lists what a text says that a run contradicts, and what it no longer says. */
function contradictions(text: string, runs: readonly Run[], language: Language): string[] {
  const words = withoutCode(text);
  return Object.entries(CLAIMS).flatMap(([what, { holds, [language]: said }]) => {
    const matches = [...words.matchAll(said)];
    if (matches.length === 0) return [`is not said: ${what}`];
    return matches.flatMap(match => {
      const numbers = match.slice(1).filter(Boolean).map(Number);
      return runs.every(run => holds(run, numbers)) ? [] : [`${what}: ${match[0]}`];
    });
  });
}

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** What learners and teachers read: of the lesson, the tasks, one that answers, and the guide. */
function textIn(language: Language): string {
  const cells = read('notebooks/lesson.ts')
    .split(/^\/\/ %%/m)
    .filter(cell => cell.startsWith(` [markdown] tags=["${language}"`))
    .map(cell => cell.replace(/^\/\/ ?/gm, ''));
  const texts = exerciseTexts(language).map(file => {
    const text = read(file).replaceAll('`', '');
    return file.includes('/convolution/') ? text : text.split(/^ {2}starter:/m, 1)[0];
  });
  const guide = read(language === 'en' ? 'TEACHING.md' : 'TEACHING.zh.md');
  return [...cells, ...texts, guide].join('\n');
}

describe('what is said of results', () => {
  let runs: Run[];
  before(async () => {
    const notebooks = languages.map(language =>
      readNotebook(join(notebookFolder, `lesson.${language}.ipynb`)),
    );
    runs = (await Promise.all(notebooks)).map(runOf);
  });

  for (const language of languages) {
    it(`agrees with the saved runs, in ${language}`, () => {
      assert.deepEqual(contradictions(textIn(language), runs, language), []);
    });
  }

  it('is refused if a run contradicts it, and if it is gone', () => {
    const text = textIn('en');
    const run = { ...(runs[0] as Run), accuracy: 0.9713 };
    const faults: [from: string | RegExp, to: string, problem: RegExp][] = [
      ['accuracy is about 0.97', 'accuracy is about 0.975', /as a fraction: 0\.975/],
      ['about three wrong in a hundred', '', /^is not said: how many of a hundred are wrong$/],
    ];
    for (const [from, to, problem] of faults) {
      const [first, ...others] = contradictions(text.replace(from, to), [run], 'en');
      assert.match(first ?? '', problem);
      assert.deepEqual(others, []);
    }
  });
});

describe('the lesson says of itself', () => {
  for (const language of languages) {
    const numbers = (pattern: RegExp): number[] =>
      [...textIn(language).matchAll(pattern)].flatMap(match => match.slice(1).map(Number));
    const isEnglish = language === 'en';

    it(`how long it takes, as its table and the guide do, in ${language}`, () => {
      const stages = numbers(/^\| \d \| [^|]+ \| (\d+) \| \d+ \| [^|]+ \| (\d+) \|$/gm);
      const [opening = NaN, all = NaN] = numbers(
        isEnglish ? /\((\d+) minutes\), about (\d+) minutes/g : /（(\d+) 分钟）约 (\d+) 分钟/g,
      );
      assert.equal(stages.length, STAGES);
      const sum = stages.reduce((total, minutes) => total + minutes, opening);
      assert.ok(Math.abs(sum - all) < 2, `${sum} ${all}`);
      assert.deepEqual(numbers(/^\| (\d+) \| (?:The idea, before the code|先看懂原理) \|/gm), [
        opening,
      ]);
    });
  }
});
