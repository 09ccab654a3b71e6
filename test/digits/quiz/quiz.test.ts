import assert from 'node:assert/strict';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import { asHtml, quiz, RIGHT_OPTIONS } from '../../../lib/digits/quiz/quiz';
import { printed } from '../../support';

const languages: Language[] = ['zh', 'en'];
const questionsIn = (language: Language) => tables[language].quiz.questions;

/** Every text of the questions. */
const textsIn = (language: Language): string[] =>
  questionsIn(language).flatMap(({ asks, options }) => [
    asks,
    ...options.flatMap(({ says, why }) => [says, why]),
  ]);

describe('quiz', () => {
  it('has ten questions, each with the same three or four options in both languages', () => {
    const counts = questionsIn('en').map(({ options }) => options.length);
    assert.equal(counts.length, 10);
    assert.equal(RIGHT_OPTIONS.length, 10);
    assert.deepEqual(
      questionsIn('zh').map(({ options }) => options.length),
      counts,
    );
    for (const [i, count] of counts.entries()) {
      assert.ok([3, 4].includes(count) && Number(RIGHT_OPTIONS[i]) < count);
    }
  });

  it('has the right options in changing places', () => {
    for (const place of [0, 1, 2]) {
      const times = RIGHT_OPTIONS.filter(each => each === place).length;
      assert.ok(times >= 2 && times <= 5, `${place}: ${times} times`);
    }
    for (const [i, place] of RIGHT_OPTIONS.slice(2).entries()) {
      assert.ok(place !== RIGHT_OPTIONS[i] || place !== RIGHT_OPTIONS[i + 1], 'three in a row');
    }
  });

  for (const language of languages) {
    it(`gives no option away by its length, in "${language}"`, () => {
      const longest = questionsIn(language).filter(({ options }, i) => {
        const lengths = options.map(({ says }) => says.length);
        return lengths[Number(RIGHT_OPTIONS[i])] === Math.max(...lengths);
      });
      assert.ok(longest.length <= 5, `the right one is the longest ${longest.length} times`);
    });

    it(`says everything once, a reason of its own to each option, in "${language}"`, () => {
      const all = textsIn(language);
      assert.equal(new Set(all).size, all.length);
      for (const { asks, options } of questionsIn(language)) {
        assert.match(asks, language === 'zh' ? /？$/ : /\?$/);
        for (const { why } of options) {
          assert.match(why, language === 'zh' ? /[\u4e00-\u9fff].*。$/ : /^[^\u4e00-\u9fff]+\.$/);
        }
      }
    });

    it(`is a list of closed details without a script or an address, in "${language}"`, () => {
      setLanguage(language);
      const html = asHtml();
      const names = (pattern: RegExp) => [
        ...new Set(Array.from(html.matchAll(pattern), ([, name]) => name)),
      ];
      assert.deepEqual(names(/<(\w+)/g).sort(), ['b', 'details', 'div', 'summary']);
      assert.deepEqual(names(/ (\w[\w-]*)="/g), ['style']);
      assert.equal(html.match(/>✓ /g)?.length, 10);
    });
  }

  it('shows words as words', () => {
    assert.match(asHtml(), /say &#34;none of them&#34;\./);
  });

  it('prints the questions outside a notebook, with a key in the last line', async () => {
    const lines = (await printed(quiz)).split('\n');
    assert.deepEqual(lines.slice(0, 5), [
      '1. How many parameters does the Flatten layer have?',
      '   A. 784, one for each pixel',
      '   B. None',
      '   C. 784 × 128 + 128',
      '',
    ]);
    assert.equal(lines.at(-1), 'Answers: 1 B, 2 D, 3 A, 4 C, 5 B, 6 A, 7 C, 8 B, 9 C, 10 A');
  });
});
