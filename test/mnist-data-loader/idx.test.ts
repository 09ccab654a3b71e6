import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { mock } from 'node:test';
import { createGunzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readIdx, TruncatedError } from 'mnist-data-loader';
import { decode } from '../../lib/mnist-data-loader/decode';
import { idxFiles, mutatedFiles, readOrRefuse } from './idx-files';
import { idx } from './support';

describe('readIdx', () => {
  it('reads uint8 as a view', () => {
    const content = idx(8, [2, 3], Uint8Array.of(1, 2, 3, 250, 251, 252));
    assert.equal(readIdx(content).data.buffer, content.buffer);
  });

  it('reads an axis of length 0', () => {
    const vast = Array(100).fill(0xffffffff);
    for (const shape of [[0], [0, ...vast], [...vast, 0]]) {
      const array = readIdx(idx(8, shape, new Uint8Array()));
      assert.equal(array.data.length, 0);
      assert.deepEqual(array.slice(0, 1).shape.slice(1), shape.slice(1));
    }
  });

  const NOT_IDX: [content: Uint8Array, said: RegExp][] = [
    [Buffer.from('\n<!DOCTYPE html><html>'), /but found a web page\./],
    [Buffer.from('\ufeff\n<!doctype html>'), /but found a web page\./],
    [Buffer.from('abcdef'), /but found bytes that start with 61626364 \(hex\)\./],
    [Buffer.of(0, 0, 0x0a, 1, 0, 0, 0, 0), /start with 00000a01/],
    [Buffer.of(0, 0, 8, 0), /start with 00000800/],
    [gzipSync(''), /but found gzip: unpack it first\./],
  ];
  it('says what is not IDX', () => {
    for (const [content, message] of NOT_IDX) {
      assert.throws(() => readIdx(content, 'x'), { name: 'NotIdxError', file: 'x', message });
    }
  });

  it('says how many bytes are missing, or too many', () => {
    const content = idx(8, [2, 3], new Uint8Array(6));
    for (let length = 0; length < content.length; length++) {
      assert.throws(() => readIdx(content.subarray(0, length)), TruncatedError);
    }
    assert.throws(() => readIdx(content.subarray(0, 17)), { expected: 18, actual: 17 });
    assert.throws(() => readIdx(Buffer.concat([content, Buffer.of(0)]), 'x'), {
      name: 'WrongShapeError',
      message: /^x: expected 18 bytes for uint8 \[2, 3\], but found 19 bytes\./,
    });
  });
});

describe('any bytes', () => {
  for (const [name, source] of Object.entries({
    'IDX files, at any alignment': fc
      .tuple(fc.nat(7), idxFiles)
      .map(([at, file]) => Buffer.concat([Buffer.alloc(at), file]).subarray(at)),
    'mutated IDX files': mutatedFiles,
  })) {
    it(`${name} give their array or an explained error`, () =>
      fc.assert(fc.asyncProperty(source, readOrRefuse), { numRuns: 300 }));
  }
});

describe('decode', () => {
  const zeros = (megabytes: number) => Buffer.alloc(megabytes << 20);

  it('stops a bomb as soon as it exceeds what its header declares', async () => {
    const bomb = gzipSync(idx(8, [10], zeros(64)));
    assert.ok(bomb.length < 100_000);
    // What was unpacked is counted: what of it is still in memory, the garbage collector decides.
    const push = mock.method(Object.getPrototypeOf(createGunzip()) as Readable, 'push');
    try {
      await assert.rejects(decode(bomb, { name: 'x' }, 'x'), { name: 'WrongShapeError' });
    } finally {
      push.mock.restore();
    }
    const unpacked = push.mock.calls.reduce((sum, { arguments: [chunk] }) => sum + chunk.length, 0);
    assert.ok(unpacked > 0 && unpacked < 16 << 20, `${unpacked} bytes`);
  });

  it('stops at once at a header that declares more than the limit', async () => {
    const bomb = gzipSync(idx(8, [0xffffffff], zeros(8)));
    const message = /at most 1000 bytes when unpacked/;
    const small = { name: 'x', shape: [992] };
    await assert.rejects(decode(bomb, small, 'x'), { name: 'WrongShapeError', message });
    await assert.rejects(decode(bomb, { name: 'x' }, 'x'), { name: 'WrongShapeError' });
  });
});
