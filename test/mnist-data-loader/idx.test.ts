import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { mock } from 'node:test';
import { createGunzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { NotIdxError, readIdx, TruncatedError, WrongShapeError } from 'mnist-data-loader';
import { decode } from '../../lib/mnist-data-loader/decode';
import { gunzipIdx } from '../../lib/mnist-data-loader/gunzip';
import { idxFiles, mutatedFiles } from './mutations';
import { readOrRefuse } from './read-or-refuse';
import { bytes, idx } from './support';

const file = { name: 'file' };

describe('readIdx', () => {
  it('reads uint8 as a view', () => {
    const content = idx(8, [2, 3], Uint8Array.of(1, 2, 3, 250, 251, 252));
    const array = readIdx(content);
    assert.equal(array.dtype, 'uint8');
    assert.deepEqual(array.shape, [2, 3]);
    assert.deepEqual([...array.data], [1, 2, 3, 250, 251, 252]);
    assert.equal(array.data.buffer, content.buffer);
  });

  const wide = [
    { type: 0x09, dtype: 'int8', values: [-128, 0, 127], width: 1, set: 'setInt8' },
    { type: 0x0b, dtype: 'int16', values: [-32768, 258, 32767], width: 2, set: 'setInt16' },
    { type: 0x0c, dtype: 'int32', values: [-(2 ** 31), 16909060, 7], width: 4, set: 'setInt32' },
    { type: 0x0d, dtype: 'float32', values: [-0.5, 1e10, 0], width: 4, set: 'setFloat32' },
    { type: 0x0e, dtype: 'float64', values: [Math.PI, -1e300, 0], width: 8, set: 'setFloat64' },
  ] as const;
  for (const { type, dtype, values, width, set } of wide) {
    it(`reads ${dtype}, big-endian, at any alignment`, () => {
      const view = new DataView(new ArrayBuffer(values.length * width));
      values.forEach((value, i) => {
        view[set](i * width, value);
      });
      const content = idx(type, [values.length], new Uint8Array(view.buffer));
      const shifted = Buffer.concat([Buffer.of(9), content]).subarray(1);
      const array = readIdx(shifted);
      assert.equal(array.dtype, dtype);
      assert.deepEqual([...array.data], [...values]);
      assert.deepEqual(shifted, content);
    });
  }

  it('reads an axis of length 0', () => {
    const vast = Array(100).fill(0xffffffff);
    for (const shape of [[0], [0, ...vast], [...vast, 0]]) {
      const array = readIdx(idx(8, shape, new Uint8Array()));
      assert.equal(array.data.length, 0);
      assert.deepEqual(array.slice(0, 1).shape.slice(1), shape.slice(1));
    }
  });

  it('says what is not IDX', () => {
    const text = (content: Uint8Array) => {
      try {
        readIdx(content, 'x');
      } catch (error) {
        assert.ok(error instanceof NotIdxError);
        assert.equal(error.file, 'x');
        return error.found.en;
      }
      return assert.fail('no error');
    };
    assert.equal(text(Buffer.from('\n<!DOCTYPE html><html>')), 'a web page');
    assert.equal(text(Buffer.from('abcdef')), 'bytes that start with 61626364 (hex)');
    assert.equal(
      text(Buffer.of(0, 0, 0x0a, 1, 0, 0, 0, 0)),
      'bytes that start with 00000a01 (hex)',
    );
    assert.equal(text(Buffer.of(0, 0, 8, 0)), 'bytes that start with 00000800 (hex)');
    assert.equal(text(gzipSync('')), 'gzip: unpack it first');
  });

  it('says how many bytes are missing, or too many', () => {
    const content = idx(8, [2, 3], new Uint8Array(6));
    for (let length = 0; length < content.length; length++) {
      assert.throws(() => readIdx(content.subarray(0, length), 'x'), TruncatedError);
    }
    assert.throws(
      () => readIdx(content.subarray(0, 17), 'x'),
      (error: TruncatedError) => error.expected === 18 && error.actual === 17,
    );
    assert.throws(
      () => readIdx(Buffer.concat([content, Buffer.of(0)]), 'x'),
      (error: WrongShapeError) =>
        error instanceof WrongShapeError &&
        error.message.startsWith('x: expected 18 bytes for uint8 [2, 3], but found 19 bytes.'),
    );
  });

  it('allocates nothing for a header that declares more than there is', () => {
    const huge = idx(0x0e, [0xffffffff, 0xffffffff, 0xffffffff], bytes(100, 1));
    assert.throws(() => readIdx(huge), TruncatedError);
    const longest = idx(0x0e, Array(255).fill(0xffffffff), bytes(100, 1));
    assert.throws(
      () => readIdx(longest),
      (error: TruncatedError) => error.expected === Number.POSITIVE_INFINITY,
    );
  });
});

describe('any bytes', () => {
  for (const [name, source] of Object.entries({
    'random bytes': fc.uint8Array({ maxLength: 300 }),
    'random bytes after a right start': fc
      .uint8Array({ maxLength: 300 })
      .map(rest => Uint8Array.from([0, 0, 8 + ((rest[0] ?? 0) % 7), ...rest])),
    'headers of any lengths': fc
      .tuple(fc.constantFrom(8, 0x0e), fc.array(fc.nat(0xffffffff), { minLength: 1 }), fc.boolean())
      .map(([type, shape, zero]) =>
        Uint8Array.from(idx(type, zero ? [...shape, 0] : shape, new Uint8Array(9))),
      ),
    'IDX files': idxFiles,
    'mutated IDX files': mutatedFiles,
  })) {
    it(`${name} give their array or an explained error`, () =>
      fc.assert(fc.asyncProperty(source, readOrRefuse), { numRuns: 300 }));
  }

  it('read back as they were written', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        async (shape, seed, packed) => {
          const values = bytes(
            shape.reduce((product, n) => product * n, 1),
            seed % 1000,
          );
          const content = idx(8, shape, values);
          const { array } = await decode(packed ? gzipSync(content) : content, file, 'x');
          assert.deepEqual(array.shape, shape);
          assert.deepEqual([...array.data], [...values]);
        },
      ),
    ));
});

