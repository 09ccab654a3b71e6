import assert from 'node:assert/strict';
import { probabilityBars } from '../../../lib/digits/figures/probability-bars';
import { setLanguage } from '../../../lib/digits/language';
import { pictureOf } from './support';

interface Bars {
  y: number[];
  text: string[];
  xaxis: string;
  marker: { color: string[] };
}
const images = { shape: [4, 1, 1], data: Uint8Array.of(10, 20, 30, 40) };
const labels = [0, 0, 2, 1];
const probabilities = Float32Array.of(0.9, 0.1, 0, 0.004, 0.996, 0, 0, 0.25, 0.75, 0, 1, 0);
const drawn = () => probabilityBars(images, labels, probabilities);
const bars = () => drawn().data.slice(4) as unknown as Bars[];

describe('probabilityBars', () => {
  afterEach(() => setLanguage('en'));

  it('has the picture of each sample and a bar for each class', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map(i => pictureOf(drawn(), i)),
      [[[10]], [[20]], [[30]], [[40]]],
    );
    assert.deepEqual(
      bars().map(({ y }) => y),
      [
        [0.9, 0.1, 0],
        [0.004, 0.996, 0],
        [0, 0.25, 0.75],
        [0, 1, 0],
      ],
    );
  });

  it('writes over the bars what is not next to nothing, and never rounds to certainty', () => {
    assert.deepEqual(bars()[0]?.text, ['90%', '10%', '']);
    assert.deepEqual(bars()[1]?.text, ['', '> 99%', '']);
  });

  it('tells right from wrong by colour, and shows the label where it was missed', () => {
    const [right, wrong] = bars().map(({ marker }) => marker.color);
    assert.deepEqual(right, ['#0072B2', '#9a9a9a', '#9a9a9a']);
    assert.deepEqual(wrong, ['#009E73', '#D55E00', '#9a9a9a']);
  });

  it('stands each picture beside its bars, one sample below the other', () => {
    const { layout } = drawn();
    const domain = (axis: string) =>
      (layout as unknown as Record<string, { domain: [number, number] }>)[axis]?.domain ?? [0, 0];
    assert.ok(domain('xaxis')[1] < domain('xaxis2')[0]);
    assert.deepEqual(domain('yaxis'), domain('yaxis2'));
    assert.ok(domain('yaxis3')[1] < domain('yaxis')[0], 'the second is below the first');
    assert.ok(domain('yaxis7')[0] >= 0);
    assert.deepEqual(domain('xaxis5'), domain('xaxis'));
  });

  it('fills the width with a single sample', () => {
    const one = probabilityBars({ shape: [1, 1, 1], data: [9] }, [1], [0.2, 0.8]);
    assert.equal(one.data.length, 2);
    assert.equal(one.layout.xaxis2?.domain?.[1], 1);
  });

  it('can be read without being seen, in both languages', () => {
    assert.match(
      drawn().text,
      /^The probability of each digit\ny=0 y_pred=0: 0 90\.00%, 1 10\.00%, 2 0\.00%\ny=0 y_pred=1: 1 99\.60%/,
    );
    setLanguage('zh');
    assert.match(drawn().text, /^每个数字的概率\ny=0/);
  });

  it('wants a label and as many probabilities for each image', () => {
    assert.throws(() => probabilityBars(images, [1], probabilities), /4 pictures, 1 label/);
    assert.throws(
      () => probabilityBars(images, labels, [1, 2]),
      /4 samples but received shape \[2\]/,
    );
    assert.throws(
      () => probabilityBars(images, [5, 0, 0, 0], probabilities),
      /0 to 2, but number 0 is 5/,
    );
  });
});
