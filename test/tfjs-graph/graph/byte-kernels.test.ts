import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../lib/digits/device/use';
import { divide, isPending, range } from '../../../lib/tfjs-graph/graph/byte-tensor';
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
  clone: x => x.clone(),
  'cast to what it is': x => x.toFloat(),
  'one after the other': x =>
    x
      .slice(1, 4)
      .reshape([4, 6])
      .gather(tf.tensor1d([1], 'int32')),
};

const others: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  'slice within samples': x => x.slice([0, 1, 0], [6, 1, 3]),
  'gather along another axis': x => x.gather(tf.tensor1d([1], 'int32'), 1),
  'cast to another type': x => x.toInt().toFloat(),
  sum: x => x.sum(0),
};

for (const device of ['cpu', 'wasm'] as const)
  describe(`tensors of bytes on ${device}`, () => {
    before(() => useDevice(device));

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
        // TensorFlow.js's own for WebAssembly does not look.
        if (tf.getBackend() === 'tensorflow') assert.throws(() => x.slice(4, 3));
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

    it('share their data with a clone, whichever is disposed of first', () => {
      for (const first of ['original', 'clone']) {
        const original = divide({ data, shape: SHAPE }, 255);
        const clone = original.clone();
        const [gone, kept] = first === 'clone' ? [clone, original] : [original, clone];
        gone.dispose();
        assert.ok(isPending(kept));
        assert.equal(kept.dataSync()[35], Math.fround(245 / 255));
        assert.ok(isPending(kept), 'reading moves nothing');
        kept.dispose();
      }
    });

    it('share their floats with a clone, once there are any', () => {
      const before = counts();
      const original = divide({ data, shape: SHAPE }, 255);
      const clone = original.clone();
      original.sum().dispose();
      assert.deepEqual([isPending(original), isPending(clone)], [false, false]);
      original.dispose();
      assert.deepEqual(range(clone), [0, Math.fround(245 / 255)]);
      assert.deepEqual(clone.arraySync().at(-1)?.at(-1)?.at(-1), Math.fround(245 / 255));
      clone.dispose();
      assert.deepEqual(counts(), before);
    });

    it('leave nothing behind', () => {
      const before = counts();
      for (const op of Object.values(operations)) both(op);
      assert.deepEqual(counts(), before);
    });
  });
