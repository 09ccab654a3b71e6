import assert from 'node:assert/strict';
import { type Language, tables } from '../../../lib/digits/language';
import { quiz } from '../../../lib/digits/quiz/quiz';
import { printed } from '../../support';

const questionsIn = (language: Language) => tables[language].quiz.questions;

describe('quiz', () => {
  for (const language of ['zh', 'en'] as const) {
    it(`says everything once, a reason of its own to each option, in "${language}"`, () => {
      const all = questionsIn(language).flatMap(({ asks, options }) => [
        asks,
        ...options.flatMap(({ says, why }) => [says, why]),
      ]);
      assert.equal(new Set(all).size, all.length);
      const counts = (language: Language) =>
        questionsIn(language).map(({ options }) => options.length);
      assert.equal(counts(language).length, 10);
      assert.deepEqual(counts(language), counts('en'));
    });
  }

  it('prints the questions outside a notebook, with a key in the last line', async () => {
    const lines = (await printed(quiz)).split('\n');
    assert.deepEqual(lines.slice(1, 3), ['   A. −1.2', '   B. 1.2']);
    assert.equal(lines.at(-1), 'Answers: 1 C, 2 D, 3 A, 4 B, 5 A, 6 A, 7 B, 8 D, 9 C, 10 A');
  });
});
