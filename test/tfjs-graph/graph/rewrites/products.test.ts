/** The products that the addon adds to TensorFlow, against sums in JavaScript. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { at } from '../../../../lib/tfjs-graph/array';
import {
  Attributes,
  type NativeBackend,
  nativeBackend,
} from '../../../../lib/tfjs-graph/graph/backend';
import { describeNative } from '../../../native';
import { runOp } from '../own-op';

let backend: NativeBackend;
let make: Attributes;
before(async () => {
  await useDevice('cpu');
  backend = nativeBackend() as NativeBackend;
  make = new Attributes(backend.binding);
});

type Shape = readonly number[];
const sizeOf = (shape: Shape) => shape.reduce((size, length) => size * length, 1);

/** A matrix of float32; zeros by default. */
const floats = (shape: Shape, values = new Float32Array(sizeOf(shape))) => ({
  shape,
  dtype: backend.binding.TF_FLOAT,
  values,
});
const bytes = (shape: Shape, values = new Uint8Array(sizeOf(shape))) => ({
  shape,
  dtype: backend.binding.TF_UINT8,
  values,
});

/** Hands `work` the masks of the rows of bytes, or of their columns. */
function withMasks<T>(
  { shape, dtype, values }: ReturnType<typeof bytes>,
  transpose: boolean,
  work: (masks: { readonly id: number }) => T,
): T {
  const { binding } = backend;
  const made = [binding.createTensor(shape, dtype, values)];
  try {
    const attrs = [make.bool('transpose_a', transpose)];
    const masks = at(binding.executeOp('ByteMasks', attrs, [...made], 1), 0);
    made.push(masks.id);
    return work(masks);
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}

/** Integers below `limit`, the same for the same seed (a linear congruential generator). */
function generator(seed: number) {
  let state = seed >>> 0;
  return (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Bytes of which one in `sparsity` is not 0. */
const sparse = (whole: (limit: number) => number, length: number, sparsity: number) =>
  Uint8Array.from({ length }, () => (whole(sparsity) === 0 ? whole(256) : 0));

/** Compares a product, `[m, n]`, with sums of `k` terms. */
function assertProduct(
  product: { shape: Shape; values: ArrayLike<number> } | undefined,
  [m, k, n]: readonly [number, number, number],
  left: (row: number, i: number) => number,
  right: (i: number, column: number) => number,
): void {
  assert.deepEqual(product?.shape, [m, n]);
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let [sum, most] = [0, 0];
      for (let i = 0; i < k; i++) {
        const term = left(row, i) * right(i, column);
        sum += term;
        most += Math.abs(term);
      }
      const error = Math.abs(Number(product?.values[row * n + column]) - sum);
      assert.ok(error <= 1e-6 * (most + 1), `[${row}, ${column}]: off by ${error}`);
    }
  }
}

const NO_FACTORS = /Expected two matrices that can be multiplied/;
const OTHER_MASKS = /Expected the masks of these bytes/;

describeNative('SmallMatMul', () => {
  const multiply = (
    a: ReturnType<typeof floats>,
    b: ReturnType<typeof floats>,
    transposed: readonly boolean[],
  ) => {
    const attrs = ['a', 'b'].map((side, i) => make.bool(`transpose_${side}`, at(transposed, i)));
    return runOp(backend.binding, 'SmallMatMul', attrs, [a, b])[0];
  };

  it('gives the product of any shape, either matrix transposed too', () => {
    // Beyond the rows (4) and the columns (16) that are computed together.
    const size = fc.integer({ min: 0, max: 40 });
    const property = fc.property(
      fc.tuple(size, size, size),
      fc.tuple(fc.boolean(), fc.boolean()),
      fc.integer(),
      ([m, k, n], [turnA, turnB], seed) => {
        const whole = generator(seed);
        const some = (length: number) =>
          Float32Array.from({ length }, () => whole(2001) / 1000 - 1);
        const [a, b] = [some(m * k), some(k * n)];
        const product = multiply(
          floats(turnA ? [k, m] : [m, k], a),
          floats(turnB ? [n, k] : [k, n], b),
          [turnA, turnB],
        );
        assertProduct(
          product,
          [m, k, n],
          (row, i) => at(a, turnA ? i * m + row : row * k + i),
          (i, column) => at(b, turnB ? column * k + i : i * n + column),
        );
      },
    );
    fc.assert(property, { numRuns: 200 });
  }).timeout(120_000);

  it('refuses matrices that cannot be multiplied', () => {
    const ofTwo = (a: Shape, b: Shape) => () => multiply(floats(a), floats(b), [true, false]);
    assert.throws(ofTwo([2, 3], [3, 2]), NO_FACTORS);
    assert.throws(ofTwo([6], [6, 1]), NO_FACTORS);
  });
});

describeNative('ByteMatMul', () => {
  /** Multiplies with the masks of these bytes, or of others. */
  const multiply = (
    a: ReturnType<typeof bytes>,
    b: ReturnType<typeof floats>,
    transpose: boolean,
    divisor = 1,
    masked = a,
  ) => {
    const attrs = [make.bool('transpose_a', transpose), make.float('divisor', divisor)];
    return withMasks(
      masked,
      transpose,
      masks => runOp(backend.binding, 'ByteMatMul', attrs, [a, masks, b])[0],
    );
  };

  it('gives the product of the quotients, of any shape and transposed too', () => {
    // Beyond a word of the mask (64), and beyond the columns computed together (64).
    const size = fc.integer({ min: 0, max: 150 });
    const property = fc.property(
      fc.tuple(size, size, size),
      fc.boolean(),
      fc.constantFrom(1, 255, -3, 0.5),
      fc.constantFrom(1, 2, 5, 1000),
      fc.integer(),
      ([m, k, n], transpose, divisor, sparsity, seed) => {
        const whole = generator(seed);
        const data = sparse(whole, m * k, sparsity);
        const b = Float32Array.from({ length: k * n }, () => whole(2001) / 1000 - 1);
        const a = bytes(transpose ? [k, m] : [m, k], data);
        assertProduct(
          multiply(a, floats([k, n], b), transpose, divisor),
          [m, k, n],
          (row, i) => at(data, transpose ? i * m + row : row * k + i) / divisor,
          (i, column) => at(b, i * n + column),
        );
      },
    );
    fc.assert(property, { numRuns: 200 });
  }).timeout(120_000);

  it('refuses matrices that cannot be multiplied, and the masks of other bytes', () => {
    const [a, b] = [bytes([2, 3]), floats([3, 1])];
    assert.throws(() => multiply(a, b, true), NO_FACTORS);
    assert.throws(() => multiply(a, floats([3]), false), NO_FACTORS);
    assert.throws(() => multiply(a, b, false, 1, bytes([3, 3])), OTHER_MASKS);
  });
});

describeNative('ByteMatMulAdam', () => {
  const [RATE, EPSILON, BETA1, BETA2] = [0.01, 1e-7, Math.fround(0.9), Math.fround(0.999)];
  const NUMBERS = Float32Array.of(RATE, BETA1, BETA2, EPSILON);

  const update = (
    left: ReturnType<typeof bytes>,
    others: readonly ReturnType<typeof floats>[],
    divisor = 1,
    transpose = true,
  ) => {
    const attrs = [make.float('divisor', divisor)];
    return withMasks(left, transpose, masks =>
      runOp(backend.binding, 'ByteMatMulAdam', attrs, [left, masks, ...others], 3),
    );
  };

  const sizes = fc.record({
    // Beyond a word of the mask (64), beyond the columns computed together (64), and neither.
    samples: fc.integer({ min: 1, max: 150 }),
    rows: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 150 }),
    divisor: fc.constantFrom(1, 0.5, -4),
    sparsity: fc.constantFrom(1, 5, 1000),
    seed: fc.integer(),
  });

  it('gives weights and moments as Adam’s formulas do, of any shape', () => {
    const property = fc.property(sizes, ({ samples, rows, columns, divisor, sparsity, seed }) => {
      const whole = generator(seed);
      const random = () => whole(2 ** 32) / 2 ** 32;
      const some = (length: number, next: () => number) => Float32Array.from({ length }, next);
      const data = sparse(whole, samples * rows, sparsity);
      // Factors whose products and sums float32 holds exactly, and some second moments of 0.
      const slopes = some(samples * columns, () => Math.round(random() * 32 - 16) / 16);
      const scales = [0, 1e-20, 1e-8, 1, 1e12];
      const size = rows * columns;
      const state = [
        some(size, () => random() * 2 - 1),
        some(size, () => random() * 2 - 1),
        some(size, () => random() * at(scales, whole(5))),
      ];
      const results = update(
        bytes([samples, rows], data),
        [
          floats([samples, columns], slopes),
          floats([4], NUMBERS),
          ...state.map(values => floats([rows, columns], values)),
        ],
        divisor,
      );
      for (const { shape } of results) assert.deepEqual(shape, [rows, columns]);
      for (let place = 0; place < size; place++) {
        const [row, column] = [Math.floor(place / columns), place % columns];
        let gradient = 0;
        for (let i = 0; i < samples; i++) {
          gradient += (at(data, i * rows + row) / divisor) * at(slopes, i * columns + column);
        }
        const [w0 = NaN, m0 = NaN, v0 = NaN] = state.map(values => values[place]);
        const m1 = m0 + (gradient - m0) * (1 - BETA1);
        const v1 = v0 + (gradient ** 2 - v0) * (1 - BETA2);
        const step = (RATE * m1) / (Math.sqrt(v1) + EPSILON);
        const expected = [w0 - step, m1, v1];
        const scale = [
          Math.abs(w0) + Math.abs(step),
          Math.abs(m0) + Math.abs(gradient),
          v1 + 1e-30,
        ];
        for (const [i, { values }] of results.entries()) {
          const error = Math.abs(at(values, place) - at(expected, i));
          assert.ok(error <= 1e-6 * at(scale, i), `output ${i}, ${place}: off by ${error}`);
        }
      }
    });
    fc.assert(property, { numRuns: 100 });
  }).timeout(120_000);

  it('refuses what does not fit together', () => {
    const fit = [[4, 3], [4], [2, 3], [2, 3], [2, 3]];
    const run = (changes: Record<number, number[]>, transpose = true) =>
      update(
        bytes([4, 2]),
        fit.map((shape, i) => floats(changes[i] ?? shape)),
        1,
        transpose,
      );
    assert.throws(() => run({ 0: [5, 3] }), NO_FACTORS);
    assert.throws(() => run({ 1: [3] }), /Expected rate, beta1, beta2 and epsilon/);
    assert.throws(() => run({ 2: [3, 2] }), /Expected a matrix of the shape of the product/);
    assert.throws(() => run({}, false), OTHER_MASKS);
  });
});
