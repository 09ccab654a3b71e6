import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import type { Says } from './strikes';
import { rawOf, sha256, smallSet } from './support';

const [first] = fileNames;
const raw = rawOf(smallSet(), first);
const good = gzipSync(raw);
const wrong = rawOf(smallSet(2), first);
/** Packed beforehand: it takes longer than a mirror may be silent. */
const bomb = gzipSync(Buffer.alloc(32 << 20));
/** The most that may come of the first file, in bytes. */
const most = raw.length + (1 << 16);

/** What a mirror does wrong when it is asked for the first file, and what is to be said of it. */
export interface BadMirror {
  answer: RequestListener;
  says: Says;
  /** Milliseconds that the loader waits for it; left out where no waiting is expected. */
  stallTimeout?: number;
}

const status = (code: number, words: string): BadMirror => ({
  answer: (_, response) => response.writeHead(code).end('no'),
  says: { en: `answered ${code} ${words}`, zh: `返回 ${code} ${words}` },
});

const tooMuch = {
  en: `sent more than ${most} bytes, the most that the file can have`,
  zh: `数据超过了文件可能的大小 ${most} 字节`,
};

export const errorPages = [status(404, 'Not Found'), status(500, 'Internal Server Error')];

const quiet: BadMirror[] = [
  {
    answer: () => {},
    says: { en: 'sent nothing in 1 s, after 0 bytes', zh: '收到 0 字节后，1 秒内没有新数据' },
  },
  {
    answer: (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 250));
    },
    says: {
      en: /sent (nothing|only \d+ bytes) in 1 s, after \d+ bytes/,
      zh: /收到 \d+ 字节后，1 秒内(没有新数据|只收到 \d+ 字节)/,
    },
  },
  {
    // Never silent, yet so slow that a lesson would be over before the file was there.
    answer: (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      let sent = 0;
      const drip = setInterval(() => response.write(good.subarray(sent, ++sent)), 20);
      response.on('close', () => clearInterval(drip));
    },
    says: {
      en: /sent (nothing|only \d+ bytes) in 1 s, after 0 bytes/,
      zh: /收到 0 字节后，1 秒内(没有新数据|只收到 \d+ 字节)/,
    },
  },
];
/** Their time is long, since a good mirror behind them has no more; so only the first file waits. */
export const silent = quiet.map(
  ({ answer, says }): BadMirror => ({
    answer: (request, response) =>
      request.url === `/${first}.gz`
        ? answer(request, response)
        : response.writeHead(404).end('not here'),
    says,
    stallTimeout: 1000,
  }),
);

export const brokenOff = (part: number): BadMirror => {
  const sent = 1 + Math.floor(part * (good.length - 1));
  return {
    answer: (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, sent), () => setTimeout(() => response.destroy(), 20));
    },
    says: { en: `the connection broke after ${sent} bytes: `, zh: `收到 ${sent} 字节后连接中断：` },
  };
};

export const endsEarly = (part: number): BadMirror => {
  const sent = 2 + Math.floor(part * (good.length - 2));
  return {
    answer: (_, response) => response.end(good.subarray(0, sent)),
    says: {
      en: `expected a whole gzip file, but it ends early, after ${sent} bytes`,
      zh: `应为完整的 gzip 文件，但在 ${sent} 字节处提前结束`,
    },
  };
};

export const otherContent: BadMirror[] = [
  {
    answer: (_, response) => response.writeHead(200).end('<!DOCTYPE html><p>Log in first</p>'),
    says: { en: /expected an IDX file .* but found a web page/, zh: /应为 IDX 文件.+实际是网页/ },
  },
  {
    answer: (_, response) => response.end(gzipSync(wrong)),
    says: {
      en: `expected sha256 ${sha256(raw)}, but the content has ${sha256(wrong)}`,
      zh: `sha256 应为 ${sha256(raw)}，实际为 ${sha256(wrong)}`,
    },
  },
  {
    answer: (_, response) => response.writeHead(200).end(),
    says: {
      en: `expected ${raw.length} bytes, but there are only 0`,
      zh: `应有 ${raw.length} 字节，实际只有 0 字节`,
    },
  },
];

export const redirecting: BadMirror[] = [
  {
    answer: (request, response) =>
      response.writeHead(302, { location: `${request.url}x`.slice(0, 60) }).end(),
    says: { en: 'redirected more than 5 times', zh: '重定向超过 5 次' },
  },
  {
    answer: (_, response) => response.writeHead(302, { location: 'http://' }).end(),
    says: { en: /no connection: .+/, zh: /无法连接：.+/ },
  },
];

export const endless: BadMirror[] = [
  {
    answer: (_, response) => response.writeHead(200, { 'content-length': 1e9 }).write('x'),
    says: tooMuch,
  },
  {
    answer: (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 14)));
      };
      response.on('drain', more);
      more();
    },
    says: tooMuch,
  },
  {
    answer: (_, response) => response.end(bomb),
    says: {
      en: /expected an IDX file|at most \d+ bytes when unpacked/,
      zh: /应为 IDX 文件|解压后至多 \d+ 字节/,
    },
  },
];
