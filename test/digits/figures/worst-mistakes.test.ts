import assert from 'node:assert/strict';
import { worstMistakes } from '../../../lib/digits/figures/worst-mistakes';
import { setLanguage } from '../../../lib/digits/language';
import { crop, pictureOf } from './support';

// Four samples of three classes: right, wrong with 0.6, wrong with 0.9, wrong with 0.5.
const images = {
  shape: [4, 4, 4],
  data: Uint8Array.from({ length: 64 }, (_, at) => Math.floor(at / 16) + 1),
};
const labels = [0, 0, 2, 1];
const probabilities = Float32Array.of(0.8, 0.1, 0.1, 0.4, 0.6, 0, 0.9, 0, 0.1, 0.5, 0.25, 0.25);
const mistakes = (count?: number) =>
  worstMistakes(images, labels, probabilities, count ? { count } : {});

describe('worstMistakes', () => {
  afterEach(() => setLanguage('en'));

  it('shows what was mistaken, the surest first', () => {
    const page = pictureOf(mistakes());
    const step = 5;
    const greys = [0, 1, 2].map(i => crop(page, i * step, 0, 4, 4).flat());
    assert.deepEqual(
      greys,
      [3, 2, 4].map(grey => new Array(16).fill(grey)),
    );
  });

  it('titles each with its label, the prediction and the certainty', () => {
    const captions = mistakes().layout.annotations?.map(({ text }) => text);
    assert.deepEqual(captions, [
      'y= 2<br>y_pred=0<br>90.00%',
      'y= 0<br>y_pred=1<br>60.00%',
      'y= 1<br>y_pred=0<br>50.00%',
    ]);
  });

  it('shows as many as are asked for', () => {
    assert.equal(mistakes(2).layout.annotations?.length, 2);
    assert.match(mistakes(2).text, /^3 mistakes; the 2 of which the network was surest:\n/);
  });

  it('begins a second row after four', () => {
    const many = { shape: [7, 4, 4], data: new Uint8Array(112) };
    const wrong = Float32Array.from({ length: 14 }, (_, i) => (i % 2 ? 0.9 : 0.1));
    const { annotations } = worstMistakes(many, new Uint8Array(7), wrong).layout;
    assert.equal(annotations?.[4]?.x, annotations?.[0]?.x);
    assert.ok(Number(annotations?.[4]?.y) > Number(annotations?.[0]?.y));
  });

  it('can be read without being seen, in both languages', () => {
    assert.match(mistakes().text, /surest:\ny=2 y_pred=0: 90\.00%\ny=0 y_pred=1: 60\.00%/);
    setLanguage('zh');
    assert.match(mistakes().text, /^认错 3 个，网络最有把握的 3 个是：\ny=2/);
  });

  it('speaks of one mistake as of one', () => {
    const alone = () => worstMistakes(images, [0, 1, 0, 1], probabilities).text;
    assert.match(alone(), /^A single mistake:\ny=1 y_pred=0: 50\.00%$/);
    setLanguage('zh');
    assert.match(alone(), /^只认错一个：\ny=1/);
  });

  it('says so where nothing was mistaken', () => {
    const { text, layout } = worstMistakes(images, [0, 1, 0, 0], probabilities);
    assert.equal(text, 'There is not a single mistake.');
    assert.equal(layout.annotations?.[0]?.text, text);
    setLanguage('zh');
    assert.equal(worstMistakes(images, [0, 1, 0, 0], probabilities).text, '一个也没有认错。');
  });

  it('wants a label and as many probabilities for each image', () => {
    assert.throws(() => worstMistakes(images, [1], probabilities), /4 pictures, 1 label/);
    assert.throws(
      () => worstMistakes(images, labels, probabilities.slice(1)),
      /each of 4 samples but received shape \[11\]/,
    );
  });
});
