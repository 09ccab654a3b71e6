import assert from 'node:assert/strict';
import { baselines } from '../../../lib/digits/figures/baselines';
import { setLanguage } from '../../../lib/digits/language';
import { loadData } from '../../../lib/mnist-data-loader';

interface Bars {
  x: number[];
  y: number[];
}
const bars = (accuracy: number) => baselines(accuracy).data as unknown as [Bars, Bars];

describe('baselines', () => {
  afterEach(() => setLanguage('en'));

  it('shows what is right and what is wrong of each, from guessing to convolutions', () => {
    const [right, wrong] = bars(0.9753);
    assert.deepEqual(right.x, [0.1135, 0.923, 0.9753, 0.991]);
    right.x.forEach((share, i) => {
      assert.ok(Math.abs(share + Number(wrong.x[i]) - 1) < 1e-12);
    });
  });

  it('has the exact accuracy of always answering 1, which is the commonest digit', async () => {
    const [, [, labels]] = await loadData();
    const counts = Array.from(
      { length: 10 },
      (_, digit) => labels.data.filter(label => label === digit).length,
    );
    assert.equal(counts[1], Math.max(...counts));
    assert.equal(Number(counts[1]) / labels.data.length, bars(0.5)[0].x[0]);
  });

  it('begins at 0 and ends at 1, so that lengths can be compared', () => {
    assert.deepEqual(baselines(0.5).layout.xaxis?.range, [0, 1]);
  });

  it('can be read without being seen, in both languages', () => {
    assert.equal(
      baselines(0.9753).text,
      [
        'Accuracy on the test set',
        'Always answering 1: 11.35% right, 88.65% wrong',
        'No hidden layer: ≈ 92% right, ≈ 8% wrong',
        'This network: 97.53% right, 2.47% wrong',
        'Convolution (ex. 10.4): ≈ 99% right, ≈ 1% wrong',
      ].join('\n'),
    );
    setLanguage('zh');
    assert.match(
      baselines(0.9753).text,
      /^测试集的准确率\n一律回答 1：认对 11\.35%，认错 88\.65%\n.*\n您的网络：认对 97\.53%，认错 2\.47%\n小卷积网络（练习 10\.4）：认对 ≈ 99%/,
    );
  });

  it('takes every share from 0 to 1', () => {
    for (const accuracy of [0, 0.1, 0.995, 1]) assert.equal(bars(accuracy)[0].x[2], accuracy);
  });

  it('explains what is no accuracy', () => {
    for (const [given, received] of [
      [97.5, '97.5'],
      [-0.1, '-0.1'],
      [Number.NaN, 'NaN'],
      [undefined, 'undefined'],
      ['0.97', 'string'],
      [[0.08, 0.97], 'object'],
    ] as const) {
      assert.throws(
        () => baselines(given as number),
        (error: Error) =>
          error instanceof RangeError &&
          error.message.startsWith(`Expected an accuracy from 0 to 1 but received ${received}.`),
      );
    }
    setLanguage('zh');
    assert.throws(() => baselines(97.5), /准确率应当在 0 和 1 之间，收到的是 97\.5。/);
  });
});
