import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { DownloadError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { fetchFile } from '../../lib/mnist-data-loader/download';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { en } from '../../lib/mnist-data-loader/messages/en';
import { zh } from '../../lib/mnist-data-loader/messages/zh';
import { temporaryFolder } from '../folder';
import { closeServers, serve } from '../lab/setup/servers';
import { seed } from '../seed';
import { survive } from '../survive';
import { assertSays, assertWhole, failureOf, loadWhole } from './places';
import { closeMirrors, mirror, randomParts, rawOf, serving, smallSet } from './support';

const set = smallSet();
const [first] = fileNames;
const raw = rawOf(set, first);
const good = gzipSync(raw);
const promised = { 'content-length': good.length };

/** The response of a mirror for the first file, the message, and the loader's timeout in milliseconds. */
type BadMirror = readonly [
  answer: (response: ServerResponse, request: IncomingMessage) => unknown,
  says: RegExp,
  stallTimeout?: number,
];

/** Answers for the first file only: a good second mirror has the same timeout. */
const stalling = (answer: (response: ServerResponse) => unknown): BadMirror => [
  (response, request) =>
    request.url === `/${first}.gz` ? answer(response) : response.writeHead(404).end('not here'),
  // The number of bytes before the stall depends on the machine.
  /^sent (nothing|only \d+ bytes) in 1 s, after \d+ bytes$/,
  1000,
];

const breakingOff = randomParts(5).map((part): BadMirror => {
  const sent = 1 + Math.floor(part * (good.length - 1));
  return [
    response => {
      response.writeHead(200, promised);
      response.write(good.subarray(0, sent), () => setTimeout(() => response.destroy(), 20));
    },
    RegExp(`^the connection broke after ${sent} bytes: `),
  ];
});

const endingEarly = randomParts(5).map((part): BadMirror => {
  const sent = 2 + Math.floor(part * (good.length - 2));
  return [
    response => response.end(good.subarray(0, sent)),
    RegExp(`^expected a whole gzip file, but it ends early, after ${sent} bytes`),
  ];
});

/** Compressed beforehand, since that takes longer than a mirror may be silent. */
const bomb = gzipSync(Buffer.alloc(32 << 20));
const tooMuch = RegExp(`^sent more than ${raw.length + (1 << 16)} bytes`);

/** Rows of `test/README.md`. */
const FAULTS: Record<string, readonly BadMirror[]> = {
  'a mirror that answers 404 or 500': [
    [response => response.writeHead(404).end('no'), /^answered 404 Not Found$/],
    [response => response.writeHead(500).end('no'), /^answered 500 Internal Server Error$/],
  ],
  'a mirror silent, stalled or slow to a trickle': [
    stalling(() => {}),
    stalling(response => response.writeHead(200, promised).write(good.subarray(0, 250))),
    // Never silent, yet too slow for a lesson.
    stalling(response => {
      response.writeHead(200, promised);
      let sent = 0;
      const drip = setInterval(() => response.write(good.subarray(sent, ++sent)), 20);
      response.on('close', () => clearInterval(drip));
    }),
  ],
  'a mirror that breaks off in mid-file': [...breakingOff, ...endingEarly],
  'a mirror that answers HTML, nothing or the wrong file': [
    [
      response => response.end('<!DOCTYPE html><p>Log in first</p>'),
      /^expected an IDX file .*, but found a web page/,
    ],
    [
      response => response.end(gzipSync(rawOf(smallSet(2), first))),
      /^expected sha256 \w{64}, but the content has \w{64}/,
    ],
    [response => response.end(), /^expected \d+ bytes, but there are only 0/],
  ],
  'a mirror that redirects forever or to nowhere': [
    [
      (response, { url }) => response.writeHead(302, { location: `${url}x`.slice(0, 60) }).end(),
      /^redirected more than 20 times$/,
    ],
    [response => response.writeHead(302, { location: 'http://' }).end(), /^no connection: /],
  ],
  'a mirror that never stops sending, or a gzip bomb': [
    [response => response.writeHead(200, { 'content-length': 1e9 }).write('x'), tooMuch],
    [
      response => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1 << 14)));
        };
        response.on('drain', more);
        more();
      },
      tooMuch,
    ],
    [response => response.end(bomb), /at most \d+ bytes when unpacked|^expected an IDX file/],
  ],
};

