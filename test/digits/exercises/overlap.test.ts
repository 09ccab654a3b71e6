import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { likest, overlap } from '../../../lib/digits/exercises/judging/overlap';
import { testDigits, trainingDigits } from '../../../lib/digits/exercises/judging/sets';
import { useDevice } from '../../../lib/digits/index';

const numbers = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());

describe('the likest pictures', () => {
  before(() => useDevice());

  it('are the same, whatever their order and their axes', async () => {
    const [x] = await testDigits(100);
    const others = tf.concat([x.slice(50, 50), x.slice(0, 25)]).reshape([-1, 28, 28, 1]);
    assert.equal(overlap(numbers(x), x), 1);
    assert.equal(overlap(numbers(x), others), 0.75);
    assert.equal(overlap(numbers(others), x), 1);
    assert.equal(overlap(new Float32Array(300), x), 0, 'of another size');
  });

  it('are seldom the same in training and test', async () => {
    const [[x], [trained]] = [await testDigits(200), await trainingDigits(5000)];
    const share = overlap(numbers(x), trained);
    assert.ok(share < 0.2, `${share}`);
  });

  it('are recognised in another range, and with noise', async () => {
    const [x] = await testDigits(50);
    const noisy = x
      .mul(-2)
      .add(1)
      .add(tf.randomNormal(x.shape, 0, 0.1, 'float32', 1));
    assert.ok(overlap(numbers(noisy.neg()), x) > 0.9);
    assert.deepEqual(
      likest(numbers(noisy.neg()), x).map(({ at }) => at),
      [...Array(50).keys()],
    );
  });
});
