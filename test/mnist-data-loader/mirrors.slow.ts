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
import { tables } from '../../lib/mnist-data-loader/language';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { temporaryFolder } from '../folder';
import { seed } from '../seed';
import { survive } from '../survive';
import { closeServers, serve } from '../tools/setup/servers';
import { assertErrorSays, assertSays, assertWhole, failureOf, loadWhole } from './places';
import type { Says } from './strikes';
import { closeMirrors, mirror, randomParts, rawOf, serving, sha256, smallSet } from './support';

const set = smallSet();
const [first] = fileNames;
const raw = rawOf(set, first);
const good = gzipSync(raw);
const promised = { 'content-length': good.length };

/**
 * What a mirror answers for the first file, what is to be said of it, and how many milliseconds the loader
 * waits for it, if any waiting is expected.
 */
type BadMirror = readonly [
  answer: (response: ServerResponse, request: IncomingMessage) => unknown,
  says: Says,
  stallTimeout?: number,
];

/** A problem stands behind the mirror's address, which is not repeated. */
const withoutFile = (problem: string) => problem.replace(/^(: |：)/, '');

const errorPages = (['404 Not Found', '500 Internal Server Error'] as const).map(
  (status): BadMirror => [
    response => response.writeHead(Number.parseInt(status, 10)).end('no'),
    ({ mirror }) => mirror.answered(status),
  ],
);

const silent = (
  [
    [() => {}, ({ mirror }) => mirror.stalled(0, 0, 1)],
    [
      response => response.writeHead(200, promised).write(good.subarray(0, 250)),
      ({ mirror }) => [mirror.stalled(250, 0, 1), mirror.stalled(0, 250, 1)],
    ],
    // Never silent, yet so slow that a lesson would be over before the file was there.
    [
      response => {
        response.writeHead(200, promised);
        let sent = 0;
        const drip = setInterval(() => response.write(good.subarray(sent, ++sent)), 20);
        response.on('close', () => clearInterval(drip));
      },
      // How much came before it stalled depends on the machine.
      ({ mirror }) => [mirror.stalled(0, 0, 1), mirror.stalled(0, 7, 1).split('7')[0] ?? ''],
    ],
  ] satisfies BadMirror[]
).map(
  // Their time is long, since a good mirror behind them has no more; so only the first file waits.
  ([answer, says]): BadMirror => [
    (response, request) =>
      request.url === `/${first}.gz` ? answer(response) : response.writeHead(404).end('not here'),
    says,
    1000,
  ],
);

const brokenOff = (part: number): BadMirror => {
  const sent = 1 + Math.floor(part * (good.length - 1));
  return [
    response => {
      response.writeHead(200, promised);
      response.write(good.subarray(0, sent), () => setTimeout(() => response.destroy(), 20));
    },
    ({ mirror }) => mirror.broke(sent, ''),
  ];
};

const endsEarly = (part: number): BadMirror => {
  const sent = 2 + Math.floor(part * (good.length - 2));
  return [
    response => response.end(good.subarray(0, sent)),
    ({ problem }) => withoutFile(problem.truncatedGzip('', sent)),
  ];
};

const wrong = rawOf(smallSet(2), first);
const otherContent: BadMirror[] = [
  [
    response => response.end('<!DOCTYPE html><p>Log in first</p>'),
    ({ problem, content }) => withoutFile(problem.notIdx('', content.page)),
  ],
  [
    response => response.end(gzipSync(wrong)),
    ({ problem }) => withoutFile(problem.checksum('', sha256(raw), sha256(wrong))),
  ],
  [response => response.end(), ({ problem }) => withoutFile(problem.truncated('', raw.length, 0))],
];

const redirecting: BadMirror[] = [
  [
    (response, { url }) => response.writeHead(302, { location: `${url}x`.slice(0, 60) }).end(),
    ({ mirror }) => mirror.redirected(20),
  ],
  [
    response => response.writeHead(302, { location: 'http://' }).end(),
    ({ mirror }) => mirror.noConnection(''),
  ],
];

/** Packed beforehand: it takes longer than a mirror may be silent. */
const bomb = gzipSync(Buffer.alloc(32 << 20));
/** More than may come of the first file. */
const tooMuch: Says = ({ mirror }) => mirror.tooMuch(raw.length + (1 << 16));
const endless: BadMirror[] = [
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
  [
    response => response.end(bomb),
    ({ problem, content }) => [
      content.atMost(raw.length),
      withoutFile(problem.notIdx('', '\n')).slice(0, 10),
    ],
  ],
];

