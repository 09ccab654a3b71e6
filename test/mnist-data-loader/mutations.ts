import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bytes, idx } from './support';

/** Bytes a value, by the third byte of an IDX file. */
export const WIDTHS: Record<number, number> = { 8: 1, 9: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8 };

/** IDX files of all dtypes, up to rank 4, as whole as their header says. */
export const idxFiles = fc
  .tuple(
    fc.constantFrom(...Object.keys(WIDTHS).map(Number)),
    fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
    fc.nat(255),
  )
  .map(([type, shape, seed]) => {
    const size = shape.reduce((product, n) => product * n, WIDTHS[type] ?? 1);
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

/** Writes into a copy, where there is room for it. */
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
  // A bit turned over.
  fc.tuple(place, fc.nat(7)).map(([at, bit]) =>
    written(1, copy => {
      copy.writeUInt8(copy.readUInt8(at % copy.length) ^ (1 << bit), at % copy.length);
    }),
  ),
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
  // Bytes put in, or doubled, or taken out.
  fc.tuple(place, fc.uint8Array({ maxLength: 20 })).map(([at, more]) => (content: Buffer) => {
    const middle = at % (content.length + 1);
    return Buffer.concat([content.subarray(0, middle), more, content.subarray(middle)]);
  }),
  fc.tuple(place, place).map(([from, to]) => (content: Buffer) => {
    const ends = [from % (content.length + 1), to % (content.length + 1)] as const;
    return Buffer.concat([content.subarray(0, ends[0]), content.subarray(ends[1])]);
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
