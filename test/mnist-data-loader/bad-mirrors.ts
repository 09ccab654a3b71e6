import type { RequestListener, ServerResponse } from 'node:http';
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
  /** Milliseconds that the loader waits for it; left out if no waiting is expected. */
  stallTimeout?: number;
}

const bad = (answer: (response: ServerResponse) => unknown, says: Says): BadMirror => ({
  answer: (_, response) => void answer(response),
  says,
});

const status = (code: number, words: string) =>
  bad(
    response => response.writeHead(code).end('no'),
    ({ mirror }) => mirror.answered(`${code} ${words}`),
  );

export const errorPages = [status(404, 'Not Found'), status(500, 'Internal Server Error')];

/** How much came before it stalled depends on the machine. */
const stalled: Says = ({ mirror }) => [
  mirror.stalled(0, 0, 1),
  mirror.stalled(0, 7, 1).split('7')[0] ?? '',
];

const promised = { 'content-length': good.length };
const quiet: BadMirror[] = [
  bad(
    () => {},
    ({ mirror }) => mirror.stalled(0, 0, 1),
  ),
  bad(
    response => response.writeHead(200, promised).write(good.subarray(0, 250)),
    ({ mirror }) => [mirror.stalled(250, 0, 1), mirror.stalled(0, 250, 1)],
  ),
  // Never silent, yet so slow that a lesson would be over before the file was there.
  bad(response => {
    response.writeHead(200, promised);
    let sent = 0;
    const drip = setInterval(() => response.write(good.subarray(sent, ++sent)), 20);
    response.on('close', () => clearInterval(drip));
  }, stalled),
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
  return bad(
    response => {
      response.writeHead(200, promised);
      response.write(good.subarray(0, sent), () => setTimeout(() => response.destroy(), 20));
    },
    ({ mirror }) => mirror.broke(sent, ''),
  );
};

export const endsEarly = (part: number): BadMirror => {
  const sent = 2 + Math.floor(part * (good.length - 2));
  return bad(
    response => response.end(good.subarray(0, sent)),
    ({ problem }) => withoutFile(problem.truncatedGzip('', sent)),
  );
};

/** A problem stands behind the mirror's address, which is not repeated. */
const withoutFile = (problem: string) => problem.replace(/^(: |：)/, '');

export const otherContent = [
  bad(
    response => response.writeHead(200).end('<!DOCTYPE html><p>Log in first</p>'),
    ({ problem, content }) => withoutFile(problem.notIdx('', content.page)),
  ),
  bad(
    response => response.end(gzipSync(wrong)),
    ({ problem }) => withoutFile(problem.checksum('', sha256(raw), sha256(wrong))),
  ),
  bad(
    response => response.writeHead(200).end(),
    ({ problem }) => withoutFile(problem.truncated('', raw.length, 0)),
  ),
];

export const redirecting: BadMirror[] = [
  {
    answer: (request, response) =>
      response.writeHead(302, { location: `${request.url}x`.slice(0, 60) }).end(),
    says: ({ mirror }) => mirror.redirected(5),
  },
  bad(
    response => response.writeHead(302, { location: 'http://' }).end(),
    ({ mirror }) => mirror.noConnection(''),
  ),
];

const tooMuch: Says = ({ mirror }) => mirror.tooMuch(most);

export const endless = [
  bad(response => response.writeHead(200, { 'content-length': 1e9 }).write('x'), tooMuch),
  bad(response => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1 << 14)));
    };
    response.on('drain', more);
    more();
  }, tooMuch),
  bad(
    response => response.end(bomb),
    ({ problem, content }) => [
      content.atMost(raw.length),
      withoutFile(problem.notIdx('', '\n')).slice(0, 10),
    ],
  ),
];
