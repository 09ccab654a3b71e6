import assert from 'node:assert/strict';
import { digitWall } from '../../../lib/digits/figures/digit-wall';
import { setLanguage } from '../../../lib/digits/language';
import { crop, pictureOf } from './support';

/** Twenty pictures of 2 × 2, labelled 0 to 9 twice; the i-th has the grey i + 1. */
const labels = Array.from({ length: 20 }, (_, i) => i % 10);
const images = {
  shape: [20, 2, 2],
  data: Uint8Array.from({ length: 80 }, (_, at) => Math.floor(at / 4) + 1),
};

describe('digitWall', () => {
  afterEach(() => setLanguage('en'));

  it('has a row for each digit, with the first pictures of it', () => {
    const wall = pictureOf(digitWall(images, labels, { samples: 2 }));
    const step = 4;
    for (let digit = 0; digit < 10; digit++) {
      const [first, second] = [0, 1].map(i => crop(wall, i * step, digit * step, 2, 2));
      assert.deepEqual(first?.flat(), new Array(4).fill(digit + 1));
      assert.deepEqual(second?.flat(), new Array(4).fill(digit + 11));
    }
  });

  it('leaves places black where a digit has too few', () => {
    const wall = pictureOf(digitWall(images, labels, { samples: 3 }));
    assert.deepEqual(crop(wall, 8, 0, 2, 38).flat(), new Array(76).fill(0));
    assert.match(digitWall(images, labels, { samples: 3 }).text, /with 2, 2, .* pictures/);
  });

  it('is one picture with the labels at its left, each at the middle of its row', () => {
    const { data, layout } = digitWall(images, labels, { samples: 2 });
    assert.equal(data.length, 1);
    assert.deepEqual(layout.yaxis?.ticktext, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    assert.deepEqual(layout.yaxis?.tickvals?.slice(0, 2), [1, 5]);
    assert.equal(layout.yaxis?.showticklabels, true);
  });

  it('shows twelve of each digit in under 40 kB', () => {
    // Strokes such as pens make: greys beside white beside black.
    const data = Uint8Array.from({ length: 200 * 784 }, (_, at) => {
      const distance = Math.abs((at % 28) - 14 - 8 * Math.sin(at / 784 + (at % 784) / 200));
      return Math.max(0, Math.round(255 * (1 - distance / 3)));
    });
    const many = Array.from({ length: 200 }, (_, i) => i % 10);
    const wall = digitWall({ shape: [200, 28, 28], data }, many);
    assert.equal(pictureOf(wall)[0]?.length, 12 * 30 - 2);
    assert.ok(JSON.stringify(wall).length < 40e3, `${JSON.stringify(wall).length} bytes`);
  });

  it('speaks the language of the lesson', () => {
    setLanguage('zh');
    const { layout, text } = digitWall(images, labels, { samples: 2 });
    assert.deepEqual(layout.yaxis?.title, { text: '标签' });
    assert.match(text, /^数字墙：每行一个数字.*2、2/);
  });

  it('wants a digit for each image', () => {
    assert.throws(() => digitWall(images, [1, 2]), /20 pictures, 2 labels/);
    assert.throws(() => digitWall({ shape: [1, 2, 2], data: [0, 0, 0, 0] }, [10]), /0 to 9/);
  });
});
