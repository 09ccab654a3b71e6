import assert from 'node:assert/strict';
import { classCounts } from '../../../lib/digits/figures/class-counts';
import { setLanguage } from '../../../lib/digits/language';

interface Bars {
  name: string;
  x: number[];
  y: number[];
  text: string[];
  marker: { color: string };
}
const bars = () => classCounts([0, 0, 9, 3], Uint8Array.of(9, 9)).data as Bars[];

describe('classCounts', () => {
  afterEach(() => setLanguage('en'));

  it('counts each digit, training beside test', () => {
    const [training, test] = bars();
    assert.deepEqual(training?.x, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(training?.y, [2, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    assert.deepEqual(test?.y, [0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    assert.deepEqual(
      training?.text,
      training?.y.map(count => (count ? String(count) : '')),
    );
    assert.notEqual(training?.marker.color, test?.marker.color);
  });

  it('can be read without being seen, in both languages', () => {
    assert.equal(
      classCounts([0, 0, 1], [1]).text,
      'Samples of each digit, from 0 to 9\ntraining: 2 · 1 · 0 · 0 · 0 · 0 · 0 · 0 · 0 · 0\ntest: 0 · 1 · 0 · 0 · 0 · 0 · 0 · 0 · 0 · 0',
    );
    setLanguage('zh');
    assert.deepEqual(
      bars().map(({ name }) => name),
      ['训练集', '测试集'],
    );
    assert.match(classCounts([0], [1]).text, /^每个数字的样本个数.*\n训练集/);
  });

  it('writes numbers as the language does, on the axis too', () => {
    const many = () => classCounts(new Uint8Array(12_000), [1]);
    const written = () => {
      const [{ text: [first] = [] } = {}] = many().data as Partial<Bars>[];
      return [first, many().layout.yaxis?.ticktext?.at(-1)];
    };
    assert.deepEqual(written(), ['12,000', '15,000']);
    setLanguage('zh');
    assert.deepEqual(written(), ['12\u202f000', '15\u202f000']);
  });

  it('wants digits', () => {
    assert.throws(() => classCounts([0, 10], []), /whole numbers from 0 to 9, but number 1 is 10/);
  });
});
