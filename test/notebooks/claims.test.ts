/** What the texts say of results agrees with what both saved lessons show. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { en } from '../../lib/kernel/messages/en';
import { projectRoot } from '../../lib/tools/project/paths';
import { readNotebook } from '../../lib/tools/publish/notebook';
import { languages, notebookFolder } from '../../lib/tools/publish/source';
import { exerciseTexts } from '../exercise-texts';
import { hintCases } from '../kernel/errors/hint-cases';
import { contradictions, type Run, runOf } from './claims';

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

  it('is refused if a run contradicts it, if it is gone, and if nothing checks it', () => {
    const text = textIn('en');
    const run = { ...(runs[0] as Run), accuracy: 0.9713 };
    const faults: [from: string | RegExp, to: string, problem: RegExp][] = [
      ['accuracy is about 97%', 'accuracy is about 97.5%', /in per cent: 97\.5%/],
      ['accuracy is about 0.97', 'accuracy is about 0.975', /as a fraction: 0\.975/],
      ['4 and 9 are confused most', '0 and 1 are confused most', /mixed up most: .*0 and 1/],
      ['often taken for a 2', 'often taken for a 6', /7 with a bar .*for a 6/],
      ['about three wrong in a hundred', '', /^is not said: how many of a hundred are wrong$/],
      ['### Is that good?', '### Is 97.5% good?', /^unchecked: 97\.5%$/],
      ['### Is that good?', '9 taken for 4, 25 times', /^unchecked: 9 taken for 4$/],
    ];
    for (const [from, to, problem] of faults) {
      const [first, ...others] = contradictions(text.replace(from, to), [run], 'en');
      assert.match(first ?? '', problem);
      assert.deepEqual(others, []);
    }
  });

  it('is refused of a run that went otherwise', () => {
    const text = textIn('zh');
    const [run] = runs as [Run];
    const untrained = { ...run, accuracy: 0.1, loss: 2.4 };
    assert.ok(contradictions(text, [run, untrained], 'zh').length >= 5);
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
      assert.equal(stages.length, 10);
      const sum = stages.reduce((total, minutes) => total + minutes, opening);
      assert.ok(Math.abs(sum - all) < 2, `${sum} ${all}`);
      assert.deepEqual(numbers(/^\| (\d+) \| (?:The idea, before the code|先看懂原理) \|/gm), [
        opening,
      ]);
    });

    it(`for Python's words what the kernel's hints say, in ${language}`, () => {
      const row = /^\| `True`(?:, |、)`None` \| `(\w+)`(?:, |、)`(\w+)` \|$/m.exec(
        textIn(language),
      );
      const [, yes = '', none = ''] = row ?? [];
      assert.deepEqual(hintCases(en)['const yes = True; None'], [
        en.hints.python('True', yes),
        en.hints.python('None', none),
      ]);
    });
  }
});
