import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { pixelNumbers } from '../../../lib/digits/figures/pixel-numbers';
import { setLanguage } from '../../../lib/digits/language';
import { divide } from '../../../lib/digits/training/divide';

interface Cells {
  z: number[][];
  text: string[][];
  x0: number;
  y0: number;
  texttemplate?: string;
  xaxis?: string;
  hovertemplate: string;
}
const image = { shape: [1, 2, 3], data: Uint8Array.of(0, 10, 20, 0, 0, 255) };
const cells = () => pixelNumbers(image).data as Cells[];

describe('pixelNumbers', () => {
  before(async () => {
    await useDevice('cpu');
  });
  afterEach(() => setLanguage('en'));

  it('has the picture above its numbers, each in the place of its pixel', () => {
    const [picture, numbers] = cells();
    for (const part of [picture, numbers]) {
      assert.deepEqual(part?.z, [
        [0, 10, 20],
        [0, 0, 255],
      ]);
    }
    assert.equal(picture?.texttemplate, undefined);
    assert.equal(numbers?.texttemplate, '%{text}');
    assert.deepEqual(numbers?.text, [
      ['0', '10', '20'],
      ['0', '0', '255'],
    ]);
    assert.equal(numbers?.xaxis, 'x2');
    const { yaxis, yaxis2 } = pixelNumbers(image).layout;
    assert.ok((yaxis2?.domain?.[1] ?? 1) < (yaxis?.domain?.[0] ?? 0), 'one above the other');
    assert.deepEqual([yaxis?.autorange, yaxis2?.autorange], ['reversed', 'reversed']);
  });

  it('shows the 20 × 20 around the ink of a large picture, in a frame', () => {
    const data = new Uint8Array(28 * 28);
    data[6 * 28 + 8] = 7;
    data[24 * 28 + 25] = 9;
    const drawn = pixelNumbers({ shape: [1, 28, 28], data });
    const [, numbers] = drawn.data as Cells[];
    assert.deepEqual([numbers?.z.length, numbers?.z[0]?.length], [20, 20]);
    assert.deepEqual([numbers?.y0, numbers?.x0], [6, 7]);
    assert.deepEqual([numbers?.z[0]?.[1], numbers?.z[18]?.[18]], [7, 9]);
    const { x0, x1, y0, y1 } = drawn.layout.shapes?.[0] ?? {};
    assert.deepEqual([x0, x1, y0, y1], [6.5, 26.5, 5.5, 25.5]);
    assert.match(String(drawn.layout.annotations?.[0]?.text), /All others are 0\.$/);
  });

  it('says so where there is ink outside the frame, and draws a blank picture', () => {
    const full = pixelNumbers({ shape: [1, 28, 28], data: new Uint8Array(784).fill(3) });
    assert.match(String(full.layout.annotations?.[0]?.text), /The others are left out\.$/);
    assert.match(pixelNumbers(tf.zeros([1, 28, 28])).text, /0 are not 0, and the largest is 0/);
  });

  it('shows the numbers that it is given, from 0 to 1 too', () => {
    const shares = pixelNumbers(tf.tensor3d([[[0, 0.5, 1]]]));
    const [picture, numbers] = shares.data as Cells[];
    assert.deepEqual(picture?.z, [[0, 128, 255]]);
    assert.deepEqual(numbers?.text, [['0', '.50', '1']]);
    assert.match(
      shares.text,
      /0 is black, 1 is white\. Of these, 2 are not 0, and the largest is 1/,
    );
  });

  it('shows the quotients of what divide makes, in three characters', () => {
    const x = divide({ shape: [1, 1, 4], data: Uint8Array.of(0, 51, 254, 255) }, 255);
    const [, numbers] = pixelNumbers(x).data as Cells[];
    assert.deepEqual(numbers?.z, [[0, 51, 254, 255]]);
    assert.deepEqual(numbers?.text, [['0', '.20', '1.0', '1']]);
    const halves = divide({ shape: [1, 1, 2], data: Uint8Array.of(0, 255) }, 510);
    assert.match(pixelNumbers(halves).text, /0 is black, 0\.5 is white/);
  });

  it('says row, column and value at the pointer', () => {
    assert.equal(cells()[1]?.hovertemplate, 'row %{y}, column %{x}: %{text}<extra></extra>');
    setLanguage('zh');
    assert.equal(cells()[1]?.hovertemplate, '第 %{y} 行，第 %{x} 列：%{text}<extra></extra>');
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
