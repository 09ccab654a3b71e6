import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../lib/digits/device/use';
import { divide, isPending } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { counts } from '../train/counts';

const SHAPE = [6, 2, 3] as const;
const data = Uint8Array.from({ length: 36 }, (_, i) => i * 7);

/** What arranges or picks samples, and what a learner might write instead. */
const operations: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  reshape: x => x.reshape([6, 6]),
  'reshape to a length that follows': x => x.reshape([3, -1]),
  flatten: x => x.flatten(),
  expandDims: x => x.expandDims(0),
  'expandDims at the end': x => x.expandDims(-1),
  squeeze: x => x.slice(0, 1).squeeze([0]),
  'slice from': x => x.slice(4),
  'slice of samples': x => x.slice([1, 0, 0], [3, -1, 3]),
  'slice of nothing': x => x.slice(2, 0),
  'gather one': x => x.gather(tf.scalar(5, 'int32')),
  'gather some': x => x.gather(tf.tensor1d([3, 0, 3], 'int32')),
  'gather a table': x => x.gather(tf.tensor2d([[1], [2]], [2, 1], 'int32')),
  'one after the other': x =>
    x
      .slice(1, 4)
      .reshape([4, 6])
      .gather(tf.tensor1d([1], 'int32')),
};

const others: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  'slice within samples': x => x.slice([0, 1, 0], [6, 1, 3]),
  'gather along another axis': x => x.gather(tf.tensor1d([1], 'int32'), 1),
  sum: x => x.sum(0),
};

describe('tensors of bytes', () => {
  before(() => useDevice('cpu'));

  const both = (op: (x: tf.Tensor3D) => tf.Tensor) =>
    tf.tidy(() => {
      const bytes = divide({ data, shape: SHAPE }, 255);
      const floats = tf.tensor3d(
        Float32Array.from(data, v => v / 255),
        [...SHAPE],
      );
      const [ours, theirs] = [op(bytes), op(floats)];
      const pending = { before: isPending(bytes), after: isPending(ours) };
      assert.deepEqual(ours.shape, theirs.shape);
      assert.equal(ours.dtype, 'float32');
      assert.deepEqual(ours.arraySync(), theirs.arraySync());
      return pending;
    });

  for (const [name, op] of Object.entries(operations)) {
    it(`stay bytes: ${name}`, () => {
      assert.deepEqual(both(op), { before: true, after: true });
    });
  }
  for (const [name, op] of Object.entries(others)) {
    it(`become floats: ${name}`, () => {
      assert.deepEqual(both(op), { before: false, after: false });
    });
  }

  it('are floats once something has asked for them', () => {
    tf.tidy(() => {
      const x = divide({ data, shape: SHAPE }, 255);
      x.sum();
      assert.equal(isPending(x), false);
      assert.equal(isPending(x.slice(0, 1)), false);
    });
  });

  it('give the same for any slice', () => {
    const part = fc
      .tuple(fc.nat(5), fc.nat(6))
      .map(([start, n]) => [start, Math.min(n, 6 - start)]);
    fc.assert(
      fc.property(part, ([start = 0, count = 0]) => {
        both(x => x.slice(start, count));
      }),
    );
  });

  it('refuse what the kernels refuse', () => {
    tf.tidy(() => {
      const x = divide({ data, shape: SHAPE }, 255);
      assert.throws(() => x.reshape([5, 7]));
      assert.throws(() => x.slice(4, 3));
      assert.throws(() => x.gather(tf.tensor1d([6], 'int32')), /6 is not in \[0, 5\]/);
    });
  });

  it('carry a gradient', () => {
    const x = divide({ data, shape: SHAPE }, 255);
    const slope = tf.grad(y => y.reshape([6, 6]).slice(1, 2).square().sum())(x);
    const expected = x.mul(2).slice(1, 2).dataSync();
    assert.deepEqual(slope.slice(1, 2).dataSync(), expected);
    assert.equal(slope.slice(3).abs().max().dataSync()[0], 0);
    tf.dispose([x, slope]);
  });

  it('leave nothing behind', () => {
    const before = counts();
    for (const op of Object.values(operations)) both(op);
    assert.deepEqual(counts(), before);
  });
});
