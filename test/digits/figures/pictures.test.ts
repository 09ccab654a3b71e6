import assert from 'node:assert/strict';
import { mnist } from 'mnist-data-loader';
import { measure, onlyPicture, pixelsOf } from '../../../lib/digits/figures/pictures';
import { setLanguage } from '../../../lib/digits/language';

const three = { shape: [3, 1, 2], data: [1, 2, 3, 4, 5, 6] };

describe('pictures', () => {
  afterEach(() => setLanguage('en'));

  it('are taken apart one by one', () => {
    assert.deepEqual(measure(three), { count: 3, height: 1, width: 2 });
    assert.deepEqual(Array.from(pixelsOf(three, 1)), [3, 4]);
  });

  it('are what the loader gives, and its slices', async () => {
    const [, [images]] = await mnist.loadData();
    const { pixels, height, width } = onlyPicture(images.slice(1, 2));
    assert.deepEqual([height, width], [28, 28]);
    assert.deepEqual(pixels, images.data.slice(784, 2 * 784));
  });

  it('have three axes', () => {
    const flat = { shape: [28, 28], data: new Uint8Array(784) };
    assert.throws(
      () => measure(flat),
      /^RangeError: Expected pictures of shape \[pictures, height, width\] but received \[28, 28\]\. .*testX\.slice\(0, 1\)\.$/,
    );
    setLanguage('zh');
    assert.throws(() => measure(flat), /\[张数, 高, 宽\]，收到的是 \[28, 28\]。/);
  });

  it('are a single one where a figure shows one', () => {
    assert.throws(
      () => onlyPicture(three),
      /^RangeError: Expected a single picture but received 3\. Take one as a slice/,
    );
    setLanguage('zh');
    assert.throws(() => onlyPicture(three), /应当只有一张图片，收到的是 3 张。请用切片/);
  });
});
