import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { NdArray, setLanguage } from 'mnist-data-loader';

describe('NdArray', () => {
  /** The numbers from 0 on, in a shape. */
  const counting = (size: number, shape = [size]) =>
    new NdArray('uint8', shape, Uint8Array.from(Array(size).keys()));
  const images = counting(24, [4, 2, 3]);
  const labels = new NdArray('uint8', [3], Uint8Array.of(7, 2, 1));
  const itemOf = (array: object, index: string | number): unknown => Reflect.get(array, index);
  afterEach(() => setLanguage('en'));

  it('refuses data that do not fill its shape', () => {
    assert.throws(
      () => new NdArray('uint8', [2, 3], new Uint8Array(5)),
      new RangeError('Expected 6 values for shape [2, 3], but received 5'),
    );
  });

  it('finds the least and the greatest value wherever they lie', () => {
    assert.throws(
      () => images.slice(0, 0).min(),
      new RangeError('An array of shape [0, 2, 3] has no minimum or maximum'),
    );
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 255));
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 9 }), values => {
        const array = new NdArray('uint8', [values.length], Uint8Array.from(values));
        assert.deepEqual([array.min(), array.max()], [Math.min(...values), Math.max(...values)]);
      }),
    );
  });

  it('slices as tensors do, by the first item and the number of items, without a copy', () => {
    assert.equal(images.slice(1, 2).slice(1).data.buffer, images.data.buffer);
    const start = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(undefined), fc.double());
    const count = fc.oneof(fc.integer({ min: -1, max: 9 }), fc.constant(undefined));
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 6 }), start, count, (values, from, many) => {
        const array = new NdArray('uint8', [values.length, 1], Uint8Array.from(values));
        const slice = array.slice(from, many);
        const rest = values.slice(from);
        assert.deepEqual([...slice.data], many === -1 ? rest : rest.slice(0, many));
        assert.deepEqual(slice.shape, [slice.data.length, 1]);
      }),
    );
  });

  it('prints as one short line, without its range if it is large', () => {
    const many = counting(12);
    assert.equal(String(many), 'uint8 [12]: 0 1 2 3 4 5 6 7 8 9 …');
    assert.equal(String(many.slice(0, 3)), 'uint8 [3]: 0 1 2');
    assert.equal(String(many.slice(3, 0)), 'uint8 [0]');
    assert.equal(inspect([[images]]), '[ [ uint8 [4, 2, 3]: 0…23 ] ]');
    const large = new NdArray('uint8', [2, 1 << 20], new Uint8Array(1 << 21));
    assert.equal(inspect(large), 'uint8 [2, 1048576]');
  });

  it('says what to write instead of an index', () => {
    assert.throws(() => itemOf(images, -2), /with \[-2\]\. Write \.slice\(-2, 1\) in/);
    assert.throws(() => itemOf(labels, 99), /with \[99\]\. Write \.data\[99\] in/);
    assert.throws(() => itemOf(labels, -1), /with \[-1\]\. Write \.data\.at\(-1\) in/);
    setLanguage('zh');
    const chinese =
      /^TypeError: NdArray 不能用 \[0\] 取值，请改写成 \.slice\(0, 1\)，得到形状为 \[1, 2, 3\] 的 NdArray。$/;
    assert.throws(() => itemOf(images, 0), chinese);
    assert.throws(() => itemOf(labels, '1'), /NdArray 不能用 \[1\] 取值，请改写成 \.data\[1\]。$/);
  });

  it('takes no negative count, and keeps no value that is written to an index', () => {
    assert.throws(() => images.slice(0, -2), /^RangeError: .* it cannot take -2 of them\./);
    assert.throws(
      () => Object.assign(labels, { 0: 5 }),
      new TypeError('An NdArray cannot be changed with [0]. Its values are in .data.'),
    );
    assert.equal(labels.data[0], 7);
  });

  it('has every other name as ever', async () => {
    for (const name of ['length', 'then', 'toJSON', '1.5', '', 'x', '-', '1e3']) {
      assert.equal(itemOf(images, name), undefined, name);
    }
    assert.equal(Reflect.get(images, Symbol.iterator), undefined);
    assert.equal(await images, images);
    assert.equal('0' in images, false);
    assert.deepEqual(Object.keys(images), ['dtype', 'shape', 'data']);
    assert.deepEqual(structuredClone(images) as unknown, { ...images });
    assert.deepEqual(images.slice(), images);
    assert.notDeepEqual(images.slice(1), images);
  });
});
