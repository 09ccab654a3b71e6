/** IDX files, whole and damaged, and the loader's expected result for any bytes. */
import assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DataError } from 'mnist-data-loader';
import { sha256 } from '../../lib/command/machine/files';
import { decode } from '../../lib/mnist-data-loader/decode';
import { bytes, idx } from './support';

/** Small files of one to three axes, in the published format. */
const idxFiles = fc
  .tuple(fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }), fc.nat(255))
  .map(([shape, seed]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return { shape, raw: idx(8, shape, bytes(size, seed)) };
  });

/** Wrong lengths in a header, also negative for signed readers. */
const lies = fc.oneof(
  fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
  fc.nat(0xffffffff),
  fc.nat(9),
);
const position = fc.nat();

type Mutation = (content: Buffer) => Buffer;

/** Writes into a copy, if the copy is long enough. */
const overwrite =
  (length: number, write: (copy: Buffer) => void): Mutation =>
  content => {
    const copy = Buffer.from(content);
    if (copy.length >= length) write(copy);
    return copy;
  };

const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  // Cut short.
  position.map(offset => (content: Buffer) => content.subarray(0, offset % (content.length + 1))),
  // A changed byte: type and rank more often than other bytes.
  fc.tuple(fc.oneof(fc.constantFrom(0, 1, 2, 3), position), fc.nat(255)).map(([offset, value]) =>
    overwrite(1, copy => {
      copy[offset % copy.length] = value;
    }),
  ),
  // A false length of an axis.
  fc.tuple(fc.nat(3), lies).map(([axis, length]) =>
    overwrite(8 + 4 * axis, copy => {
      copy.writeUInt32BE(length, 4 + 4 * axis);
    }),
  ),
  // Inserted, duplicated or removed bytes.
  fc
    .tuple(position, position, fc.uint8Array({ maxLength: 20 }))
    .map(([end, start, more]) => (content: Buffer) => {
      const [head, tail] = [end, start].map(offset => offset % (content.length + 1));
      return Buffer.concat([content.subarray(0, head), more, content.subarray(tail)]);
    }),
);

/** A file, and results of one to three mutations; some are gzipped, before or after. */
export const mutatedFiles = fc
  .tuple(
    idxFiles,
    fc.array(mutations, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(0, 0, 0, 0, 1, 2),
  )
  .map(([{ shape, raw }, steps, gzip]) => {
    const start = gzip === 1 ? gzipSync(raw) : raw;
    const mutated = steps.reduce((content, mutate) => mutate(content), start);
    const sent = gzip === 2 ? gzipSync(mutated) : mutated;
    return { raw, file: { name: 'file', shape, sha256: sha256(raw) }, sent };
  });

/** The most that reading a small file may add to the memory, in bytes: a chunk of gunzip's, and some. */
const MEMORY = 4 << 20;

/** The loader returns the file, or rejects with a message, without excess memory. */
export async function readOrRefuse({ raw, file, sent }: Mutated): Promise<void> {
  const bytesBefore = process.memoryUsage().arrayBuffers;
  const outcome = await decode(sent, file, 'x').catch((error: unknown) => error);
  const grown = process.memoryUsage().arrayBuffers - bytesBefore;
  assert.ok(grown < MEMORY, `${grown} bytes more`);
  if (raw.equals(unpacked(sent))) {
    assert.ok(!(outcome instanceof Error), `${outcome}`);
    const { array } = outcome as Awaited<ReturnType<typeof decode>>;
    assert.deepEqual(array.shape, file.shape);
    assert.ok(raw.subarray(4 + 4 * file.shape.length).equals(array.data));
  } else {
    assert.ok(outcome instanceof DataError, `${outcome}`);
    assert.match(outcome.messageIn('en'), /^x: expected .+, but .+\. (.+: .+|Replace .+)\.$/);
    assert.match(outcome.messageIn('zh'), /^x：.*应.+。.+。$/);
    assert.doesNotMatch(outcome.message, /NaN|Infinity|undefined|e\+/);
  }
}

type Mutated = typeof mutatedFiles extends fc.Arbitrary<infer T> ? T : never;

function unpacked(content: Uint8Array): Uint8Array {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  try {
    return gunzipSync(content);
  } catch {
    return Buffer.of();
  }
}
