import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits';
import { testDigits, trainingDigits } from '../../../lib/digits/exercises/sets';
import { shareWithin } from '../../../lib/digits/exercises/share-within';

describe('the share of pictures within others', () => {
  before(async () => {
    await useDevice();
  });

  it('is found pixel by pixel, whatever their order and their axes', async () => {
    const [x] = await testDigits(100);
    const others = tf.concat([x.slice(50, 50), x.slice(0, 25)]).reshape([-1, 28, 28, 1]);
    assert.equal(shareWithin(x, x), 1);
    assert.equal(shareWithin(x, others), 0.75);
    assert.equal(shareWithin(others, x), 1);
  });

  it('is next to nothing between training and test', async () => {
    const [[x], [trained]] = [await testDigits(200), await trainingDigits(5000)];
    assert.ok(shareWithin(x, trained) < 0.02);
  });

  it('is 0 where pictures were disposed of', async () => {
    const [x] = await testDigits(10);
    const copy = x.clone();
    copy.dispose();
    assert.equal(shareWithin(x, copy), 0);
    assert.equal(shareWithin(copy, x), 0);
  });
});
