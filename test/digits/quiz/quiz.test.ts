import assert from 'node:assert/strict';
import { type Language, setLanguage, type Text } from '../../../lib/digits/language';
import { asHtml, asText } from '../../../lib/digits/quiz/html';
import type { Question } from '../../../lib/digits/quiz/question';
import { QUESTIONS, quiz } from '../../../lib/digits/quiz/quiz';
import { printed } from '../../support';

const languages: Language[] = ['zh', 'en'];

/** Every text of the questions. */
const texts = (questions: readonly Question[]): Text[] =>
  questions.flatMap(({ asks, options }) => [
    asks,
    ...options.flatMap(({ says, why }) => [says, why]),
  ]);

const places = QUESTIONS.map(({ options }) => options.findIndex(({ isRight }) => isRight));

describe('quiz', () => {
  afterEach(() => setLanguage('en'));

  it('has ten questions, each with three or four options, one of them right', () => {
    assert.equal(QUESTIONS.length, 10);
    for (const { options } of QUESTIONS) {
      assert.ok([3, 4].includes(options.length));
      assert.equal(options.filter(({ isRight }) => isRight).length, 1);
    }
  });

  it('has the right options in changing places', () => {
    for (const place of [0, 1, 2]) {
      const times = places.filter(each => each === place).length;
      assert.ok(times >= 2 && times <= 5, `${place}: ${times} times`);
    }
    for (const [i, place] of places.slice(2).entries()) {
      assert.ok(place !== places[i] || place !== places[i + 1], 'three in a row');
    }
  });

  it('gives no option away by its length', () => {
    for (const language of languages) {
      const longest = QUESTIONS.filter(({ options }, i) => {
        const lengths = options.map(({ says }) => says[language].length);
        return lengths[Number(places[i])] === Math.max(...lengths);
      });
      assert.ok(
        longest.length <= 5,
        `${language}: the right one is the longest ${longest.length} times`,
      );
    }
  });

  it('says everything in both languages, a reason of its own to each option', () => {
    for (const language of languages) {
      const all = texts(QUESTIONS).map(each => each[language]);
      assert.equal(new Set(all).size, all.length);
      for (const { asks, options } of QUESTIONS) {
        assert.match(asks[language], language === 'zh' ? /？$/ : /\?$/);
        for (const { why } of options) {
          assert.match(
            why[language],
            language === 'zh' ? /[\u4e00-\u9fff].*。$/ : /^[^\u4e00-\u9fff]+\.$/,
          );
        }
      }
    }
  });

  it('groups thousands by the rule of each language', () => {
    for (const { zh, en } of texts(QUESTIONS)) {
      assert.doesNotMatch(zh, /\d,\d{3}|\d{5}|\d \d{3}|\d %/);
      assert.doesNotMatch(en, /\d{4}|\d[\u202f ]\d{3}|\d %/);
    }
  });

  it('is a list of closed details without a script, a style sheet or an address', () => {
    for (const language of languages) {
      setLanguage(language);
      const html = asHtml(QUESTIONS);
      const options = QUESTIONS.flatMap(({ options }) => options);
      assert.equal(html.match(/<details /g)?.length, options.length);
      assert.equal(html.match(/<summary /g)?.length, options.length);
      assert.equal(html.match(/>✓ /g)?.length, 10);
      assert.equal(html.match(/>✗ /g)?.length, options.length - 10);
      assert.deepEqual(
        [...new Set(Array.from(html.matchAll(/<(\w+)/g), ([, tag]) => tag))].sort(),
        ['b', 'details', 'div', 'summary'],
      );
      assert.deepEqual(
        [...new Set(Array.from(html.matchAll(/ (\w[\w-]*)="/g), ([, name]) => name))],
        ['style'],
      );
    }
  });

  it('shows words as words', () => {
    const words = { zh: '<b>1 & "2"</b>', en: '<b>1 & "2"</b>' };
    const html = asHtml([{ asks: words, options: [{ says: words, why: words, isRight: true }] }]);
    assert.equal(html.match(/&#60;b&#62;1 &#38; &#34;2&#34;&#60;\/b&#62;/g)?.length, 3);
    assert.doesNotMatch(html, /<b>/);
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
    setLanguage('zh');
    assert.equal(
      asText(QUESTIONS).split('\n').at(-1),
      '答案：1 B，2 D，3 A，4 C，5 B，6 A，7 C，8 B，9 C，10 A',
    );
  });
});
