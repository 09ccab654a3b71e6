import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { divide, isPending } from '../../../../lib/tfjs-graph/graph/byte-tensor';
import { fixed } from '../../../../lib/tfjs-graph/train/wasm/ir';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { copyOf } from '../../../../lib/tfjs-graph/train/wasm/samples';

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

  it('are the same numbers, to the bit, from bytes as from floats, and change nothing beside them', () => {
    fc.assert(
      fc.property(cases, ({ columns, data, rows, divisor }) => {
        const count = data.length / columns;
        const bytes = divide({ data, shape: [count, columns] }, divisor);
        const floats = tf.tensor2d(bytes.dataSync(), [count, columns]);
        const [ours, theirs] = [bytes, floats].map(x => {
          const memory = new Memory();
          const copy = copyOf(x, memory);
          const [input, next] = [fixed([rows.length, columns]), fixed([4], [1, 2, 3, 4])];
          for (const { access } of [input, next]) memory.place(access.value);
          copy(Int32Array.from(rows), input.access.value);
          const values = memory.floats(input.access.value);
          return [
            Uint32Array.from(new Uint32Array(values.slice().buffer)),
            memory.floats(next.access.value),
          ];
        });
        assert.deepEqual(ours, theirs);
        assert.deepEqual([...(ours?.[1] ?? [])], [1, 2, 3, 4]);
        assert.ok(isPending(bytes));
        tf.dispose([bytes, floats]);
      }),
    );
  });
});
