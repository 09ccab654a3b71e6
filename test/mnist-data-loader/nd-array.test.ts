import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { NdArray } from 'mnist-data-loader';

describe('NdArray', () => {
  const images = new NdArray(
    'uint8',
    [4, 2, 3],
    Uint8Array.from({ length: 24 }, (_, i) => i),
  );

  it('refuses data that do not fill its shape', () => {
    assert.throws(
      () => new NdArray('uint8', [2, 3], new Uint8Array(5)),
      new RangeError('Expected 6 values for shape [2, 3], but got 5'),
    );
  });

  it('finds the least and the greatest value', () => {
    assert.deepEqual([images.min(), images.max()], [0, 23]);
    const floats = new NdArray('float32', [3], Float32Array.of(-1.5, 0, 2));
    assert.deepEqual([floats.min(), floats.max()], [-1.5, 2]);
  });

  it('answers NaN where a value is NaN', () => {
    const floats = new NdArray('float64', [3], Float64Array.of(1, Number.NaN, 0));
    assert.ok(Number.isNaN(floats.min()) && Number.isNaN(floats.max()));
  });

  it('says that an empty array has no least value', () => {
    assert.throws(
      () => images.slice(0, 0).min(),
      new RangeError('An array of shape [0, 2, 3] has no least or greatest value'),
    );
  });

  it('finds the ends of bytes wherever they lie', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 255));
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 9 }), values => {
        const array = new NdArray('uint8', [values.length], Uint8Array.from(values));
        assert.deepEqual([array.min(), array.max()], [Math.min(...values), Math.max(...values)]);
      }),
    );
  });

  it('slices along the first axis without a copy', () => {
    const middle = images.slice(1, 3);
    assert.deepEqual(middle.shape, [2, 2, 3]);
    assert.deepEqual([...middle.data], [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
    assert.equal(middle.data.buffer, images.data.buffer);
    assert.equal(middle.slice(1).data.byteOffset, 12);
  });

  it('counts the ends of a slice as Array.prototype.slice does', () => {
    const end = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(undefined), fc.double());
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 6 }), end, end, (values, from, to) => {
        const array = new NdArray('uint8', [values.length], Uint8Array.from(values));
        const slice = array.slice(from, to);
        assert.deepEqual([...slice.data], values.slice(from, to));
        assert.deepEqual(slice.shape, [slice.data.length]);
      }),
    );
  });

  it('prints as one short line', () => {
    const labels = new NdArray(
      'uint8',
      [12],
      Uint8Array.from({ length: 12 }, (_, i) => i),
    );
    assert.equal(String(labels), 'uint8 [12]: 0 1 2 3 4 5 6 7 8 9 …');
    assert.equal(String(labels.slice(0, 3)), 'uint8 [3]: 0 1 2');
    assert.equal(String(labels.slice(3, 3)), 'uint8 [0]');
    assert.equal(inspect(images), 'uint8 [4, 2, 3]: 0…23');
    assert.equal(inspect([[images]]), '[ [ uint8 [4, 2, 3]: 0…23 ] ]');
  });

  it('leaves the range of a large array out of the line', () => {
    const size = 1 << 21;
    assert.equal(
      inspect(new NdArray('uint8', [2, size / 2], new Uint8Array(size))),
      `uint8 [2, ${size / 2}]`,
    );
  });
});
