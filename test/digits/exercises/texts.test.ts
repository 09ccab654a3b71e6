/** The texts of the exercises: each wrong formula has a reason, and all texts are in their language. */
import assert from 'node:assert/strict';
import { exercises } from '../../../lib/digits/exercises';
import { judge } from '../../../lib/digits/exercises/check';
import type { ExerciseText } from '../../../lib/digits/exercises/judging/exercise';
import { setLanguage, useDevice } from '../../../lib/digits/index';
import { asAnswer, wordsOf } from './support';

const CHINESE = /[\u3000-\u9fff\uff00-\uffef]/;

/** The texts of an exercise by path, such as `hints.1` and `wrong.first`. */
function partsOf(text: object, at = ''): [place: string, words: string][] {
  return Object.entries(text).flatMap(([key, part]) =>
    typeof part === 'object' ? partsOf(part, `${at}${key}.`) : [[at + key, wordsOf(part)]],
  );
}

/** Texts that are written only once for both languages. */
const isCode = (place: string) => /^(starter|solution)$/.test(place);

const reasonsOf = ({ wrong, notFinite = '' }: ExerciseText) => [...Object.values(wrong), notFinite];

describe('exercises', () => {
  before(() => useDevice());

  for (const { id, texts } of exercises) {
    it(`${id} says all in its language, and each reason once`, () => {
      const [en, zh] = [partsOf(texts.en), partsOf(texts.zh)];
      for (const [place, words] of zh.filter(([place]) => !isCode(place))) {
        // The example of a task is code, and some layouts of inputs have no words.
        const isNeutral = words.startsWith('```ts') || !/[a-z]{2}/i.test(words);
        assert.ok(isNeutral || CHINESE.test(words), `${place}: ${words}`);
      }
      for (const [place, words] of en) assert.doesNotMatch(words, CHINESE, place);
      for (const text of Object.values(texts)) {
        const reasons = reasonsOf(text).map(wordsOf);
        assert.equal(new Set(reasons).size, reasons.length);
      }
    });
  }

  it('assess each of the five aims of the lesson twice or more', () => {
    for (const aim of [1, 2, 3, 4, 5]) {
      assert.ok(exercises.filter(exercise => exercise.aim === aim).length > 1, `aim ${aim}`);
    }
  });

  for (const exercise of exercises.filter(({ formulas }) => formulas)) {
    const { id, texts } = exercise;
    it(`${id} gives each formula that is taken for the right one its own reason, whatever is drawn`, async () => {
      // Equal numbers create equal matrices and labels, and 3.1 draws nothing.
      const draws = ['2.1', '3.1', '5.2', '8.6', '9.1'].includes(id)
        ? [Math.random]
        : [Math.random, () => 0.5];
      let tries = 0;
      for (const [name, formulas] of Object.entries(exercise.formulas ?? {})) {
        for (const formula of [formulas].flat()) {
          const answer = await asAnswer(id)(formula);
          for (const draw of draws) {
            const language = tries++ % 3 ? 'en' : 'zh';
            setLanguage(language);
            const { state, why } = await drawing(draw, () => judge(exercise, answer));
            assert.equal(state, 'wrong', `${name}: ${formula}`);
            assert.ok(why.endsWith(String(texts[language].wrong[name])), `${name}: ${why}`);
          }
        }
      }
    });
  }
});

/** Draws all numbers in another way meanwhile. */
async function drawing<T>(draw: () => number, work: () => Promise<T>): Promise<T> {
  const { random } = Math;
  Math.random = draw;
  return work().finally(() => {
    Math.random = random;
  });
}
