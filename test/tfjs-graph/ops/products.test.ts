/** The products that the addon adds to TensorFlow, against TensorFlow's own, of any shape. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { at } from '../../../lib/tfjs-graph/array';
import { describeNative } from '../../native';
import { binding, floats, make, runOp, useAddon } from './own-op';

before(useAddon);

const bytes = (tensor: tf.Tensor) => ({
  shape: tensor.shape,
  dtype: binding.TF_UINT8,
  values: Uint8Array.from(tensor.dataSync()),
});

const some = (shape: number[], seed: number) =>
  tf.randomUniform<tf.Rank.R2>(shape as [number, number], -1, 1, 'float32', seed);

/** Bytes, of which a share of 1 / `sparsity` is not 0. */
const sparse = (shape: number[], sparsity: number, seed: number) => {
  const isLeft = tf.randomUniform(shape, 0, 1, 'float32', seed).less(1 / sparsity);
  return tf
    .randomUniform(shape, 0, 256, 'float32', seed + 1)
    .floor()
    .mul(isLeft) as tf.Tensor2D;
};

/** Compares the result of an op; `scale` contains the sums of the absolute terms. */
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
  const multiply = (a: tf.Tensor, b: tf.Tensor, turnA: boolean, turnB: boolean, relu = false) => {
    const turns = [make.bool('transpose_a', turnA), make.bool('transpose_b', turnB)];
    return runOp('SmallMatMul', [...turns, make.bool('relu', relu)], [floats(a), floats(b)])[0];
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
          assertNear(multiply(a, b, x, y, true), tf.matMul(a, b, x, y).relu(), scale);
        }),
      ),
      { numRuns: 200 },
    );
  }).timeout(120_000);
});

describeNative('DenseGradients', () => {
  it('gives the gradients by input, weights and biases, before ReLU too', () => {
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(size, size, size, fc.nat(), fc.boolean(), (rows, inputs, units, seed, relu) =>
        tf.tidy(() => {
          const shapes = [
            [rows, inputs],
            [inputs, units],
            [rows, units],
          ];
          const operands = shapes.map((shape, i) => some(shape, seed + i));
          const outputs = runOp(
            'DenseGradients',
            [make.bool('relu', relu)],
            operands.map(floats),
            4,
          );
          const slopes = relu ? at(operands, 0).step() : tf.onesLike(at(operands, 0));
          const gradientsOf = ([x, w, dy]: tf.Tensor[]) => {
            const dx = tf.matMul(dy as tf.Tensor, w as tf.Tensor, false, true).mul(slopes);
            const dw = tf.matMul(x as tf.Tensor, dy as tf.Tensor, true);
            return [dx, dw, (dy as tf.Tensor).sum(0), dx.sum(0)];
          };
          const scales = gradientsOf(operands.map(input => input.abs()));
          for (const [i, expected] of gradientsOf(operands).entries())
            assertNear(outputs[i], expected, at(scales, i));
        }),
      ),
      { numRuns: 30 },
    );
  });
});

describeNative('SumRows', () => {
  it('adds up the rows of each number, and leaves out what has none', () => {
    for (const columns of [0, 1, 16, 37]) {
      const rows = some([50, columns], columns);
      const ids = tf.randomUniform<tf.Rank.R1>([50], 0, 9, 'int32', 7);
      const numbers = (values: Int32Array) => ({
        ...{ shape: values.length > 1 ? [values.length] : [], dtype: binding.TF_INT32, values },
      });
      const numbersOfIds = numbers(Int32Array.from(ids.dataSync()).map(id => (id === 8 ? -1 : id)));
      const [sums] = runOp('SumRows', [], [floats(rows), numbersOfIds, numbers(Int32Array.of(8))]);
      assert.deepEqual(sums?.shape, [8, columns]);
      const mask = tf.oneHot(ids, 9).slice([0, 0], [50, 8]).toFloat();
      assertNear(sums, mask.matMul(rows, true), mask.matMul(rows.abs(), true));
    }
  });
});

/** Multiplies bytes by the op, with the masks of these or of other bytes. */
function multiplyBytes(
  op: string,
  a: tf.Tensor,
  others: readonly tf.Tensor[],
  { transpose = false, divisor = 1, masked = a, outputs = 1 },
) {
  const { shape, dtype, values } = bytes(masked);
  const turned = make.bool('transpose_a', transpose);
  const attrs = [...(op === 'ByteMatMul' ? [turned] : []), make.float('divisor', divisor)];
  const ids = [binding.createTensor(shape, dtype, values)];
  try {
    const masks = binding.executeOp('ByteMasks', [make.bool('columns', transpose)], [...ids], 2);
    ids.push(...masks.map(({ id }) => id));
    const mask = at(masks, transpose ? 1 : 0);
    return runOp(op, attrs, [bytes(a), mask, ...others.map(floats)], outputs);
  } finally {
    for (const id of ids) binding.deleteTensor(id);
  }
}

