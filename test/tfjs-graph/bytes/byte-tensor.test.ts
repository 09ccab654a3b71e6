/** Tensors that store bytes until code reads the values. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../lib/digits/device/use';
import { bytesOf, isPending, range } from '../../../lib/tfjs-graph/bytes/byte-tensor';
import { divide } from '../../../lib/tfjs-graph/bytes/divide';
import { itNative } from '../../native';
import { counts } from '../train/counts';

const bytes = (...values: number[]) => Uint8Array.from(values);

const SHAPE = [6, 2, 3] as const;
const data = Uint8Array.from({ length: 36 }, (_, i) => i * 7);
const quotients = Float32Array.from(data, value => value / 255);
const pixels = () => divide({ data, shape: SHAPE }, 255);

/** Operations that reorder or select samples, and alternatives of learners. */
const operations: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  reshape: x => x.reshape([6, -1]).toFloat(),
  expandDims: x => x.expandDims(0),
  'slice of samples': x => x.slice([1, 0, 0], [3, -1, 3]),
  'gather some': x => x.gather(tf.tensor1d([3, 0, 3], 'int32')),
  'gather a table': x => x.gather(tf.tensor2d([[1], [2]], [2, 1], 'int32')),
  clone: x => x.clone(),
  'one after the other': x =>
    x
      .slice(1, 4)
      .reshape([4, 6])
      .gather(tf.tensor1d([1], 'int32')),
};

/** Reductions of the bytes to a number. */
const reductions: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  min: x => x.min(),
  max: x => x.max(),
};

const conversions: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  'slice within samples': x => x.slice([0, 1, 0], [6, 1, 3]),
  'gather along another axis': x => x.gather(tf.tensor1d([1], 'int32'), 1),
  'cast to another type': x => x.toInt().toFloat(),
  sum: x => x.sum(0),
  'max along an axis': x => x.max(0),
  'min of the same rank': x => x.min(undefined, true),
};

for (const device of ['cpu', 'wasm'] as const)
  describe(`tensors of bytes on ${device}`, () => {
    before(() => useDevice(device));

    /** Compares bytes with floats, and returns whether input and output are still bytes. Leaves no tensor. */
    const both = (op: (x: tf.Tensor3D) => tf.Tensor) => {
      const countsBefore = counts();
      const pending = tf.tidy(() => {
        const x = pixels();
        const [ours, theirs] = [op(x), op(tf.tensor3d(quotients, [...SHAPE]))];
        const pending = [isPending(x), isPending(ours)];
        assert.deepEqual([ours.shape, ours.dtype], [theirs.shape, 'float32']);
        assert.deepEqual(ours.arraySync(), theirs.arraySync());
        return pending;
      });
      assert.deepEqual(counts(), countsBefore);
      return pending;
    };

    for (const [name, op] of Object.entries(operations)) {
      it(`stay bytes: ${name}`, () => assert.deepEqual(both(op), [true, true]));
    }
    for (const [name, op] of Object.entries(reductions)) {
      it(`are read as bytes: ${name}`, () => assert.deepEqual(both(op), [true, false]));
    }
    for (const [name, op] of Object.entries(conversions)) {
      it(`become floats: ${name}`, () => assert.deepEqual(both(op), [false, false]));
    }

    it('share their bytes with a clone, whichever is disposed of first or becomes floats', () => {
      const countsBefore = counts();
      for (const first of ['original', 'clone']) {
        const original = pixels();
        const clone = original.clone();
        const [gone, other] = first === 'clone' ? [clone, original] : [original, clone];
        gone.dispose();
        assert.ok(isPending(other));
        assert.deepEqual(other.dataSync(), quotients);
        assert.ok(isPending(other), 'reading moves nothing');
        other.dispose();
      }
      const original = pixels();
      const clone = original.clone();
      original.sum().dispose();
      assert.deepEqual([isPending(original), isPending(clone)], [false, true]);
      original.dispose();
      assert.deepEqual([range(clone), clone.dataSync()], [[0, quotients[35]], quotients]);
      clone.dispose();
      assert.deepEqual(counts(), countsBefore);
    });
  });

describe('divide', () => {
  before(async () => {
    await useDevice('wasm');
    await useDevice('cpu');
  });

  itNative('makes no floats until they are asked for, and none for its range', () => {
    const x = divide({ data: bytes(0, 51, 255), shape: [3] }, 255);
    const countBefore = counts().addonTensors;
    assert.deepEqual(range(x), [0, 1]);
    assert.equal(counts().addonTensors, countBefore);
    x.square().dispose();
    assert.equal(counts().addonTensors, countBefore + 1, 'the floats stay, the square is gone');
    assert.deepEqual(Array.from(bytesOf(x)?.data ?? []), [0, 51, 255]);
    x.dispose();
    assert.equal(counts().addonTensors, countBefore);
  });

  it('refuses a divisor of 0, and another number of bytes', () => {
    const pixel = { data: bytes(1), shape: [1] };
    assert.throws(() => divide(pixel, 0), {
      name: 'InputError',
      message: 'Expected a finite divisor other than 0 but received 0.',
    });
    assert.throws(
      () => divide({ data: new Uint8Array(5), shape: [2, 3] }, 255),
      /provided shape, \[2,3\], the tensor should have 6 values but has 5/,
    );
  });

  itNative('goes with the tensor from one engine to another, and is plain on others', async () => {
    for (const [from, to] of [
      ['wasm', 'tensorflow'],
      ['tensorflow', 'wasm'],
    ] as const) {
      await tf.setBackend(from);
      const x = divide({ data: bytes(0, 51, 102, 255), shape: [2, 2] }, 255);
      const clone = x.clone();
      await tf.setBackend(to);
      assert.ok(isPending(x));
      assert.deepEqual(x.slice(1, 1).dataSync(), Float32Array.of(0.4, 1));
      assert.ok(isPending(x));
      assert.equal(x.sum().dataSync()[0]?.toFixed(4), '1.6000');
      assert.deepEqual([isPending(x), isPending(clone)], [false, true]);
      x.dispose();
      assert.equal(clone.sum().dataSync()[0]?.toFixed(4), '1.6000');
      clone.dispose();
    }
    await tf.setBackend('cpu');
    const plain = divide({ data: bytes(0, 255), shape: [2] }, 255);
    assert.deepEqual([bytesOf(plain), plain.arraySync()], [undefined, [0, 1]]);
    await tf.setBackend('tensorflow');
  });
});

describe('range', () => {
  it('is the smallest and the largest value of bytes', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 255));
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 9 }), values => {
        const tensor = divide({ data: Uint8Array.from(values), shape: [values.length] }, 255);
        const ends = [Math.min(...values), Math.max(...values)].map(v => Math.fround(v / 255));
        assert.deepEqual(range(tensor), ends);
        tensor.dispose();
      }),
    );
  });

  it('turns round with a negative divisor, and says NaN', () => {
    const negative = range(divide({ data: bytes(0, 255), shape: [2] }, -255));
    assert.deepEqual(
      negative.map(v => v + 0),
      [-1, 0],
    );
    assert.deepEqual(range(tf.tensor1d([1, Number.NaN])), [Number.NaN, Number.NaN]);
  });
});
