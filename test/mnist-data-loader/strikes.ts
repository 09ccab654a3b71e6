/** Harm that is done to a good file, and what the loader has to say of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import type { Messages } from '../../lib/mnist-data-loader/messages/en';
import { rawOf, sha256, smallSet } from './support';

const set = smallSet();
const other = smallSet(2);
export const original = (name: string) => rawOf(set, name);

/** Finds the words of the table that must occur; several if any of them may. */
export type Says = (table: Messages) => string | readonly string[];

/** Does harm to the good file at a path; undefined if what is left is as good as before. */
export type Strike = (path: string, name: string) => Says | undefined;

/** Puts something else in the place of the file. */
const replaced =
  (put: (path: string) => void, says: (table: Messages) => [found: string, why?: string]): Strike =>
  path => {
    rmSync(path);
    put(path);
    return table => `${table.place(path, ...says(table))}\n`;
  };

export const missing = replaced(
  () => {},
  ({ found }) => [found.nothing],
);
export const folder = replaced(mkdirSync, ({ found }) => [found.folder]);
export const linkToItself = replaced(
  path => symlinkSync(path, path),
  ({ found, withCode, system }) => [found.unreadable, withCode(system.ELOOP, 'ELOOP')],
);
export const unreadable = replaced(
  path => {
    writeFileSync(path, original(basename(path)));
    chmodSync(path, 0);
  },
  ({ found, withCode, system }) => [found.unreadable, withCode(system.EACCES, 'EACCES')],
);
export const pipe = replaced(
  path => execFileSync('mkfifo', [path]),
  ({ found }) => [found.unfit],
);
export const socket = replaced(
  path => {
    const listen = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
    // By its name alone, since macOS takes 104 bytes at most.
    spawnSync(process.execPath, ['-e', listen, basename(path)], { cwd: dirname(path) });
  },
  ({ found }) => [found.unfit],
);
export const endless = replaced(
  path => symlinkSync('/dev/zero', path),
  ({ found }) => [found.unfit],
);
export const huge = replaced(
  path => {
    writeFileSync(path, '');
    truncateSync(path, 2 ** 31);
  },
  ({ found }) => [found.unfit],
);

/** Writes other content into the file. */
const rewritten =
  (
    content: (name: string) => Uint8Array,
    says: (content: Uint8Array, name: string, path: string) => Says,
  ): Strike =>
  (path, name) => {
    const made = content(name);
    writeFileSync(path, made);
    return says(made, name, path);
  };

const another = (content: Uint8Array, name: string, path: string): Says => {
  const [expected, actual] = [sha256(original(name)), sha256(content)];
  return ({ problem }) => problem.checksum(path, expected, actual);
};

export const otherSet = rewritten(name => rawOf(other, name), another);
export const otherFile = rewritten(
  name => original(itemAt(fileNames, ((fileNames as readonly string[]).indexOf(name) + 1) % 4)),
  (content, name, path) => {
    const form = (raw: Uint8Array) => {
      const view = new DataView(raw.buffer, raw.byteOffset);
      const lengths = Array.from({ length: raw[3] ?? 0 }, (_, i) => view.getUint32(4 + 4 * i));
      return `uint8 [${lengths.join(', ')}]`;
    };
    return ({ problem }) => problem.wrongShape(path, form(original(name)), form(content));
  },
);
export const webPage = rewritten(
  () => Buffer.from('<!DOCTYPE html><p>Log in first</p>'),
  (_content, _name, path) =>
    ({ problem, content }) =>
      problem.notIdx(path, content.page),
);
export const longer = rewritten(
  name => Buffer.concat([original(name), Buffer.of(0)]),
  ({ length }) =>
    ({ content }) =>
      content.bytesAlone(length),
);

/** Cuts at a part of the file's length. */
export const cut = (part: number) =>
  rewritten(
    name => original(name).subarray(0, Math.floor(part * original(name).length)),
    ({ length }, name, path) =>
      ({ problem }) =>
        problem.truncated(path, original(name).length, length),
  );

/** Turns over one bit, the one at a part of the file's length. */
export const flip = (part: number) =>
  rewritten(
    name => flipped(original(name), part),
    (content, name, path) => {
      const place = Math.floor(part * content.length);
      if (place >= 4 + 4 * itemAt(original(name), 3)) return another(content, name, path);
      // Another type or shape, no type at all, or so many axes that their lengths do not fit in.
      return () => path;
    },
  );

const gzipped =
  (
    content: (packed: Buffer) => Uint8Array,
    says: (content: Uint8Array, path: string, name: string) => Says | undefined,
  ): Strike =>
  (path, name) => {
    rmSync(path);
    const made = content(gzipSync(original(name)));
    writeFileSync(`${path}.gz`, made);
    return says(made, `${path}.gz`, name);
  };

export const gzippedAndCut = (part: number) =>
  gzipped(
    packed => packed.subarray(0, Math.floor(part * packed.length)),
    ({ length }, path) =>
      // Of less than the two bytes that mark it, nobody can tell that it was to be a gzip file.
      ({ problem }) =>
        length >= 2 ? problem.truncatedGzip(path, length) : path,
  );

export const gzippedAndFlipped = (part: number) =>
  gzipped(
    packed => flipped(packed, part),
    (content, path, name) => {
      // A few bits of its header say nothing of the content, such as its date.
      try {
        if (gunzipSync(content).equals(original(name))) return undefined;
      } catch {}
      return () => path;
    },
  );

function flipped(content: Buffer, part: number): Buffer {
  const bit = Math.floor(part * content.length * 8);
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
}
