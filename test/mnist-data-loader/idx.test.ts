import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { mock } from 'node:test';
import { createGunzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { decode } from '../../lib/mnist-data-loader/decode';
import { mutatedFiles, readOrRefuse } from './idx-files';
import { idx } from './support';

const file = { name: 'x', shape: [2, 3], sha256: '' };
const content = idx(8, [2, 3], new Uint8Array(6));

describe('decode', () => {
  const cases: [content: Uint8Array, name: string, said: RegExp][] = [
    [Buffer.from('\n<!DOCTYPE html><html>'), 'NotIdxError', /but found a web page\./],
    [Buffer.from('\ufeff\n<!doctype html>'), 'NotIdxError', /but found a web page\./],
    [Buffer.from('abcdef'), 'NotIdxError', /but found bytes that start with 61626364 \(hex\)\./],
    [idx(13, [2, 3], new Uint8Array(24)), 'NotIdxError', /start with 00000d02/],
    [Buffer.of(0, 0, 8, 0), 'NotIdxError', /start with 00000800/],
    [
      idx(8, [3, 2], new Uint8Array(6)),
      'WrongShapeError',
      /uint8 \[2, 3\], but found uint8 \[3, 2\]/,
    ],
    [content.subarray(0, 17), 'TruncatedError', /expected 18 bytes, but there are only 17\./],
    [
      Buffer.concat([content, Buffer.of(0)]),
      'WrongShapeError',
      /^y: expected 18 bytes for uint8 \[2, 3\], but found 19 bytes\./,
    ],
  ];
  it('says what is not the file', async () => {
    for (const [wrong, name, message] of cases) {
      await assert.rejects(decode(wrong, file, 'y'), { name, file: 'y', message });
    }
  });

  it('gives the file or an explained error for any bytes', () =>
    fc.assert(fc.asyncProperty(mutatedFiles, readOrRefuse), { numRuns: 300 }));

  it('stops a bomb as soon as it exceeds the size of the file', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    assert.ok(bomb.length < 100_000);
    // Counts the unpacked bytes, because garbage collection decides how many remain in memory.
    const push = mock.method(Object.getPrototypeOf(createGunzip()) as Readable, 'push');
    try {
      const message = /at most 18 bytes when unpacked/;
      await assert.rejects(decode(bomb, file, 'x'), { name: 'WrongShapeError', message });
    } finally {
      push.mock.restore();
    }
    const unpacked = push.mock.calls.reduce((sum, { arguments: [chunk] }) => sum + chunk.length, 0);
    assert.ok(unpacked > 0 && unpacked < 16 << 20, `${unpacked} bytes`);
  });
});
