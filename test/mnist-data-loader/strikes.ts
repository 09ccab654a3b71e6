import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { rawOf, sha256, smallSet } from './support';

const set = smallSet();
const other = smallSet(2);
export const original = (name: string) => rawOf(set, name);

/** What the loader has to say, in each language: words that occur, or their pattern. */
export type Says = Record<'en' | 'zh', string | RegExp>;

/** Does harm to the good file at a path; undefined when what is left is as good as before. */
export type Strike = (path: string, name: string) => Says | undefined;

const notIdx = (path: string, found: { en: string; zh: string }) => ({
  en: `${path}: expected an IDX file (two zero bytes, a type, a rank), but found ${found.en}`,
  zh: `${path}：应为 IDX 文件（两个零字节、类型、维数），实际是${found.zh}`,
});
const another = (path: string, name: string, content: Uint8Array) => ({
  en: `${path}: expected sha256 ${sha256(original(name))}, but the content has ${sha256(content)}.`,
  zh: `${path}：sha256 应为 ${sha256(original(name))}，实际为 ${sha256(content)}。`,
});
const cutGzip = (path: string, length: number) => ({
  en: `${path}: expected a whole gzip file, but it ends early, after ${length} bytes.`,
  zh: `${path}：应为完整的 gzip 文件，但在 ${length} 字节处提前结束。`,
});

export const missing: Strike = path => {
  rmSync(path);
  return { en: `${path}: nothing there\n`, zh: `${path}: 不存在\n` };
};

export const folder: Strike = path => {
  rmSync(path);
  mkdirSync(path);
  return { en: `${path}: a folder, not a file\n`, zh: `${path}: 是文件夹，不是文件\n` };
};

export const unreadable: Strike = path => {
  chmodSync(path, 0);
  return {
    en: `${path}: cannot be read: no permission (EACCES)\n`,
    zh: `${path}: 无法读取：没有权限（EACCES）\n`,
  };
};

export const linkToItself: Strike = path => {
  rmSync(path);
  symlinkSync(path, path);
  return {
    en: `${path}: cannot be read: the link points back to itself (ELOOP)\n`,
    zh: `${path}: 无法读取：链接指向了自己（ELOOP）\n`,
  };
};

const unfit = (path: string, found: { en: string; zh: string }) => ({
  en: `${path}: not a data file: ${found.en}\n`,
  zh: `${path}: 不是数据文件：${found.zh}\n`,
});

export const pipe: Strike = path => {
  rmSync(path);
  execFileSync('mkfifo', [path]);
  return unfit(path, { en: 'a named pipe', zh: '命名管道' });
};

export const socket: Strike = path => {
  rmSync(path);
  const listen = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  // By its name alone, since macOS takes 104 bytes at most.
  spawnSync(process.execPath, ['-e', listen, basename(path)], { cwd: dirname(path) });
  return unfit(path, { en: 'a socket', zh: '套接字' });
};

export const endless: Strike = path => {
  rmSync(path);
  symlinkSync('/dev/zero', path);
  return unfit(path, { en: 'a device', zh: '设备' });
};

export const huge: Strike = path => {
  truncateSync(path, 2 ** 31);
  return unfit(path, { en: 'larger than 2 GiB', zh: '超过 2 GiB' });
};

export const otherSet: Strike = (path, name) => {
  const content = rawOf(other, name);
  writeFileSync(path, content);
  return another(path, name, content);
};

export const otherFile: Strike = (path, name) => {
  const names: readonly string[] = fileNames;
  writeFileSync(path, original(itemAt(names, (names.indexOf(name) + 1) % names.length)));
  return {
    en: /: expected uint8 \[.+\], but found uint8 \[/,
    zh: /：应为 uint8 \[.+\]，实际是 uint8 \[/,
  };
};

export const webPage: Strike = path => {
  writeFileSync(path, '<!DOCTYPE html><p>Log in first</p>');
  return notIdx(path, { en: 'a web page.', zh: '网页。' });
};

export const longer: Strike = (path, name) => {
  const { length } = original(name);
  writeFileSync(path, Buffer.concat([original(name), Buffer.of(0)]));
  return {
    en: new RegExp(
      `: expected ${length} bytes for uint8 \\[.+\\], but found ${length + 1} bytes\\.`,
    ),
    zh: new RegExp(`：应为 uint8 \\[.+\\] 的 ${length} 字节，实际是 ${length + 1} 字节。`),
  };
};

/** Cuts at a part of the file's length. */
export const cut =
  (part: number): Strike =>
  (path, name) => {
    const { length } = original(name);
    const rest = Math.floor(part * length);
    writeFileSync(path, original(name).subarray(0, rest));
    return {
      en: `${path}: expected ${length} bytes, but there are only ${rest}.`,
      zh: `${path}：应有 ${length} 字节，实际只有 ${rest} 字节。`,
    };
  };

/** Turns over one bit, the one at a part of the file's length. */
export const flip =
  (part: number): Strike =>
  (path, name) => {
    const [content, place] = flipped(original(name), part);
    writeFileSync(path, content);
    const header = 4 + 4 * itemAt(original(name), 3);
    return place < header ? ofAnotherForm(content.length) : another(path, name, content);
  };

/** Another type or shape, no type at all, or so many axes that their lengths do not fit in. */
const ofAnotherForm = (length: number) => ({
  en: new RegExp(
    `: expected (an IDX file .+, but found bytes that|uint8 \\[.+\\], but found \\w+ \\[|(?!${length} )\\d+ bytes, but there are only ${length}\\.)`,
  ),
  zh: new RegExp(
    `：应(为 IDX 文件.+，实际是以十六进制|为 uint8 \\[.+\\]，实际是 \\w+ \\[|有 (?!${length} )\\d+ 字节，实际只有 ${length} 字节)`,
  ),
});

export const gzippedAndCut =
  (part: number): Strike =>
  (path, name) => {
    const packed = gzipSync(original(name));
    const rest = Math.floor(part * packed.length);
    rmSync(path);
    writeFileSync(`${path}.gz`, packed.subarray(0, rest));
    // Of less than the two bytes that mark it, nobody can tell that it was to be a gzip file.
    return rest >= 2
      ? cutGzip(`${path}.gz`, rest)
      : { en: /: expected .+, but /, zh: /：应.+，实际/ };
  };

export const gzippedAndFlipped =
  (part: number): Strike =>
  (path, name) => {
    const [content] = flipped(gzipSync(original(name)), part);
    rmSync(path);
    writeFileSync(`${path}.gz`, content);
    // A few bits of its header say nothing of the content, such as its date.
    return sameAfterUnpacking(content, original(name))
      ? undefined
      : { en: /\.gz: expected .+, but /, zh: /\.gz：应.+，/ };
  };

function flipped(content: Buffer, part: number): [content: Buffer, place: number] {
  const bit = Math.floor(part * content.length * 8);
  const copy = Buffer.from(content);
  const place = bit >> 3;
  copy.writeUInt8(copy.readUInt8(place) ^ (1 << (bit & 7)), place);
  return [copy, place];
}

function sameAfterUnpacking(packed: Buffer, raw: Buffer): boolean {
  try {
    return gunzipSync(packed).equals(raw);
  } catch {
    return false;
  }
}
