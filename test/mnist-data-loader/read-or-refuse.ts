import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { DataError } from 'mnist-data-loader';
import { decode } from '../../lib/mnist-data-loader/decode';
import { WIDTHS } from './mutations';

/** The most that reading a small file may add to the memory, in bytes: a chunk of gunzip's, and some. */
const MEMORY = 4 << 20;

type Reader = `get${'Uint8' | 'Int8' | 'Int16' | 'Int32' | 'Float32' | 'Float64'}`;
const READ: Record<number, Reader> = {
  8: 'getUint8',
  9: 'getInt8',
  11: 'getInt16',
  12: 'getInt32',
  13: 'getFloat32',
  14: 'getFloat64',
};

/** The loader gives the array that the bytes spell, or refuses in words; it takes no more memory. */
export async function readOrRefuse(content: Uint8Array): Promise<void> {
  const expected = spelt(content);
  const before = process.memoryUsage().arrayBuffers;
  const outcome = await decode(content, { name: 'file' }, 'x').catch((error: unknown) => error);
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < MEMORY, `${grown} bytes more`);
  if (expected) {
    assert.ok(!(outcome instanceof Error), `${outcome}`);
    const { shape, data } = (outcome as Awaited<ReturnType<typeof decode>>).array;
    assert.deepEqual([shape, [...data]], [expected.shape, expected.values]);
  } else {
    assert.ok(outcome instanceof DataError, `${outcome}`);
    assert.match(
      outcome.messageIn('en'),
      /^x: expected .+, but .+\. .+: .+\.$|^x: expected .+, but .+\. Replace .+\.$/,
    );
    assert.match(outcome.messageIn('zh'), /^x：应.+。.+。$/);
    assert.doesNotMatch(outcome.message, /NaN|Infinity|undefined|e\+/);
  }
}

/** What bytes spell by the rules of the format, in the plainest reading; undefined where nothing. */
function spelt(content: Uint8Array): { shape: number[]; values: number[] } | undefined {
  const raw = unpacked(content);
  if (!raw || raw.length < 4 || raw[0] || raw[1]) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const [, , type = 0, rank = 0] = raw;
  const width = WIDTHS[type];
  const start = 4 + 4 * rank;
  const read = READ[type];
  if (!width || !read || rank === 0 || raw.length < start) return undefined;
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, length) => product * BigInt(length), 1n);
  if (BigInt(start) + count * BigInt(width) !== BigInt(raw.length)) return undefined;
  const values = Array.from({ length: Number(count) }, (_, i) => view[read](start + i * width));
  return { shape, values };
}

function unpacked(content: Uint8Array): Uint8Array | undefined {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  try {
    return gunzipSync(content);
  } catch {
    return undefined;
  }
}
