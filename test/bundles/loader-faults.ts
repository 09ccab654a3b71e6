/** What a web site may give for a file, and what the loader makes of it. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { bytes, idx } from '../mnist-data-loader/support';
import type { Answer } from './support';

export const IMAGES = fileNames[0];
const PAGE = '<!doctype html><title>Not found</title>';

const status =
  (code: number): Answer =>
  (response: ServerResponse) =>
    response.writeHead(code).end('no');

/** Sends half of the file, and then does something else. */
export const half =
  (then: (response: ServerResponse) => void) =>
  (raw: Buffer): Answer => {
    const packed = gzipSync(raw);
    return response => {
      response.writeHead(200, { 'content-length': packed.length });
      response.write(packed.subarray(0, packed.length / 2), () => setTimeout(then, 100, response));
    };
  };

/** One bit of the content, behind the header, is another. */
export function flipped(raw: Buffer): Buffer {
  const content = Buffer.from(raw);
  content.writeUInt8(content.readUInt8(100) ^ 1, 100);
  return content;
}

/** By what is wrong with the first file of the small set: what it is, and what comes of it. */
export const FAULTS: Readonly<
  Record<
    string,
    {
      readonly file: (raw: Buffer) => Answer | undefined;
      readonly name: string;
      readonly en: RegExp;
      readonly zh: RegExp;
    }
  >
> = {
  'is not there': {
    file: () => undefined,
    name: 'FileNotFoundError',
    en: /raw or as \.gz.*\n {2}http:\/\/127.*ubyte\.gz: nothing there\n {2}http:.*ubyte: nothing there\nThe site does not have it/s,
    zh: /需要文件.*http:\/\/127.*ubyte\.gz: 不存在.*网站上没有这个文件/s,
  },
  'is gone for good': {
    file: () => status(410),
    name: 'FileNotFoundError',
    en: /nothing there/,
    zh: /不存在/,
  },
  'is kept back': {
    file: () => status(403),
    name: 'FileNotFoundError',
    en: /cannot be read: answered 403 Forbidden.*allow reading/s,
    zh: /无法读取：返回 403.*联系网站的维护者开放权限/s,
  },
  'is a web page': {
    file: () => PAGE,
    name: 'FileNotFoundError',
    en: /ubyte\.gz: a web page, not the file/,
    zh: /是网页，不是文件/,
  },
  'is a web page with a byte order mark': {
    file: () => `\ufeff\n${PAGE}`,
    name: 'FileNotFoundError',
    en: /a web page, not the file/,
    zh: /是网页，不是文件/,
  },
  'meets a fault of the server': {
    file: () => status(500),
    name: 'DownloadError',
    en: /answered 500 Internal Server Error.*Check the network and run it again/s,
    zh: /返回 500.*请检查网络，然后重新运行/s,
  },
  'has a bit flipped': {
    file: raw => gzipSync(flipped(raw)),
    name: 'ChecksumError',
    en: /expected sha256 \w{64}, but the content has \w{64}.*Run it again/,
    zh: /sha256 应为 \w{64}，实际为.*重新运行/,
  },
  'has a bit flipped after it was packed': {
    file: raw => flipped(gzipSync(raw)),
    name: 'NotIdxError',
    en: /damaged gzip/,
    zh: /损坏的 gzip/,
  },
  'is cut': {
    file: raw => gzipSync(raw).subarray(0, 500),
    name: 'TruncatedError',
    en: /expected a whole gzip file, but it ends early, after 500 bytes/,
    zh: /在 500 字节处提前结束/,
  },
  'is cut within its header': {
    file: raw => gzipSync(raw).subarray(0, 5),
    name: 'TruncatedError',
    en: /ends early, after 5 bytes/,
    zh: /在 5 字节处/,
  },
  'was cut before it was packed': {
    file: raw => gzipSync(raw.subarray(0, 500)),
    name: 'TruncatedError',
    en: /expected 7216 bytes, but there are only 500/,
    zh: /应有 7216 字节，实际只有 500 字节/,
  },
  'is raw, and cut': {
    file: raw => raw.subarray(0, 500),
    name: 'TruncatedError',
    en: /expected 7216 bytes, but there are only 500/,
    zh: /实际只有 500 字节/,
  },
  'is neither gzip nor IDX': {
    file: () => 'PK\u0003\u0004',
    name: 'NotIdxError',
    en: /bytes that start with 504b0304/,
    zh: /504b0304/,
  },
  'is empty': { file: () => '', name: 'TruncatedError', en: /there are only 0/, zh: /只有 0 字节/ },
  'has another shape': {
    file: () => gzipSync(idx(8, [200, 6, 5], bytes(6000, 1))),
    name: 'WrongShapeError',
    en: /expected uint8 \[200, 6, 6\], but found uint8 \[200, 6, 5\]/,
    zh: /应为 uint8 \[200, 6, 6\]/,
  },
  'is a gzip bomb': {
    file: () =>
      gzipSync(Buffer.concat([idx(8, [200, 6, 6], bytes(7200, 1)), Buffer.alloc(1 << 26)])),
    name: 'WrongShapeError',
    en: /at most 7216 bytes when unpacked/,
    zh: /解压后至多 7216 字节/,
  },
  'is larger than it can be': {
    file: () => Buffer.alloc(200_000),
    name: 'DownloadError',
    en: /sent more than 72752 bytes/,
    zh: /数据超过了/,
  },
  'is broken off': {
    file: half(response => response.destroy()),
    name: 'DownloadError',
    en: /the connection broke after \d+ bytes: is there a network\?/,
    zh: /字节后连接中断：网络是否连通/,
  },
  'stops coming': {
    file: half(() => {}),
    name: 'DownloadError',
    en: /sent nothing in 0\.5 s, after \d+ bytes/,
    zh: /0\.5 秒内没有新数据/,
  },
  'never begins to come': {
    file: () => () => {},
    name: 'DownloadError',
    en: /sent nothing in 0\.5 s, after 0 bytes/,
    zh: /收到 0 字节后/,
  },
  'is redirected for ever': {
    file: () => response => response.writeHead(302, { location: '/fault/elsewhere' }).end(),
    name: 'FileNotFoundError',
    en: /nothing there/,
    zh: /不存在/,
  },
};
