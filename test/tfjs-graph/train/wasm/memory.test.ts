import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/present';
import type { Matrix } from '../../../../lib/tfjs-graph/train/wasm/matrix';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { transposed } from '../../../../lib/tfjs-graph/train/wasm/view';

const side = fc.integer({ min: 1, max: 70 });
/** Whole numbers, most of them 0: their sums are exact, in whatever order they are added. */
const numbers = (count: number) =>
  fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -9, max: 9 })), {
    minLength: count,
    maxLength: count,
  });

/** The shapes of a product, with the numbers of its operands. */
const products = fc.tuple(side, side, side).chain(([n, k, m]) =>
  fc.record({
    n: fc.constant(n),
    k: fc.constant(k),
    m: fc.constant(m),
    a: numbers(n * k),
    b: numbers(k * m),
  }),
);

function matrixOf(
  memory: Memory,
  rows: number,
  columns: number,
  values: readonly number[],
): Matrix {
  const matrix = memory.matrix(rows, columns);
  matrix.write(Float32Array.from(values));
  return matrix;
}

/** The product by its definition. */
const expected = ({
  n,
  k,
  m,
  a,
  b,
}: {
  n: number;
  k: number;
  m: number;
  a: number[];
  b: number[];
}) =>
  Array.from({ length: n * m }, (_, i) => {
    const [row, column] = [Math.floor(i / m), i % m];
    let sum = 0;
    for (let j = 0; j < k; j++) sum += at(a, row * k + j) * at(b, j * m + column);
    return sum;
  });

describe('matrices in the memory of WebAssembly', () => {
  it('multiplies', () => {
    fc.assert(
      fc.property(products, product => {
        const { n, k, m, a, b } = product;
        const memory = new Memory();
        const out = memory.matrix(n, m);
        memory.multiply(matrixOf(memory, n, k, a).view, matrixOf(memory, k, m, b), out);
        assert.deepEqual([...out.read()], expected(product));
      }),
    );
  });

  it('multiplies a transposed matrix', () => {
    fc.assert(
      fc.property(products, product => {
        const { n, k, m, a, b } = product;
        const memory = new Memory();
        const turned = memory.matrix(k, n);
        matrixOf(memory, n, k, a).transposeTo(turned);
        const out = memory.matrix(n, m);
        memory.multiply(transposed(turned.view), matrixOf(memory, k, m, b), out);
        assert.deepEqual([...out.read()], expected(product));
      }),
    );
  });

  it('multiplies a part, and leaves the other rows of the product as they were', () => {
    const memory = new Memory();
    const a = matrixOf(memory, 3, 2, [1, 2, 3, 4, 5, 6]);
    const b = matrixOf(memory, 1, 2, [10, 20]);
    const out = matrixOf(memory, 3, 2, [7, 7, 7, 7, 7, 7]);
    memory.multiply(a.part(1, 2, 1).view, b, out);
    assert.deepEqual([...out.read()], [30, 60, 50, 100, 7, 7]);
  });

  it('hands on what is no number', () => {
    const memory = new Memory();
    const out = memory.matrix(1, 1);
    memory.multiply(
      matrixOf(memory, 1, 2, [Number.NaN, 0]).view,
      matrixOf(memory, 2, 1, [1, 1]),
      out,
    );
    assert.deepEqual([...out.read()], [Number.NaN]);
  });

  it('keeps its numbers when it grows', () => {
    const memory = new Memory();
    const small = matrixOf(memory, 2, 3, [1, 2, 3, 4, 5, 6]);
    const large = memory.matrix(1000, 1000);
    assert.deepEqual([...small.read()], [1, 2, 3, 4, 5, 6]);
    assert.ok(large.read().every(value => value === 0));
  });
});
