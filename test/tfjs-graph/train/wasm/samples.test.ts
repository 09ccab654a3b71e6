import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { isPending } from '../../../../lib/tfjs-graph/graph/byte-tensor';
import { divide } from '../../../../lib/tfjs-graph/graph/divide';
import { Builder, fixed, type Tensor } from '../../../../lib/tfjs-graph/train/wasm/ir';
import { lowerKernel } from '../../../../lib/tfjs-graph/train/wasm/lower';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { loadPrograms } from '../../../../lib/tfjs-graph/train/wasm/program';
import { allocateSamples, copyRows } from '../../../../lib/tfjs-graph/train/wasm/samples';

/** What a program finds of samples: the bits of the numbers, and products with their matrix and its transpose. */
function read(column: tf.Tensor, rows: readonly number[]): readonly ArrayLike<number>[] {
  const [builder, memory] = [new Builder(), new Memory()];
  const shape = [rows.length, column.shape[1] as number];
  const samples = allocateSamples(column, shape);
  const ones = shape.map((length, axis) => {
    const other = fixed([length, length], tf.eye(length).dataSync());
    const attrs = { transposeA: axis === 0, transposeB: false };
    return lowerKernel('_FusedMatMul', ['a', 'b'], [samples, other], attrs, builder) as Tensor;
  });
  const outs = [samples, ...ones].map(tensor => {
    const out = fixed(tensor.shape);
    builder.store(out, tensor);
    return out.access.value;
  });
  const [run] = loadPrograms(memory, [builder.steps]);
  copyRows(column, Int32Array.from(rows), samples, memory);
  run?.();
  const [numbers, ...products] = outs.map(out => memory.floats(out).slice());
  return [new Uint32Array((numbers as Float32Array).buffer), ...products];
}

/** Samples of bytes, and which of them to take. */
const cases = fc
  .record({ count: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 40 }) })
  .chain(({ count, columns }) =>
    fc.record({
      columns: fc.constant(columns),
      data: fc.uint8Array({ minLength: count * columns, maxLength: count * columns }),
      rows: fc.array(fc.nat(count - 1), { minLength: 1, maxLength: 5 }),
      divisor: fc.constantFrom(255, 256, 1, -3, 0.1, 1e-30, 3e38),
    }),
  );

describe('samples of a training on WebAssembly', () => {
  before(() => useDevice('wasm'));

  it('are the same numbers, to the bit, and give the same products, from bytes as from floats', () => {
    fc.assert(
      fc.property(cases, ({ columns, data, rows, divisor }) => {
        const count = data.length / columns;
        const bytes = divide({ data, shape: [count, columns] }, divisor);
        const floats = tf.tensor2d(bytes.dataSync(), [count, columns]);
        const [ours, theirs] = [bytes, floats].map(x => read(x, rows));
        assert.deepEqual(ours, theirs);
        assert.ok(isPending(bytes));
        tf.dispose([bytes, floats]);
      }),
    );
  });
});
