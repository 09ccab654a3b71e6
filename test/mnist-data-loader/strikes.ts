/** Damages to a good file, each with words of the loader's message about it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { en } from '../../lib/mnist-data-loader/messages/en';
import { rawOf, smallSet } from './support';

const { content, found, system, withCode } = en;
const set = smallSet();
const otherValues = smallSet(2);
export const original = (name: string) => rawOf(set, name);

/** Damages the good file at a path; returns words of the message, `undefined` if nothing of the content is lost. */
export type Strike = (path: string, name: string) => string | undefined;

/** Replaces the file by something else. */
const replaced =
  (put: (path: string) => void, words: string): Strike =>
  path => {
    rmSync(path);
    put(path);
    return words;
  };

export const missing = replaced(() => {}, found.nothing);
export const folder = replaced(mkdirSync, found.folder);
export const linkToItself = replaced(
  path => symlinkSync(path, path),
  `${found.unreadable}: ${withCode(system.ELOOP, 'ELOOP')}`,
);
export const unreadable = replaced(
  path => {
    writeFileSync(path, original(basename(path)));
    chmodSync(path, 0);
  },
  `${found.unreadable}: ${withCode(system.EACCES, 'EACCES')}`,
);
export const pipe = replaced(path => execFileSync('mkfifo', [path]), found.unfit);
export const socket = replaced(path => {
  const listen = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  // A relative path, since macOS accepts at most 104 bytes.
  spawnSync(process.execPath, ['-e', listen, basename(path)], { cwd: dirname(path) });
}, found.unfit);
export const endless = replaced(path => symlinkSync('/dev/zero', path), found.unfit);
export const huge = replaced(path => {
  writeFileSync(path, '');
  truncateSync(path, 2 ** 31);
}, found.unfit);

/** Writes other content into the file. */
const rewritten =
  (change: (raw: Buffer, name: string) => Uint8Array | string, words: string): Strike =>
  (path, name) => {
    writeFileSync(path, change(original(name), name));
    return words;
  };

export const otherSet = rewritten((_, name) => rawOf(otherValues, name), 'expected sha256');
export const otherFile = rewritten(
  (_, name) =>
    original(itemAt(fileNames, ((fileNames as readonly string[]).indexOf(name) + 1) % 4)),
  'expected uint8 [',
);
export const webPage = rewritten(() => '<!DOCTYPE html><p>Log in first</p>', content.page);
export const longer = rewritten(raw => Buffer.concat([raw, Buffer.of(0)]), 'bytes for uint8 [');

/** Cuts at a fraction of the file's length. */
export const cut = (part: number) =>
  rewritten(raw => raw.subarray(0, Math.floor(part * raw.length)), 'bytes, but there are only');

/** Flips the bit at a fraction of the file's length. */
export const flip = (part: number) => rewritten(raw => flipped(raw, part), ': expected');

const gzipped =
  (change: (packed: Buffer) => Uint8Array): Strike =>
  (path, name) => {
    rmSync(path);
    const packed = change(gzipSync(original(name)));
    writeFileSync(`${path}.gz`, packed);
    // Some bits of the header, such as the date, do not affect the content.
    try {
      if (gunzipSync(packed).equals(original(name))) return undefined;
    } catch {}
    return '.gz: expected';
  };

export const gzippedAndCut = (part: number) =>
  gzipped(packed => packed.subarray(0, Math.floor(part * packed.length)));

export const gzippedAndFlipped = (part: number) => gzipped(packed => flipped(packed, part));

function flipped(raw: Buffer, part: number): Buffer {
  const bit = Math.floor(part * raw.length * 8);
  const copy = Buffer.from(raw);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
}
