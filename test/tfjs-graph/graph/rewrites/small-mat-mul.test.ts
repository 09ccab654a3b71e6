/** Small products against sums in JavaScript, and where they take the place of TensorFlow's own. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/graph/backend';
import { multiplySmall } from '../../../../lib/tfjs-graph/graph/rewrites/small-mat-mul';
import { record } from '../../../../lib/tfjs-graph/graph/tape/tape';
import { describeNative } from '../../../native';
import { runOp, withoutOwnOps } from '../own-op';

let backend: NativeBackend;

before(async () => {
  await useDevice('cpu');
  backend = nativeBackend() as NativeBackend;
});

/** Runs the op alone. */
function smallMatMul(
  [a, b]: readonly [Float32Array, Float32Array],
  shapes: readonly [number[], number[]],
  transposed: readonly [boolean, boolean],
) {
  const { binding } = backend;
  const { TF_FLOAT, TF_ATTR_BOOL } = binding;
  const attrs = [
    { name: 'transpose_a', type: TF_ATTR_BOOL, value: transposed[0] },
    { name: 'transpose_b', type: TF_ATTR_BOOL, value: transposed[1] },
  ];
  const [product] = runOp(binding, 'SmallMatMul', attrs, [
    { shape: shapes[0], dtype: TF_FLOAT, values: a },
    { shape: shapes[1], dtype: TF_FLOAT, values: b },
  ]);
  assert.ok(product);
  return product;
}

describeNative('SmallMatMul', () => {
  // Beyond the rows (4) and the columns (16) that are computed together.
  const size = fc.integer({ min: 0, max: 40 });
  const shapeOf = (rows: number, columns: number, transposed: boolean) =>
    transposed ? [columns, rows] : [rows, columns];

  it('gives the product of any shape, either matrix transposed too', () => {
    const property = fc.property(
      size,
      size,
      size,
      fc.boolean(),
      fc.boolean(),
      fc.infiniteStream(fc.float({ min: -1, max: 1, noNaN: true })),
      (m, k, n, transposeA, transposeB, numbers) => {
        const some = (length: number) =>
          Float32Array.from({ length }, () => numbers.next().value ?? 0);
        const [a, b] = [some(m * k), some(k * n)];
        const shapes = [shapeOf(m, k, transposeA), shapeOf(k, n, transposeB)] as const;
        const product = smallMatMul([a, b], [...shapes], [transposeA, transposeB]);
        assert.deepEqual(product.shape, [m, n]);
        for (let row = 0; row < m; row++) {
          for (let column = 0; column < n; column++) {
            let sum = 0;
            for (let i = 0; i < k; i++) {
              const left = a[transposeA ? i * m + row : row * k + i] ?? Number.NaN;
              sum += left * (b[transposeB ? column * k + i : i * n + column] ?? Number.NaN);
            }
            const error = Math.abs((product.values[row * n + column] ?? Number.NaN) - sum);
            assert.ok(error <= 1e-6 * (k + 1), `[${row}, ${column}]: off by ${error}`);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 200 });
  }).timeout(120_000);

  it('refuses matrices that cannot be multiplied', () => {
    const six = new Float32Array(6);
    const expected = /Expected two matrices that can be multiplied/;
    const refuses = (a: number[], b: number[], transpose: readonly [boolean, boolean]) =>
      assert.throws(() => smallMatMul([six, six], [a, b], transpose), expected);
    refuses([2, 3], [2, 3], [false, false]);
    refuses([2, 3], [3, 2], [true, false]);
    refuses([2, 3], [3, 2], [false, true]);
    refuses([6], [6, 1], [false, false]);
  });
});

describeNative('multiplySmall', () => {
  /** The products of a tape with one of `m` rows, `n` columns and `k` terms a sum. */
  function productsOf(m: number, k: number, n: number, on = backend): string[] {
    return tf.tidy(() => {
      const [a, b] = [tf.zeros([m, k]), tf.zeros([k, n])];
      const recorded = record(backend, [a, b], () => [a]);
      const [left, right] = recorded.inputs as [number, number];
      const { binding } = backend;
      const { TF_FLOAT, TF_ATTR_TYPE } = binding;
      const product = -1;
      const kinds = new Map(recorded.kinds).set(product, { shape: [m, n], dtype: TF_FLOAT });
      const attrs = [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }];
      const op = { op: 'MatMul', attrs, inputs: [left, right], outputs: [product] };
      return multiplySmall(on, { ...recorded, ops: [op], kinds }).ops.map(each => each.op);
    });
  }

  it('takes the place of small products only', () => {
    assert.deepEqual(productsOf(64, 128, 10), ['SmallMatMul']);
    assert.deepEqual(productsOf(64, 64, 64), ['SmallMatMul']);
    assert.deepEqual(productsOf(64, 784, 128), ['MatMul']);
  });

  it('leaves products to a GPU, and to an addon without the op', () => {
    const like = (changes: Partial<NativeBackend>): NativeBackend =>
      Object.assign(Object.create(backend), changes);
    assert.deepEqual(productsOf(2, 2, 2, like({ isUsingGpuDevice: true })), ['MatMul']);
    const binding = withoutOwnOps(backend.binding);
    assert.deepEqual(productsOf(2, 2, 2, like({ binding })), ['MatMul']);
  });
});
