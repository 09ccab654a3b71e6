/** What a web site may give for a file, and what the loader makes of it. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import type { Messages } from '../../lib/mnist-data-loader/messages/en';
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

/** Makes one bit of the content, behind the header, another. */
export function flipped(raw: Buffer): Buffer {
  const content = Buffer.from(raw);
  content.writeUInt8(content.readUInt8(100) ^ 1, 100);
  return content;
}

/** What comes for the file, the error, and words of the table that it must say. */
type Fault = readonly [
  file: (raw: Buffer) => Answer | undefined,
  name: string,
  ...says: ((table: Messages) => string)[],
];

const nothing = (table: Messages) => table.found.nothing;
/** The end of a problem that begins with the file's address. */
const problem =
  (pick: (problems: Messages['problem']) => string) =>
  ({ problem }: Messages) =>
    pick(problem);

const longest = (parts: string[]) => parts.sort((a, b) => b.length - a.length)[0] ?? '';

/** By what is wrong with the first file of the small set. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'is not there': [() => undefined, 'FileNotFoundError', nothing, m => m.browser.notFound.nothing],
  'is gone for good': [() => status(410), 'FileNotFoundError', nothing],
  'is kept back': [
    () => status(403),
    'FileNotFoundError',
    m => m.place('', m.found.unreadable, m.mirror.answered('403 Forbidden')),
    m => m.browser.notFound.unreadable,
  ],
  'is a web page': [() => PAGE, 'FileNotFoundError', m => m.found.page],
  'is a web page with a byte order mark': [
    () => `\ufeff\n${PAGE}`,
    'FileNotFoundError',
    m => m.found.page,
  ],
  'meets a fault of the server': [
    () => status(500),
    'DownloadError',
    m => m.mirror.answered('500 Internal Server Error'),
    m => m.browser.download(''),
  ],
  'has a bit flipped': [
    raw => gzipSync(flipped(raw)),
    'ChecksumError',
    problem(({ checksum }) => checksum('', '', '').slice(0, 10)),
    m => m.browser.damaged,
  ],
  'has a bit flipped after it was packed': [
    raw => flipped(gzipSync(raw)),
    'NotIdxError',
    m => m.content.damagedGzip('').slice(0, -1),
  ],
  'is cut': [
    raw => gzipSync(raw).subarray(0, 500),
    'TruncatedError',
    problem(({ truncatedGzip }) => truncatedGzip('', 500)),
  ],
  'is cut within its header': [
    raw => gzipSync(raw).subarray(0, 5),
    'TruncatedError',
    problem(({ truncatedGzip }) => truncatedGzip('', 5)),
  ],
  'was cut before it was packed': [
    raw => gzipSync(raw.subarray(0, 500)),
    'TruncatedError',
    problem(({ truncated }) => truncated('', 7216, 500)),
  ],
  'is raw, and cut': [
    raw => raw.subarray(0, 500),
    'TruncatedError',
    problem(({ truncated }) => truncated('', 7216, 500)),
    m => m.browser.truncated,
  ],
  'is neither gzip nor IDX': [
    () => 'PK\u0003\u0004',
    'NotIdxError',
    m => m.content.bytes('504b0304'),
    m => m.browser.notIdx,
  ],
  'is empty': [() => '', 'TruncatedError', problem(({ truncated }) => truncated('', 7216, 0))],
  'has another shape': [
    () => gzipSync(idx(8, [200, 6, 5], bytes(6000, 1))),
    'WrongShapeError',
    problem(m => m.wrongShape('', 'uint8 [200, 6, 6]', 'uint8 [200, 6, 5]')),
  ],
  'is a gzip bomb': [
    () => gzipSync(Buffer.concat([idx(8, [200, 6, 6], bytes(7200, 1)), Buffer.alloc(1 << 26)])),
    'WrongShapeError',
    m => m.content.atMost(7216),
  ],
  'is larger than it can be': [
    () => Buffer.alloc(200_000),
    'DownloadError',
    m => m.mirror.tooMuch(72752),
  ],
  'is broken off': [half(response => response.destroy()), 'DownloadError', m => m.noNetwork],
  'stops coming': [
    half(() => {}),
    'DownloadError',
    m => longest(m.mirror.stalled(7, 0, 0.5).split('7')),
  ],
  'never begins to come': [() => () => {}, 'DownloadError', m => m.mirror.stalled(0, 0, 0.5)],
  'is redirected for ever': [
    () => response => response.writeHead(302, { location: '/fault/elsewhere' }).end(),
    'FileNotFoundError',
    nothing,
  ],
};