describeNative('ByteMatMul', () => {
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
          const [product] = multiplyBytes('ByteMatMul', a, [b], { transpose, divisor });
          assertNear(product, tf.matMul(quotients, b, transpose), scale);
        }),
      ),
      { numRuns: 200 },
    );
  }).timeout(120_000);

  it('refuses matrices that cannot be multiplied, and the masks of other bytes', () => {
    const factors = /Expected two matrices that can be multiplied/;
    const [a, b] = [tf.zeros([2, 3]), tf.zeros([3, 1])];
    const multiply =
      (right: tf.Tensor, options: { transpose?: boolean; masked?: tf.Tensor }) => () =>
        multiplyBytes('ByteMatMul', a, [right], options);
    assert.throws(multiply(b, { transpose: true }), factors);
    assert.throws(multiply(tf.zeros([3]), {}), factors);
    assert.throws(multiply(b, { masked: tf.zeros([3, 3]) }), /the masks of these bytes/);
  });
});

describeNative('ByteMatMulAdam', () => {
  const NUMBERS = [0.01, Math.fround(0.9), Math.fround(0.999), 1e-7] as const;

  const update = (a: tf.Tensor, slopes: tf.Tensor, variables: readonly tf.Tensor[], divisor = 1) =>
    multiplyBytes('ByteMatMulAdam', a, [slopes, tf.tensor1d([...NUMBERS]), ...variables], {
      ...{ transpose: true, divisor, outputs: 3 },
    });

  it('gives weights and moments as Adam’s formulas do', () => {
    const shapes = fc.record({
      ...{ samples: fc.integer({ min: 1, max: 64 }), rows: fc.integer({ min: 1, max: 40 }) },
      columns: fc.constantFrom(32, 64, 96, 160),
      divisor: fc.constantFrom(1, 0.5, -4),
      sparsity: fc.constantFrom(1, 5, 1000),
      /** Of the second moment; some are 0. */
      scale: fc.constantFrom(0, 1e-20, 1e-8, 1, 1e12),
      seed: fc.nat(),
    });
    const [rate, beta1, beta2, epsilon] = NUMBERS;
    fc.assert(
      fc.property(shapes, ({ samples, rows, columns, divisor, sparsity, scale, seed }) =>
        tf.tidy(() => {
          const a = sparse([samples, rows], sparsity, seed);
          // Factors with products and sums that are exact in float32.
          const slopes = some([samples, columns], seed + 2)
            .mul<tf.Tensor2D>(16)
            .round()
            .div<tf.Tensor2D>(16);
          const [w, m] = [some([rows, columns], seed + 3), some([rows, columns], seed + 4)];
          const v = some([rows, columns], seed + 5)
            .relu()
            .mul(scale);
          const g = tf.matMul(a.div<tf.Tensor2D>(divisor), slopes, true);
          const moved = (moment: tf.Tensor, to: tf.Tensor, beta: number) =>
            moment.add(to.sub(moment).mul(1 - beta));
          const [m1, v1] = [moved(m, g, beta1), moved(v, g.square(), beta2)];
          const step = tf.scalar(rate).div(v1.sqrt().add(epsilon));
          const terms = m.abs().add(g.abs());
          const outputs = update(a, slopes, [w, m, v], divisor);
          assertNear(outputs[0], w.sub(m1.mul(step)), w.abs().add(terms.mul(step)));
          assertNear(outputs[1], m1, terms);
          assertNear(outputs[2], v1, v1);
        }),
      ),
      { numRuns: 100 },
    );
  }).timeout(120_000);

  it('refuses shapes that it does not compute', () => {
    const refuses = (samples: number, columns: number, rows: number, reason: RegExp) => {
      const variables = [1, 2, 3].map(() => tf.zeros([rows, columns]));
      const factors = [tf.zeros([samples, 4]), tf.zeros([samples, columns])] as const;
      assert.throws(() => update(...factors, variables), reason);
    };
    refuses(65, 32, 4, /Expected at most 64 rows/);
    refuses(64, 33, 4, /Expected a multiple of 32 columns/);
    refuses(64, 32, 5, /Expected a matrix of the shape of the product/);
  });
});
