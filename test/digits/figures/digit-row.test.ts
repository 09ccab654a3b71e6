import assert from 'node:assert/strict';
import { digitRow } from '../../../lib/digits/figures/digit-row';
import { setLanguage } from '../../../lib/digits/language';
import { crop, pictureOf } from './support';

/** Pictures of 4 × 4, the i-th of the grey i + 1. */
const pictures = (count: number) => ({
  shape: [count, 4, 4],
  data: Uint8Array.from({ length: 16 * count }, (_, at) => Math.floor(at / 16) + 1),
});
const options = {
  title: '取出测试集中的前4个数据进行识别',
  labels: [7, 2, 1],
  predictions: [7, 2, 8],
};
const row = digitRow(pictures(3), options);

describe('digitRow', () => {
  afterEach(() => setLanguage('en'));

  it('draws each digit with its own pixels, side by side', () => {
    const page = pictureOf(row);
    assert.equal(page.length, 4);
    for (const i of [0, 1, 2]) {
      assert.deepEqual(crop(page, 5 * i, 0, 4, 4).flat(), new Array(16).fill(i + 1));
    }
  });

  it('draws more than four in rows', () => {
    const digits = [0, 1, 2, 3, 4, 5];
    const figure = digitRow(pictures(6), { title: '', labels: digits, predictions: digits });
    const page = pictureOf(figure);
    assert.deepEqual(crop(page, 5, page.length - 4, 4, 4).flat(), new Array(16).fill(6));
    assert.ok(Number(figure.layout.height) > Number(row.layout.height));
  });

  it('titles each digit with its label over the prediction', () => {
    const captions = row.layout.annotations?.slice(1);
    assert.deepEqual(
      captions?.map(({ text }) => text),
      ['y= 7<br>y_pred=7', 'y= 2<br>y_pred=2', 'y= 1<br>y_pred=8'],
    );
    assert.deepEqual(
      captions?.map(({ x, y }) => [x, y]),
      [
        [2, 0],
        [7, 0],
        [12, 0],
      ],
    );
  });

  it('has the title in red on yellow, size 20', () => {
    const title = row.layout.annotations?.[0];
    assert.equal(title?.text, options.title);
    assert.equal(title?.font?.color, 'red');
    assert.equal(title?.font?.size, 20);
    assert.equal(title?.bgcolor, 'yellow');
  });

  it('breaks a long title into lines, and shows it as it was given', () => {
    const title = 'Is <b> 4 > 3 & 2? The first three of the test set';
    const long = digitRow(pictures(3), { ...options, title });
    assert.equal(
      long.layout.annotations?.[0]?.text,
      'Is &#60;b&#62; 4 &#62; 3 &#38; 2? The first<br>three of the test set',
    );
    assert.equal(Number(long.layout.height) - Number(row.layout.height), 26);
  });

  it('can be read without being seen', () => {
    assert.equal(row.text, `${options.title}\ny=7 y_pred=7 · y=2 y_pred=2 · y=1 y_pred=8`);
  });

  it('has fonts that show Chinese', () => {
    assert.match(String(row.layout.font?.family), /^SimHei, .*"Noto Sans SC".*sans-serif$/);
  });

  it('wants a label and a prediction for each image, and a title', () => {
    assert.throws(
      () => digitRow(pictures(1), options),
      /^RangeError: Expected as many of each.* but received 1 picture, 3 labels, 3 predictions\./,
    );
    assert.throws(
      () => digitRow(pictures(3), undefined as never),
      /\{ title, labels, predictions \}/,
    );
    setLanguage('zh');
    assert.throws(() => digitRow(pictures(3), {} as never), /请写上标题、标签和预测。/);
  });
});
