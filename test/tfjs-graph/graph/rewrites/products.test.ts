/** The products that the addon adds to TensorFlow, against TensorFlow's own, of any shape. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/array';
import { describeNative } from '../../../native';
import { binding, floats, make, runOp, useAddon } from '../own-op';

before(useAddon);

const bytes = (tensor: tf.Tensor) => ({
  shape: tensor.shape,
  dtype: binding.TF_UINT8,
  values: Uint8Array.from(tensor.dataSync()),
});

const some = (shape: number[], seed: number) =>
  tf.randomUniform<tf.Rank.R2>(shape as [number, number], -1, 1, 'float32', seed);

/** Bytes of which one in `sparsity` is not 0. */
const sparse = (shape: number[], sparsity: number, seed: number) => {
  const isLeft = tf.randomUniform(shape, 0, 1, 'float32', seed).less(1 / sparsity);
  return tf
    .randomUniform(shape, 0, 256, 'float32', seed + 1)
    .floor()
    .mul(isLeft) as tf.Tensor2D;
};

/** Compares what an op made; `scale` has the sums of the absolute terms. */
function assertNear(
  made: { shape: readonly number[]; values: ArrayLike<number> } | undefined,
  expected: tf.Tensor,
  scale: tf.Tensor,
): void {
  assert.deepEqual(made?.shape, expected.shape);
  const most = scale.dataSync();
  expected.dataSync().forEach((value, i) => {
    const error = Math.abs(Number(made?.values[i]) - value);
    assert.ok(error <= 2e-6 * at(most, i) + 1e-30, `${i}: off by ${error}`);
  });
}

describeNative('SmallMatMul', () => {
  const multiply = (a: tf.Tensor, b: tf.Tensor, turnA: boolean, turnB: boolean) => {
    const attrs = [make.bool('transpose_a', turnA), make.bool('transpose_b', turnB)];
    return runOp('SmallMatMul', attrs, [floats(a), floats(b)])[0];
  };

  it('gives the product, either matrix transposed too', () => {
    // Beyond the rows (6) and the columns (64) that are computed together.
    const size = fc.integer({ min: 0, max: 70 });
    const turned = fc.tuple(fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.tuple(size, size, size), turned, fc.nat(), ([m, k, n], [x, y], seed) =>
        tf.tidy(() => {
          const [a, b] = [some(x ? [k, m] : [m, k], seed), some(y ? [n, k] : [k, n], seed + 1)];
          const scale = tf.matMul(a.abs(), b.abs(), x, y);
          assertNear(multiply(a, b, x, y), tf.matMul(a, b, x, y), scale);
        }),
      ),
      { numRuns: 200 },
    );
  }).timeout(120_000);
});

describeNative('SumRows', () => {
  it('adds up the rows of each number, and leaves out what has none', () => {
    for (const columns of [0, 1, 16, 37]) {
      const rows = some([50, columns], columns);
      const ids = tf.randomUniform<tf.Rank.R1>([50], 0, 9, 'int32', 7);
      const numbers = (values: Int32Array) => ({
        ...{ shape: values.length > 1 ? [values.length] : [], dtype: binding.TF_INT32, values },
      });
      const given = numbers(Int32Array.from(ids.dataSync()).map(id => (id === 8 ? -1 : id)));
      const [sums] = runOp('SumRows', [], [floats(rows), given, numbers(Int32Array.of(8))]);
      assert.deepEqual(sums?.shape, [8, columns]);
      const mask = tf.oneHot(ids, 9).slice([0, 0], [50, 8]).toFloat();
      assertNear(sums, mask.matMul(rows, true), mask.matMul(rows.abs(), true));
    }
  });
});

describeNative('ByteMatMul', () => {
  const multiply = (a: tf.Tensor, b: tf.Tensor, transpose = false, divisor = 1) => {
    const attrs = [make.bool('transpose_a', transpose), make.float('divisor', divisor)];
    return runOp('ByteMatMul', attrs, [bytes(a), floats(b)])[0];
  };

  it('gives the product of the quotients, transposed too', () => {
    // Beyond a word of the mask (64), and beyond the columns computed together (64).
    const size = fc.integer({ min: 0, max: 150 });
    const shape = fc.record({
      ...{ m: size, k: size, n: size, transpose: fc.boolean(), seed: fc.nat() },
      divisor: fc.constantFrom(1, 255, -3, 0.5),
      sparsity: fc.constantFrom(1, 2, 5, 1000),
    });
    fc.assert(
      fc.property(shape, ({ m, k, n, transpose, seed, divisor, sparsity }) =>
        tf.tidy(() => {
          const a = sparse(transpose ? [k, m] : [m, k], sparsity, seed);
          const [b, quotients] = [some([k, n], seed + 2), a.div<tf.Tensor2D>(divisor)];
          const scale = tf.matMul(quotients.abs(), b.abs(), transpose);
          const product = multiply(a, b, transpose, divisor);
          assertNear(product, tf.matMul(quotients, b, transpose), scale);
        }),
      ),
      { numRuns: 200 },
    );
  }).timeout(120_000);

  it('refuses matrices that cannot be multiplied', () => {
    const factors = /Expected two matrices that can be multiplied/;
    const [a, b] = [tf.zeros([2, 3]), tf.zeros([3, 1])];
    assert.throws(() => multiply(a, b, true), factors);
    assert.throws(() => multiply(a, tf.zeros([3])), factors);
  });
});