describe('gunzipIdx', () => {
  const zeros = (megabytes: number) => Buffer.alloc(megabytes << 20);

  it('stops a bomb as soon as it exceeds what its header declares', async () => {
    const bomb = gzipSync(idx(8, [10], zeros(64)));
    assert.ok(bomb.length < 100_000);
    // What was unpacked is counted: what of it is still in memory, the garbage collector decides.
    const push = mock.method(Object.getPrototypeOf(createGunzip()) as Readable, 'push');
    try {
      await assert.rejects(gunzipIdx(bomb, 'x'), WrongShapeError);
    } finally {
      push.mock.restore();
    }
    const unpacked = push.mock.calls.reduce((sum, { arguments: [chunk] }) => sum + chunk.length, 0);
    assert.ok(unpacked > 0 && unpacked < 16 << 20, `${unpacked} bytes`);
  });

  it('stops at once at a header that declares more than the limit', async () => {
    const bomb = gzipSync(idx(8, [0xffffffff], zeros(8)));
    await assert.rejects(
      gunzipIdx(bomb, 'x', 1000),
      (error: Error) =>
        error instanceof WrongShapeError && /at most 1000 bytes when unpacked/.test(error.message),
    );
    await assert.rejects(gunzipIdx(bomb, 'x'), WrongShapeError);
  });

  it('names a cut file truncated and a damaged one damaged', async () => {
    const packed = gzipSync(idx(8, [1000], bytes(1000, 1)));
    await assert.rejects(gunzipIdx(packed.subarray(0, packed.length - 9), 'x'), TruncatedError);
    const damaged = Buffer.from(packed);
    damaged.writeUInt8(damaged.readUInt8(packed.length - 6) ^ 0xff, packed.length - 6);
    await assert.rejects(
      gunzipIdx(damaged, 'x'),
      (error: Error) => error instanceof NotIdxError && /damaged gzip/.test(error.message),
    );
  });
});