/** A bad mirror before a good mirror: the progress shows the fault, and all four files are stored. */
async function passesOver(url: string, says: RegExp, stallTimeout = Infinity): Promise<void> {
  const dataDir = join(temporaryFolder(), 'data');
  let progressText = '';
  const progress = { write: (text: string) => (progressText += text) };
  const server = await mirror(serving(set.raw));
  const options = { dataDir, stallTimeout, progress, warn: assert.fail };
  await assertWhole(await loadDataset(set.dataset, { ...options, mirrors: [url, server.url] }));
  assert.equal(server.requests.length, 4);
  assert.match(progressText, RegExp(says.source.replaceAll(/\^|\$$/g, '')));
  assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
}

/** Bad mirrors only: the error says the fault of each, no file is kept, and the next load succeeds. */
async function explains(mirrors: string[], says: RegExp, stallTimeout?: number): Promise<void> {
  const dataDir = join(temporaryFolder(), 'data');
  const options = { dataDir, warn: assert.fail, progress: false };
  const error = await failureOf({ ...options, stallTimeout, mirrors });
  assert.ok(error instanceof DownloadError, `${error}`);
  assert.deepEqual(
    [error.file, error.attempts.map(({ url }) => url)],
    [first, mirrors.map(url => `${url}${first}.gz`)],
  );
  for (const { reason } of error.attempts) {
    assert.match(reason.en, says);
    assertSays(error.messageIn('en'), reason.en, en.node.download(dataDir));
    assertSays(error.messageIn('zh'), reason.zh, zh.node.download(dataDir));
  }
  assert.throws(() => readdirSync(dataDir), { code: 'ENOENT' });

  assert.deepEqual((await loadWhole(dataDir)).warnings, []);
}

describe('a bad mirror', () => {
  afterEach(closeMirrors);

  it('down', () =>
    survive('data', 'a mirror down', 2, async index => {
      const gone = await mirror(serving(set.raw));
      await gone.close();
      const says = /^no connection: refused \(ECONNREFUSED\)$/;
      await (index ? passesOver(gone.url, says) : explains([gone.url], says));
    }));

  for (const [fault, mirrors] of Object.entries(FAULTS)) {
    it(`${fault}, seed ${seed}`, () =>
      survive('data', fault, 2 * mirrors.length, async index => {
        const [answer, ...expected] = itemAt(mirrors, index >> 1);
        const start = () => mirror((request, response) => void answer(response, request));
        const { url, requests } = await start();
        if (index % 2) await passesOver(url, ...expected);
        else await explains([url, (await start()).url], ...expected);
        // Once for each file, and again after each of twenty redirects.
        assert.ok(requests.length <= 21 * (index % 2 ? 4 : 1));
      }));
  }

  it('of another kind', () => explains(['ftp://127.0.0.1/'], /^no connection: /));

  it('with a certificate that has expired', async () => {
    const host = await serve({ certificate: 'expired' }, temporaryFolder());
    await explains([`https://${host}/`], /^no connection: .*clock.*\(CERT_HAS_EXPIRED\)$/);
    closeServers();
  });

  it('slow but steady is waited for', async () => {
    const { url } = await mirror(async (_, response) => {
      for (let piece = 0; piece < 8; piece++) {
        response.write(Buffer.alloc(1100));
        await wait(200);
      }
      response.end();
    });
    assert.equal((await fetchFile(itemAt(set.dataset.files, 0), url, () => {}, 1000)).length, 8800);
  });
});
