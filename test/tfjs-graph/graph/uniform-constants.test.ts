/** Which numbers made anew at each call a graph draws by itself. */
import assert from 'node:assert/strict';
import { NotRecordableError } from '../../../lib/tfjs-graph/errors';
import { uniformConstants } from '../../../lib/tfjs-graph/graph/replay';
import type { Tape, TapeOp } from '../../../lib/tfjs-graph/graph/tape/tape';

const op = (name: string, inputs: number[], outputs: number[]) =>
  ({ op: name, attrs: [], inputs, outputs }) as unknown as TapeOp;

/** The mask of a Dropout layer: floor(uniform + keepProbability). */
const mask = { ops: [op('AddV2', [1, 2], [3]), op('Floor', [3], [4])] } as unknown as Tape;

const constant = (...values: number[]) => ({
  id: 1,
  shape: [values.length],
  dtype: 1,
  values: Float32Array.from(values),
});

describe('numbers that a graph draws by itself', () => {
  it('are uniform, also where one that is nearly 1 is 1 as a float32', () => {
    const drawn = constant(0, 0.5, 1 - 2 ** -30);
    assert.equal(drawn.values[2], 1);
    assert.deepEqual(uniformConstants(mask, [drawn]), [drawn]);
  });

  for (const [name, tape, values] of [
    ['below 0', mask, [-0.1, 0.5]],
    ['above 1', mask, [0.5, 1.1]],
    ['no numbers', mask, [0.5, Number.NaN]],
    ['used as they are', { ops: [op('Mul', [1, 2], [3])] } as unknown as Tape, [0.5]],
  ] as const) {
    it(`are not ${name}`, () => {
      assert.throws(
        () => uniformConstants(tape, [constant(...values)]),
        (error: unknown) => error instanceof NotRecordableError && error.code === 'new-numbers',
      );
    });
  }
});
