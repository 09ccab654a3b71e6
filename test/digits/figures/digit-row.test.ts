import assert from 'node:assert/strict';
import { digitRow } from '../../../lib/digits/figures/digit-row';

const picture = (value: number) => [
  [0, value],
  [value, 255],
];
const options = {
  title: '取出测试集中的前4个数据进行识别',
  labels: [7, 2, 1],
  predictions: [7, 2, 8],
};
const row = digitRow([picture(1), picture(2), picture(3)], options);

describe('digitRow', () => {
  it('draws each digit with its own pixels, black to white, upright', () => {
    assert.equal(row.data.length, 3);
    row.data.forEach((trace, i) => {
      const { z, colorscale, type } = trace as { z: number[][]; colorscale: unknown; type: string };
      assert.equal(type, 'heatmap');
      assert.deepEqual(z, picture(i + 1));
      assert.deepEqual(colorscale, [
        [0, 'black'],
        [1, 'white'],
      ]);
    });
    assert.equal(row.layout.yaxis3?.autorange, 'reversed');
  });

  it('lays the digits side by side without axes, their pixels square', () => {
    const { xaxis, xaxis2, xaxis3, yaxis2 } = row.layout;
    const domains = [xaxis, xaxis2, xaxis3].map(axis => axis?.domain ?? [0, 0]);
    domains.forEach(([start = 0, end = 0], i) => {
      assert.ok(start >= (domains[i - 1]?.[1] ?? 0) && end > start, 'from left to right');
    });
    for (const axis of [xaxis, xaxis2, yaxis2]) assert.equal(axis?.visible, false);
    assert.equal(yaxis2?.scaleanchor, 'x2');
  });

  it('titles each digit with its label over the prediction', () => {
    const captions = row.layout.annotations?.slice(1).map(({ text, xref }) => [text, xref]);
    assert.deepEqual(captions, [
      ['y= 7<br>y_pred=7', 'x domain'],
      ['y= 2<br>y_pred=2', 'x2 domain'],
      ['y= 1<br>y_pred=8', 'x3 domain'],
    ]);
  });

  it('has the title in red on yellow, size 20', () => {
    const title = row.layout.annotations?.[0];
    assert.equal(title?.text, options.title);
    assert.equal(title?.font?.color, 'red');
    assert.equal(title?.font?.size, 20);
    assert.equal(title?.bgcolor, 'yellow');
  });

  it('can be read without being seen', () => {
    assert.equal(row.text, `${options.title}\ny=7 y_pred=7 · y=2 y_pred=2 · y=1 y_pred=8`);
  });

  it('has fonts that show Chinese', () => {
    assert.match(String(row.layout.font?.family), /^SimHei, .*"Noto Sans SC".*sans-serif$/);
  });

  it('wants a label and a prediction for each image', () => {
    assert.throws(
      () => digitRow([picture(1)], options),
      /^RangeError: Expected a label and a prediction for each of 1 images but received 3 labels and 3 predictions\. Take the same slice of all three\.$/,
    );
  });
});
