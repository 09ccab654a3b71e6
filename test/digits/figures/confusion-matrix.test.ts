import assert from 'node:assert/strict';
import { confusionMatrix } from '../../../lib/digits/figures/confusion-matrix';
import { setLanguage } from '../../../lib/digits/language';

interface Cells {
  z: (number | null)[][];
  text: string[][];
  customdata: string[][];
  colorscale: [number, string][];
  zmin: number;
  zmax: number;
}
// 4 is taken for 9 twice in ten times, 9 for 4 once in two times.
const labels = [...new Array(10).fill(4), 9, 9];
const predictions = [...new Array(8).fill(4), 9, 9, 9, 4];
const matrix = () => confusionMatrix(labels, predictions);
const [wrong, right] = matrix().data as unknown as [Cells, Cells];

describe('confusionMatrix', () => {
  afterEach(() => setLanguage('en'));

  it('counts by label, downwards, and by prediction', () => {
    assert.equal(wrong.text[4]?.[9], '2');
    assert.equal(wrong.text[9]?.[4], '1');
    assert.equal(right.text[4]?.[4], '8');
    assert.equal(right.text[9]?.[9], '1');
    assert.equal(
      wrong.customdata.flat().reduce((sum, count) => sum + Number(count), 0),
      labels.length,
    );
    assert.equal(matrix().layout.yaxis?.autorange, 'reversed');
  });

  it('colours mistakes by their share of the label, on a scale that the diagonal does not stretch', () => {
    assert.equal(wrong.z[4]?.[9], 0.2);
    assert.equal(wrong.z[9]?.[4], 0.5);
    assert.deepEqual([wrong.zmin, wrong.zmax], [0, 0.5]);
    for (let digit = 0; digit < 10; digit++) assert.equal(wrong.z[digit]?.[digit], null);
  });

  it('has one colour for all of the diagonal, and nothing of it elsewhere', () => {
    assert.equal(new Set(right.colorscale.map(([, color]) => color)).size, 1);
    right.z.forEach((row, y) => {
      row.forEach((value, x) => {
        assert.equal(value === null, x !== y);
      });
    });
    assert.ok(right.text.every((row, y) => row.every((word, x) => x === y || word === '')));
  });

  it('leaves cells of 0 without a number', () => {
    assert.equal(wrong.text[0]?.[1], '');
    assert.equal(wrong.z[0]?.[1], 0);
  });

  it('can be read without being seen, in both languages', () => {
    assert.equal(
      matrix().text,
      'Confusion matrix: 3 of 12 wrong. The most common mistakes:\n4 taken for 9: 2\n9 taken for 4: 1',
    );
    setLanguage('zh');
    assert.match(matrix().text, /^混淆矩阵：12 个样本，认错 3 个。最常见的错误：\n4 被认作 9：2/);
    assert.deepEqual(matrix().layout.xaxis?.title, { text: '预测' });
  });

  it('says above what this run mistook most often, be it one thing, several or nothing', () => {
    const told = (labels: number[], predictions: number[]) =>
      confusionMatrix(labels, predictions).layout.annotations?.[0]?.text;
    assert.equal(told(labels, predictions), '3 of 12 wrong<br>In this run: 4 taken for 9, twice');
    assert.equal(told([1], [2]), '1 of 1 wrong<br>In this run: 1 taken for 2, once');
    assert.match(
      told([1, 2], [2, 1]) ?? '',
      /<br>In this run, once each:<br>1 taken for 2, 2 taken for 1$/,
    );
    assert.match(told([1, 2, 3, 4], [2, 1, 5, 5]) ?? '', /no mistake came more than once$/);
    assert.equal(told([1, 2], [1, 2]), '0 of 2 wrong');
    setLanguage('zh');
    assert.equal(
      told(labels, predictions),
      '12 个样本，认错 3 个<br>这次运行最常见：4 被认作 9，2 次',
    );
    assert.match(told([1, 2], [2, 1]) ?? '', /最常见，各 1 次：<br>1 被认作 2、2 被认作 1$/);
    assert.match(told([1, 2, 3, 4], [2, 1, 5, 5]) ?? '', /同一种错误最多 1 次$/);
  });

  it('draws a network without a mistake', () => {
    const { data, text } = confusionMatrix([1, 2], [1, 2]);
    const [none] = data as unknown as [Cells];
    assert.ok(none.zmax > none.zmin);
    assert.equal(text, 'Confusion matrix: 0 of 2 wrong.');
  });

  it('wants a prediction for each label, all of them digits', () => {
    assert.throws(() => confusionMatrix([1, 2], [1]), /2 labels, 1 prediction/);
    assert.throws(() => confusionMatrix([1], [11]), /number 0 is 11/);
  });
});
