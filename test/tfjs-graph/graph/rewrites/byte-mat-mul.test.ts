/** Products of bytes against the same products of floats, and where they take their place. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/graph/backend';
import {
  hasByteMatMul,
  multiplyBytes,
} from '../../../../lib/tfjs-graph/graph/rewrites/byte-mat-mul';
import type { Tape } from '../../../../lib/tfjs-graph/graph/tape/tape';
import { describeNative } from '../../../native';
import { type Bytes, generator, runOp, withMasks, withoutOwnOps } from '../own-op';

let backend: NativeBackend;

before(async () => {
  await useDevice('cpu');
  backend = nativeBackend() as NativeBackend;
});

/** Runs the op alone, with the masks of these bytes, or of others. */
function byteMatMul(
  a: Bytes,
  b: Float32Array,
  shape: number[],
  transpose: boolean,
  divisor = 1,
  masked = a,
) {
  const { binding } = backend;
  const attrs = [
    { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: transpose },
    { name: 'divisor', type: binding.TF_ATTR_FLOAT, value: divisor },
  ];
  const [product] = withMasks(binding, masked, transpose, masks =>
    runOp(binding, 'ByteMatMul', attrs, [
      { shape: [a.rows, a.columns], dtype: binding.TF_UINT8, values: a.data },
      masks,
      { shape, dtype: binding.TF_FLOAT, values: b },
    ]),
  );
  assert.ok(product);
  return product;
}

describeNative('ByteMatMul', () => {
  // Beyond a word of the mask (64), and beyond the columns computed together (64).
  const size = fc.integer({ min: 0, max: 150 });
  const divisor = fc.constantFrom(1, 255, -3, 0.5);
  /** Of how many bytes one is not 0. */
  const sparsity = fc.constantFrom(1, 2, 5, 1000);

  it('gives the product of the quotients, of any shape and transposed too', () => {
    const property = fc.property(
      size,
      size,
      size,
      fc.boolean(),
      divisor,
      sparsity,
      fc.integer(),
      (m, k, n, transpose, divisor, sparsity, seed) => {
        const random = generator(seed);
        const [rows, columns] = transpose ? [k, m] : [m, k];
        const data = Uint8Array.from({ length: rows * columns }, () =>
          random(sparsity) === 0 ? random(256) : 0,
        );
        const b = Float32Array.from({ length: k * n }, () => random(2001) / 1000 - 1);
        const product = byteMatMul({ rows, columns, data }, b, [k, n], transpose, divisor);
        assert.deepEqual(product.shape, [m, n]);
        for (let row = 0; row < m; row++) {
          for (let column = 0; column < n; column++) {
            let sum = 0;
            let most = 0;
            for (let i = 0; i < k; i++) {
              const byte = data[transpose ? i * columns + row : row * columns + i] ?? NaN;
              const term = (byte / divisor) * (b[i * n + column] ?? NaN);
              sum += term;
              most += Math.abs(term);
            }
            const error = Math.abs((product.values[row * n + column] ?? NaN) - sum);
            assert.ok(error <= 1e-6 * (most + 1), `[${row}, ${column}]: off by ${error}`);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 200 });
  }).timeout(120_000);

  it('refuses matrices that cannot be multiplied', () => {
    const a = { rows: 2, columns: 3, data: new Uint8Array(6) };
    const expected = /Expected two matrices that can be multiplied/;
    assert.throws(() => byteMatMul(a, new Float32Array(2), [2, 1], false), expected);
    assert.throws(() => byteMatMul(a, new Float32Array(3), [3, 1], true), expected);
    assert.throws(() => byteMatMul(a, new Float32Array(3), [3], false), expected);
  });

  it('refuses the masks of other bytes', () => {
    const a = { rows: 2, columns: 3, data: new Uint8Array(6) };
    const b = new Float32Array(3);
    const expected = /Expected the masks of these bytes/;
    const more = { rows: 3, columns: 3, data: new Uint8Array(9) };
    assert.throws(() => byteMatMul(a, b, [3, 1], false, 1, more), expected);
    const wide = { rows: 2, columns: 65, data: new Uint8Array(130) };
    assert.throws(() => byteMatMul(a, b, [3, 1], false, 1, wide), expected);
    const narrow = { rows: 2, columns: 65, data: new Uint8Array(130) };
    assert.throws(() => byteMatMul(narrow, new Float32Array(65), [65, 1], false, 1, a), expected);
  });

  it('is missed where the addon is another', () => {
    assert.equal(hasByteMatMul(backend.binding), true);
    assert.equal(hasByteMatMul(withoutOwnOps(backend.binding)), false);
  });
});

describeNative('multiplyBytes', () => {
  it('keeps a product whose right operand is transposed or made of the bytes too', () => {
    const { TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
    const product = (inputs: number[], output: number, transposed: boolean) => ({
      op: 'MatMul',
      attrs: [{ name: 'transpose_b', type: TF_ATTR_BOOL, value: transposed }],
      inputs,
      outputs: [output],
    });
    const kind = { shape: [64, 64], dtype: TF_FLOAT };
    const tape: Tape = {
      inputs: [0, 1],
      ops: [product([0, 1], 2, true), product([0, 0], 3, false), product([0, 1], 4, false)],
      constants: [],
      outputs: [2, 3, 4],
      tensors: new Map(),
      kinds: new Map([0, 1, 2, 3, 4].map(id => [id, kind])),
    };
    const made = multiplyBytes(tape, backend.binding, new Map([[0, 255]]));
    assert.deepEqual(
      made.tape.ops.map(({ op }) => op),
      ['MatMul', 'MatMul', 'ByteMasks', 'ByteMatMul'],
    );
    assert.deepEqual(made.tape.inputs, [0, 1, made.bytes.get(0)]);
  });

  it('makes the masks of the rows once, and those of the columns once', () => {
    const { TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
    const product = (output: number, transposed: boolean) => ({
      op: 'MatMul',
      attrs: [{ name: 'transpose_a', type: TF_ATTR_BOOL, value: transposed }],
      inputs: [0, 1],
      outputs: [output],
    });
    const kind = { shape: [64, 64], dtype: TF_FLOAT };
    const tape: Tape = {
      inputs: [0, 1],
      ops: [product(2, false), product(3, true), product(4, true), product(5, false)],
      constants: [],
      outputs: [2, 3, 4, 5],
      tensors: new Map(),
      kinds: new Map([0, 1, 2, 3, 4, 5].map(id => [id, kind])),
    };
    const { ops } = multiplyBytes(tape, backend.binding, new Map([[0, 255]])).tape;
    const masks = ops.filter(({ op }) => op === 'ByteMasks').map(({ outputs }) => outputs[0]);
    assert.equal(masks.length, 2);
    const used = ops.filter(({ op }) => op === 'ByteMatMul').map(({ inputs }) => inputs[1]);
    const [rows, columns] = masks;
    assert.deepEqual(used, [rows, columns, columns, rows]);
  });
});
