/** Claims about results agree with both saved lessons. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { STAGES } from '../../lib/command/options.mjs';
import type { Language } from '../../lib/digits/language';
import { readNotebook } from '../../lib/publish/notebook';
import { languages, notebookFolder } from '../../lib/publish/source';
import { notebookText, readData } from '../texts';
import { contradictions, type Run, runOf, textIn, unchecked } from './claims';

const { claims: cases } = readData<{
  readonly claims: {
    readonly contradicted: readonly [language: Language, text: string, problem: string][];
    readonly unchecked: readonly { language: Language; text: string; numbers: string[] }[];
  };
}>('checkers.yml');

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

  for (const language of languages) {
    it(`has no number but constants and what is compared with runs, in ${language}`, () => {
      assert.deepEqual(unchecked(notebookText('lesson', language), language), []);
    });
  }

  it('is refused if a run contradicts it, or nothing compares it with one', () => {
    const run = { ...(runs[0] as Run), accuracy: 0.9713 };
    for (const [language, text, problem] of cases.contradicted) {
      const [first, ...rest] = contradictions(text, [run], language);
      assert.ok(first?.includes(problem), first);
      assert.deepEqual(rest, []);
    }
    for (const { language, text, numbers } of cases.unchecked) {
      const claims = unchecked(text, language).map(fault => fault.split(' ')[0]);
      assert.deepEqual(claims, numbers);
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
      const [opening = NaN, ending = NaN, all = NaN] = numbers(
        isEnglish
          ? /\((\d+) minutes\) and [^(]+ \((\d+) minutes\), that makes (\d+) minutes/g
          : /（(\d+) 分钟）、[^（]+（(\d+) 分钟），一共 (\d+) 分钟/g,
      );
      assert.equal(stages.length, STAGES);
      const sum = stages.reduce((total, minutes) => total + minutes, opening + ending);
      assert.equal(sum, all);
      const guided = numbers(
        /^\| (\d+) \| (?:opening|开场|The idea, before the code|先看懂原理) \|/gm,
      );
      assert.equal(
        guided.reduce((total, minutes) => total + minutes),
        opening,
      );
      // A row of the table has stages n and n + 5: all except the last three come before training.
      const stagesBefore = stages.filter((_, i) => i % 2 === 0 || i < 4);
      const [trained = NaN] = numbers(
        isEnglish ? /own network by minute (\d+)/g : /到第 (\d+) 分钟，/g,
      );
      assert.ok(stagesBefore.reduce((total, minutes) => total + minutes, opening) < trained);
      assert.ok(trained <= 50);
    });
  }
});
