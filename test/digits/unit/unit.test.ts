import assert from 'node:assert/strict';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import {
  activation,
  arithmeticLines,
  PATTERNS,
  wrongAnswer,
} from '../../../lib/digits/unit/arithmetic';
import { oneUnit } from '../../../lib/digits/unit/one-unit';
import { printed } from '../../support';

describe('one unit', () => {
  it('computes relu(x · w + b), and writes it out', () => {
    assert.equal(activation([1, 0.5, 0, 1], [0.1, -2, 1, 0.2], -0.3), 0);
    assert.deepEqual(arithmeticLines([1, 0.5, 0, 1], [0.1, -2, 1, 0.2], 1.5).slice(1), [
      'z = 1 × 0.1 + 0.5 × (−2) + 0 × 1 + 1 × 0.2 + 1.5 = 0.8',
      'h = relu(z) = max(0, 0.8) = 0.8',
    ]);
  });

  it('finds the diagonal by weights of both signs and a bias, and by neither alone', () => {
    assert.equal(wrongAnswer([1, -1, -1, 1], -1), undefined);
    // Without a bias, a bright pixel is enough; without negative weights, an all-bright picture is.
    assert.equal(wrongAnswer([1, -1, -1, 1], 0), PATTERNS[5]);
    assert.equal(wrongAnswer([1, 0, 0, 1], -1), PATTERNS[4]);
    assert.equal(wrongAnswer([0.5, 0.5, 0.5, 0.5], 0), PATTERNS[1]);
    assert.equal(wrongAnswer([0, 0, 0, 0], 0), PATTERNS[0]);
    // A single pixel, and no pixel: patterns have more.
    assert.deepEqual(wrongAnswer([0.5, -1, -1, 1], -0.5), [0, 0, 0, 1]);
    assert.deepEqual(wrongAnswer([-2, -2, -2, 1.9], 0.2), [0, 0, 0, 0]);
  });

  for (const language of ['zh', 'en'] as Language[]) {
    it(`prints two examples outside a notebook, in "${language}"`, async () => {
      setLanguage(language);
      const { example, page } = tables[language].unit;
      assert.equal(page.patterns.length, PATTERNS.length);
      const lines = (await printed(oneUnit)).split('\n');
      for (const [at, pattern, h] of [
        [0, 0, 'max(0, 1) = 1'],
        [4, 2, 'max(0, 1) = 1'],
      ] as const) {
        assert.equal(lines[at], example(page.patterns[pattern] ?? ''));
        assert.equal(lines[at + 3], `h = relu(z) = ${h}`);
      }
    });
  }
});
