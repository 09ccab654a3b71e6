import assert from 'node:assert/strict';
import { pixelNumbers } from '../../../lib/digits/figures/pixel-numbers';
import { setLanguage } from '../../../lib/digits/language';

interface Cells {
  z: number[][];
  texttemplate?: string;
  xaxis?: string;
  hovertemplate: string;
}
const image = { shape: [1, 2, 3], data: Uint8Array.of(0, 10, 20, 0, 0, 255) };
const cells = () => pixelNumbers(image).data as Cells[];

describe('pixelNumbers', () => {
  afterEach(() => setLanguage('en'));

  it('has the picture beside its numbers, each in the place of its pixel', () => {
    const [picture, numbers] = cells();
    for (const part of [picture, numbers]) {
      assert.deepEqual(part?.z, [
        [0, 10, 20],
        [0, 0, 255],
      ]);
    }
    assert.equal(picture?.texttemplate, undefined);
    assert.equal(numbers?.texttemplate, '%{z}');
    assert.equal(numbers?.xaxis, 'x2');
    const { xaxis, xaxis2, yaxis, yaxis2 } = pixelNumbers(image).layout;
    assert.ok((xaxis?.domain?.[1] ?? 1) < (xaxis2?.domain?.[0] ?? 0), 'side by side');
    assert.deepEqual([yaxis?.autorange, yaxis2?.autorange], ['reversed', 'reversed']);
  });

  it('says row, column and value at the pointer', () => {
    assert.equal(cells()[1]?.hovertemplate, 'row %{y}, column %{x}: %{z}<extra></extra>');
    setLanguage('zh');
    assert.equal(cells()[1]?.hovertemplate, '第 %{y} 行，第 %{x} 列：%{z}<extra></extra>');
  });

  it('can be read without being seen, in both languages', () => {
    assert.match(pixelNumbers(image).text, /2 × 3 numbers.* 3 are not 0, and the largest is 255/);
    setLanguage('zh');
    assert.match(pixelNumbers(image).text, /2 × 3 个数.*3 个不是 0，最大的是 255/);
  });

  it('wants a single picture', () => {
    assert.throws(() => pixelNumbers({ shape: [2, 1, 1], data: [0, 0] }), /a single picture/);
  });
});
