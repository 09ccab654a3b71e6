import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../../lib/digits/device/use';
import { divide, isPending } from '../../../../lib/tfjs-graph/graph/byte-tensor';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { Samples } from '../../../../lib/tfjs-graph/train/wasm/samples';

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
        const places = Int32Array.from(rows);
        const labels = tf.tensor1d(
          Array.from({ length: count }, (_, i) => i),
          'int32',
        );
        const bytes = divide({ data, shape: [count, columns] }, divisor);
        const floats = tf.tensor2d(bytes.dataSync(), [count, columns]);
        const [ours, theirs] = [bytes, floats].map(x => {
          const memory = new Memory();
          const input = memory.samples(places.length, columns);
          const next = memory.ones(columns);
          const weights = labels.mul(2).toFloat();
          const samples = new Samples({ columns: [x, labels, weights] });
          const taken = samples.copyTo(input, memory, places);
          return { values: new Uint32Array(input.read().buffer), next: next.read(), taken };
        });
        assert.deepEqual(ours, theirs);
        assert.deepEqual(ours?.taken.labels, places);
        assert.deepEqual(
          ours?.taken.weights,
          Float32Array.from(places, row => 2 * row),
        );
        assert.ok(isPending(bytes));
        tf.dispose([bytes, floats, labels]);
      }),
    );
  });
});
