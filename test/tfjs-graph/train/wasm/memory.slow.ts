import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/array';
import { BINARY_FILE, compileKernels } from '../../../../lib/tfjs-graph/scripts/compile-kernels';
import { BINARY, FUSED } from '../../../../lib/tfjs-graph/train/wasm/binary';
import { MaxPooling } from '../../../../lib/tfjs-graph/train/wasm/max-pooling';
import { compile, Memory, transposed } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { windowOn } from '../../../../lib/tfjs-graph/train/wasm/pictures';
import { crossEntropy } from '../../../../lib/tfjs-graph/train/wasm/softmax';

/** Integers, most of them 0: their sums are exact, in whatever order they are added. */
const numbers = (length: number) =>
  fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -9, max: 9 })), {
    minLength: length,
    maxLength: length,
  });

/** Rows, terms and columns of a product, with the numbers of its operands. */
const side = fc.integer({ min: 1, max: 70 });
const products = fc
  .tuple(side, side, side)
  .chain(([n, k, m]) =>
    fc.tuple(fc.constant([n, k, m] as const), numbers(n * k), numbers(k * m), fc.boolean()),
  );

function matrixOf(memory: Memory, rows: number, columns: number, values: readonly number[]) {
  const matrix = memory.matrix(rows, columns);
  matrix.write(Float32Array.from(values));
  return matrix;
}

describe('matrices in the memory of WebAssembly', () => {
  it('are multiplied by kernels that were compiled from their source', () => {
    assert.equal(readFileSync(BINARY_FILE, 'utf8'), compileKernels());
  });

  // Node 20 has it, behind a flag.
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const modules = { plain: compile(BINARY), fused: compile(FUSED) };
  setFlagsFromString('--no-experimental-wasm-relaxed-simd');
  for (const [name, module] of Object.entries(modules)) {
    it(`are multiplied, transposed too: ${name}`, () => {
      fc.assert(
        fc.property(products, ([[n, k, m], a, b, isTransposed]) => {
          const memory = new Memory(module);
          const turned = Array.from({ length: n * k }, (_, i) =>
            at(a, (i % n) * k + Math.floor(i / n)),
          );
          const view = isTransposed
            ? transposed(matrixOf(memory, k, n, turned).view)
            : matrixOf(memory, n, k, a).view;
          const out = memory.matrix(n, m);
          memory.multiply(view, matrixOf(memory, k, m, b), out);
          const expected = Array.from({ length: n * m }, (_, i) => {
            const [row, column] = [Math.floor(i / m), i % m];
            let sum = 0;
            for (let j = 0; j < k; j++) sum += at(a, row * k + j) * at(b, j * m + column);
            return sum;
          });
          assert.deepEqual([...out.read()], expected);
        }),
      );
    });
  }

  it('pass NaN on, in products and in max pooling', () => {
    const memory = new Memory();
    const out = memory.matrix(1, 1);
    const left = matrixOf(memory, 1, 2, [Number.NaN, 0]);
    memory.multiply(left.view, matrixOf(memory, 2, 1, [1, 1]), out);
    assert.deepEqual([...out.read()], [Number.NaN]);
    const x = matrixOf(memory, 1, 4, [1, Number.NaN, 3, 2]);
    const window = windowOn([1, 2, 2, 1], [2, 2], { strides: 1, pad: 'valid' });
    const layer = new MaxPooling(memory, x, window);
    layer.forward(1);
    assert.deepEqual([...layer.output.read()], [Number.NaN]);
  });

  it('count a sample by the first of its largest logits, and have no loss for a label that is no class', () => {
    const measured = (logits: number[], label: number) => {
      const z = matrixOf(new Memory(), 1, 3, logits);
      return crossEntropy(z, { labels: Int32Array.of(label) });
    };
    assert.equal(measured([1, 1, 0], 0).accuracy, 1);
    assert.equal(measured([1, 1, 0], 1).accuracy, 0);
    for (const label of [3, -1]) assert.equal(measured([1, 2, 3], label).loss, Number.NaN);
  });
});
