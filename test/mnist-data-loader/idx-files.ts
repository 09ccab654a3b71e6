/** IDX files, whole and damaged, and what the loader is to make of any bytes. */
import assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DataError } from 'mnist-data-loader';
import { decode } from '../../lib/mnist-data-loader/decode';
import { bytes, idx } from './support';

/** How a value is read, and its bytes, by the third byte of an IDX file. */
const VALUES = {
  8: ['getUint8', 1],
  9: ['getInt8', 1],
  11: ['getInt16', 2],
  12: ['getInt32', 4],
  13: ['getFloat32', 4],
  14: ['getFloat64', 8],
} as const;
type Type = keyof typeof VALUES;

/** IDX files of all dtypes, up to rank 4, as whole as their header says. */
export const idxFiles = fc
  .tuple(
    fc.constantFrom(...Object.keys(VALUES).map(type => Number(type) as Type)),
    fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
    fc.nat(255),
  )
  .map(([type, shape, seed]) => {
    const size = shape.reduce((product, n) => product * n, VALUES[type][1]);
    return idx(type, shape, bytes(size, seed));
  });

/** Lengths that a header may lie about: negative ones as well, in the eyes of who reads them so. */
const lies = fc.oneof(
  fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
  fc.nat(0xffffffff),
  fc.nat(9),
);
const place = fc.nat();

type Mutation = (content: Buffer) => Buffer;

/** Writes into a copy, if there is room for it. */
const written =
  (length: number, write: (copy: Buffer) => void): Mutation =>
  content => {
    const copy = Buffer.from(content);
    if (copy.length >= length) write(copy);
    return copy;
  };

const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  // Cut short.
  place.map(at => (content: Buffer) => content.subarray(0, at % (content.length + 1))),
  // A byte of another value: type and rank more often than others.
  fc.tuple(fc.oneof(fc.constantFrom(0, 1, 2, 3), place), fc.nat(255)).map(([at, value]) =>
    written(1, copy => {
      copy[at % copy.length] = value;
    }),
  ),
  // A false length of an axis.
  fc.tuple(fc.nat(3), lies).map(([axis, length]) =>
    written(8 + 4 * axis, copy => {
      copy.writeUInt32BE(length, 4 + 4 * axis);
    }),
  ),
  // Bytes put in, and others doubled or taken out there.
  fc
    .tuple(place, place, fc.uint8Array({ maxLength: 20 }))
    .map(([end, start, more]) => (content: Buffer) => {
      const [head, tail] = [end, start].map(at => at % (content.length + 1));
      return Buffer.concat([content.subarray(0, head), more, content.subarray(tail)]);
    }),
);

/** One to three mutations of an IDX file, of which some are gzipped, before or after. */
export const mutatedFiles = fc
  .tuple(
    idxFiles,
    fc.array(mutations, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(0, 0, 0, 0, 1, 2),
  )
  .map(([file, steps, gzip]) => {
    const start = gzip === 1 ? gzipSync(file) : file;
    const mutated = steps.reduce((content, mutate) => mutate(content), start);
    return gzip === 2 ? gzipSync(mutated) : mutated;
  });

/** The most that reading a small file may add to the memory, in bytes: a chunk of gunzip's, and some. */
const MEMORY = 4 << 20;

/** The loader gives the array that the bytes spell, or refuses in words; it takes no more memory. */
export async function readOrRefuse(content: Uint8Array): Promise<void> {
  const expected = spelt(content);
  const before = process.memoryUsage().arrayBuffers;
  const outcome = await decode(content, { name: 'file' }, 'x').catch((error: unknown) => error);
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < MEMORY, `${grown} bytes more`);
  if (expected) {
    assert.ok(!(outcome instanceof Error), `${outcome}`);
    const { dtype, shape, data } = (outcome as Awaited<ReturnType<typeof decode>>).array;
    assert.deepEqual({ dtype, shape, values: [...data] }, expected);
  } else {
    assert.ok(outcome instanceof DataError, `${outcome}`);
    assert.match(outcome.messageIn('en'), /^x: expected .+, but .+\. (.+: .+|Replace .+)\.$/);
    assert.match(outcome.messageIn('zh'), /^x：应.+。.+。$/);
    assert.doesNotMatch(outcome.message, /NaN|Infinity|undefined|e\+/);
  }
}

/** Returns what bytes spell by the rules of the format, in the plainest reading. */
function spelt(content: Uint8Array) {
  const raw = unpacked(content);
  if (!raw || raw.length < 4 || raw[0] || raw[1]) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const [, , type = 0, rank = 0] = raw;
  const start = 4 + 4 * rank;
  if (!(type in VALUES) || rank === 0 || raw.length < start) return undefined;
  const [read, width] = VALUES[type as Type];
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, length) => product * BigInt(length), 1n);
  if (BigInt(start) + count * BigInt(width) !== BigInt(raw.length)) return undefined;
  const values = Array.from({ length: Number(count) }, (_, i) => view[read](start + i * width));
  return { dtype: read.slice(3).toLowerCase(), shape, values };
}

function unpacked(content: Uint8Array): Uint8Array | undefined {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  try {
    return gunzipSync(content);
  } catch {
    return undefined;
  }
}