/** The bad mirror before a good one: said in the progress, passed over; all four files are kept. */
async function passesOver(url: string, says: Says, stallTimeout?: number): Promise<void> {
  const dataDir = join(temporaryFolder(), 'data');
  let drawn = '';
  const progress = { write: (text: string) => (drawn += text) };
  const server = await mirror(serving(set.raw));
  const options = { dataDir, stallTimeout, progress, warn: assert.fail };
  await assertWhole(await loadDataset(set.dataset, { ...options, mirrors: [url, server.url] }));
  assert.equal(server.asked.length, 4);
  assertSays(drawn, says);
  assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
}

/** Bad mirrors only: the error says what each answered; nothing is kept; the next run succeeds. */
async function explains(mirrors: string[], says: Says, stallTimeout?: number): Promise<void> {
  const dataDir = join(temporaryFolder(), 'data');
  const options = { dataDir, warn: assert.fail, progress: false };
  const error = await failureOf({ ...options, stallTimeout, mirrors });
  assert.ok(error instanceof DownloadError, `${error}`);
  assert.deepEqual(
    [error.file, error.attempts.map(({ url }) => url)],
    [first, mirrors.map(url => `${url}${first}.gz`)],
  );
  for (const language of ['en', 'zh'] as const) {
    const message = error.messageIn(language);
    for (const { reason } of error.attempts) {
      assertSays(reason[language], says, tables[language]);
      assert.ok(!reason[language].includes('http'), reason[language]);
      assert.ok(message.includes(reason[language]));
    }
  }
  assertErrorSays(error, ({ node }) => node.download(dataDir));
  assert.throws(() => readdirSync(dataDir), { code: 'ENOENT' });

  assert.deepEqual((await loadWhole(dataDir)).warnings, []);
}

/** Each of the bad mirrors, once before a good one and once as all that there is. */
function trials(mirrors: readonly BadMirror[]) {
  const trial = async (index: number) => {
    const [answer, ...kind] = itemAt(mirrors, index >> 1);
    const start = () => mirror((request, response) => void answer(response, request));
    const { url, asked } = await start();
    if (index % 2) await passesOver(url, ...kind);
    else await explains([url, (await start()).url], ...kind);
    // For each file once, and again after each of twenty redirects.
    assert.ok(asked.length <= 21 * (index % 2 ? 4 : 1));
  };
  return [2 * mirrors.length, trial] as const;
}

describe('a bad mirror', () => {
  afterEach(closeMirrors);

  it('down', () =>
    survive('data', 'a mirror down', 2, async index => {
      const gone = await mirror(serving(set.raw));
      await gone.close();
      const says: Says = ({ mirror, withCode, system }) =>
        mirror.noConnection(withCode(system.ECONNREFUSED, 'ECONNREFUSED'));
      await (index ? passesOver(gone.url, says) : explains([gone.url], says));
    }));

  it('answering errors', () =>
    survive('data', 'a mirror that answers 404 or 500', ...trials(errorPages)));

  it('silent or slow', () =>
    survive('data', 'a mirror silent, stalled or slow to a trickle', ...trials(silent)));

  it(`breaking off, seed ${seed}`, () => {
    const mirrors = [...randomParts(5).map(brokenOff), ...randomParts(5).map(endsEarly)];
    return survive('data', 'a mirror that breaks off in mid-file', ...trials(mirrors));
  });

  it('answering something else', () =>
    survive(
      'data',
      'a mirror that answers HTML, nothing or the wrong file',
      ...trials(otherContent),
    ));

  it('redirecting', () =>
    survive('data', 'a mirror that redirects forever or to nowhere', ...trials(redirecting)));

  it('without end', () =>
    survive('data', 'a mirror that never stops sending, or a gzip bomb', ...trials(endless)));

  it('of another kind', () =>
    explains(['ftp://127.0.0.1/'], ({ mirror }) => mirror.noConnection('')));

  it('with a certificate that has expired', async () => {
    const host = await serve({ certificate: 'expired' }, temporaryFolder());
    await explains([`https://${host}/`], ({ mirror, withCode, system }) =>
      mirror.noConnection(withCode(system.CERT_HAS_EXPIRED, 'CERT_HAS_EXPIRED')),
    );
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
