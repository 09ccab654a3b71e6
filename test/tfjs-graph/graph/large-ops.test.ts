/** Which graphs get all cores for an op: a recording of each kind, real ones on the native engine. */
import { equal } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { nativeBackend } from '../../../lib/tfjs-graph/graph/backend';
import { hasLargeOps } from '../../../lib/tfjs-graph/graph/large-ops';
import { record } from '../../../lib/tfjs-graph/graph/tape/tape';
import { describeNative } from '../../native';

type Shape2D = [number, number];
type Shape4D = [number, number, number, number];

const product = (a: Shape2D, b: Shape2D) => () => tf.matMul(tf.zeros(a), tf.zeros(b));
const conv = (x: Shape4D, filter: Shape4D) => () =>
  tf.conv2d(tf.zeros<tf.Rank.R4>(x), tf.zeros<tf.Rank.R4>(filter), 1, 'valid');
const depthwise = (x: Shape4D, filter: Shape4D) => () =>
  tf.depthwiseConv2d(tf.zeros<tf.Rank.R4>(x), tf.zeros<tf.Rank.R4>(filter), 1, 'valid');

describeNative('a graph gets all cores for an op', () => {
  before(async () => {
    await useDevice('cpu');
  });

  const isLarge = (fn: () => tf.Tensor, divided = false) => {
    const backend = nativeBackend();
    if (!backend) throw new Error('Expected the native engine');
    return hasLargeOps(
      record(backend, [], () => [tf.tidy(fn)]),
      divided,
    );
  };

  it('where a product is large, and not divided', () => {
    equal(isLarge(product([256, 1024], [1024, 64])), true);
    equal(isLarge(product([256, 1024], [1024, 64]), true), false);
    equal(isLarge(product([64, 784], [784, 128])), false);
  });

  it('where a convolution is large, of the picture, the filters and the channels together', () => {
    // 64 × 22 × 22 × 16 × 9 × 16 multiplications, and with 8 channels a quarter of them.
    equal(isLarge(conv([64, 24, 24, 16], [3, 3, 16, 16])), true);
    equal(isLarge(conv([64, 24, 24, 16], [3, 3, 16, 16]), true), true);
    equal(isLarge(conv([64, 24, 24, 8], [3, 3, 8, 8])), false);
  });

  it('not for one over a sequence, or of each channel alone', () => {
    equal(isLarge(conv([64, 1, 128, 32], [1, 3, 32, 32])), false);
    equal(isLarge(depthwise([64, 24, 24, 64], [3, 3, 64, 1])), false);
    // 256 × 46 × 46 × 64 × 9 of them.
    equal(isLarge(depthwise([256, 48, 48, 64], [3, 3, 64, 1])), true);
  });

  it('not for what is neither', () => {
    equal(
      isLarge(() => tf.zeros([4096, 4096]).add(1)),
      false,
    );
  });
});
