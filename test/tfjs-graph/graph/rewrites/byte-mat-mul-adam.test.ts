/** A gradient and its update by Adam in one op, against the formulas in JavaScript. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/graph/backend';
import { describeNative } from '../../../native';
import { generator, runOp, withMasks } from '../own-op';

let backend: NativeBackend;

before(async () => {
  await useDevice('cpu');
  backend = nativeBackend() as NativeBackend;
});

const RATE = 0.01;
const EPSILON = 1e-7;
const [BETA1, BETA2] = [Math.fround(0.9), Math.fround(0.999)];
const NUMBERS = [RATE, BETA1, BETA2, EPSILON];

interface Given {
  readonly samples: number;
  readonly rows: number;
  readonly columns: number;
  readonly divisor: number;
  /** `[samples, rows]` */
  readonly bytes: Uint8Array;
  /** `[samples, columns]` */
  readonly slopes: Float32Array;
  /** Weights, first and second moments, `[rows, columns]`. */
  readonly state: readonly [Float32Array, Float32Array, Float32Array];
}

/** Runs the op alone. */
function update({ samples, rows, columns, divisor, bytes, slopes, state }: Given) {
  const { binding } = backend;
  const { TF_ATTR_FLOAT, TF_FLOAT, TF_UINT8 } = binding;
  const attrs = [{ name: 'divisor', type: TF_ATTR_FLOAT, value: divisor }];
  const floats = (shape: number[], values: Float32Array) => ({ shape, dtype: TF_FLOAT, values });
  const bytesOf = { rows: samples, columns: rows, data: bytes };
  return withMasks(binding, bytesOf, true, masks =>
    runOp(
      binding,
      'ByteMatMulAdam',
      attrs,
      [
        { shape: [samples, rows], dtype: TF_UINT8, values: bytes },
        masks,
        floats([samples, columns], slopes),
        floats([NUMBERS.length], Float32Array.from(NUMBERS)),
        ...state.map(values => floats([rows, columns], values)),
      ],
      3,
    ),
  );
}

const sizes = fc.record({
  // Beyond a word of the mask (64), beyond the columns computed together (64), and neither.
  samples: fc.integer({ min: 1, max: 150 }),
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 150 }),
  divisor: fc.constantFrom(1, 0.5, -4),
  sparsity: fc.constantFrom(1, 5, 1000),
  seed: fc.integer(),
});

type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never;

/** Factors whose products and sums float32 holds exactly, and of the second moments some that are 0. */
function given({ seed, sparsity, ...own }: Sizes): Given {
  const whole = generator(seed);
  const random = () => whole(2 ** 32) / 2 ** 32;
  const floats = (length: number, next: () => number) => Float32Array.from({ length }, next);
  const size = own.rows * own.columns;
  const scales = [0, 1e-20, 1e-8, 1, 1e12];
  return {
    ...own,
    bytes: Uint8Array.from({ length: own.samples * own.rows }, () =>
      random() * sparsity < 1 ? random() * 256 : 0,
    ),
    slopes: floats(own.samples * own.columns, () => Math.round(random() * 32 - 16) / 16),
    state: [
      floats(size, () => random() * 2 - 1),
      floats(size, () => random() * 2 - 1),
      floats(size, () => random() * (scales[Math.floor(random() * 5)] ?? 0)),
    ],
  };
}

describeNative('ByteMatMulAdam', () => {
  it('gives weights and moments as Adam’s formulas do, of any shape', () => {
    const property = fc.property(sizes, drawn => {
      const example = given(drawn);
      const { samples, rows, columns, divisor, bytes, slopes, state } = example;
      const results = update(example);
      for (const { shape } of results) assert.deepEqual(shape, [rows, columns]);
      const [weights, first, second] = results.map(({ values }) => values);
      const [w = [], m = [], v = []] = state;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          let gradient = 0;
          for (let i = 0; i < samples; i++) {
            const byte = bytes[i * rows + row] ?? NaN;
            gradient += (byte / divisor) * (slopes[i * columns + column] ?? NaN);
          }
          const at = row * columns + column;
          const [w0 = NaN, m0 = NaN, v0 = NaN] = [w[at], m[at], v[at]];
          const m1 = m0 + (gradient - m0) * (1 - BETA1);
          const v1 = v0 + (gradient ** 2 - v0) * (1 - BETA2);
          const step = (RATE * m1) / (Math.sqrt(v1) + EPSILON);
          const close = (value: number | undefined, expected: number, scale: number) => {
            const error = Math.abs((value ?? NaN) - expected);
            const place = `[${row}, ${column}]: ${value} in place of ${expected}`;
            assert.ok(error <= 1e-6 * scale, place);
          };
          close(first?.[at], m1, Math.abs(m0) + Math.abs(gradient));
          close(second?.[at], v1, v1 + 1e-30);
          close(weights?.[at], w0 - step, Math.abs(w0) + Math.abs(step));
        }
      }
    });
    fc.assert(property, { numRuns: 100 });
  }).timeout(120_000);

  it('leaves a weight as it is that has never had a gradient', () => {
    const state = [Float32Array.of(0.3), Float32Array.of(0), Float32Array.of(0)] as const;
    const [weights, first, second] = update({
      ...{ samples: 1, rows: 1, columns: 1, divisor: 255, state },
      bytes: Uint8Array.of(0),
      slopes: Float32Array.of(1),
    });
    assert.deepEqual(
      [weights, first, second].map(result => result?.values[0]),
      [Math.fround(0.3), 0, 0],
    );
  });

  it('refuses what does not fit together', () => {
    const zeros = (size: number) => new Float32Array(size);
    const state = [zeros(6), zeros(6), zeros(6)] as const;
    const fits = { samples: 4, rows: 2, columns: 3, divisor: 1, state };
    const bytes = new Uint8Array(8);
    update({ ...fits, bytes, slopes: zeros(12) });

    const { binding } = backend;
    const { TF_FLOAT, TF_UINT8 } = binding;
    const floats = (...shape: number[]) => ({
      shape,
      dtype: TF_FLOAT,
      values: zeros(shape.reduce((size, length) => size * length, 1)),
    });
    const left = { shape: [4, 2], dtype: TF_UINT8, values: bytes };
    const run = (slopes: number[], numbers: number[], ...shapes: number[][]) =>
      withMasks(binding, { rows: 4, columns: 2, data: bytes }, masked, masks =>
        runOp(
          binding,
          'ByteMatMulAdam',
          [],
          [left, masks, ...[slopes, numbers, ...shapes].map(shape => floats(...shape))],
          3,
        ),
      );
    let masked = true;
    const whole = [2, 3];
    run([4, 3], [4], whole, whole, whole);
    const factors = /Expected two matrices that can be multiplied/;
    assert.throws(() => run([5, 3], [4], whole, whole, whole), factors);
    assert.throws(() => run([4], [4], whole, whole, whole), factors);
    const numbers = /Expected rate, beta1, beta2 and epsilon/;
    assert.throws(() => run([4, 3], [3], whole, whole, whole), numbers);
    const shape = /Expected a matrix of the shape of the product/;
    assert.throws(() => run([4, 3], [4], [3, 2], whole, whole), shape);
    assert.throws(() => run([4, 3], [4], whole, [6], whole), shape);
    assert.throws(() => run([4, 3], [4], whole, whole, [2, 4]), shape);
    masked = false;
    const masks = /Expected the masks of these bytes/;
    assert.throws(() => run([4, 3], [4], whole, whole, whole), masks);
  });
});
