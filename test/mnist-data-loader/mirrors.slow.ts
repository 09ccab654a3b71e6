import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DownloadError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { fetchBytes } from '../../lib/mnist-data-loader/mirror';
import type { LoadOptions } from '../../lib/mnist-data-loader/options';
import { seed } from '../seed';
import { survive } from '../survive';
import * as bad from './bad-mirrors';
import { assertSays, assertWhole, inEachLanguage } from './places';
import {
  closeMirrors,
  mirror,
  randomParts,
  removeFolders,
  serving,
  smallSet,
  temporaryFolder,
} from './support';

const set = smallSet();
type Kind = Omit<bad.BadMirror, 'answer'>;
const first = `${fileNames[0]}.gz`;

/** Loads into an empty data folder; what is drawn of progress is kept. */
function learner(stallTimeout?: number, dataDir = join(temporaryFolder(), 'data')) {
  const drawn: string[] = [];
  const options: LoadOptions = {
    dataDir,
    stallTimeout,
    warn: assert.fail,
    progress: { write: (text: string) => drawn.push(text) },
  };
  const load = (...mirrors: string[]) => loadDataset(set.dataset, { ...options, mirrors });
  return { dataDir, drawn, load };
}

/** The bad mirror before a good one: said in the progress, passed over; all four files are kept. */
async function passesOver(
  url: string,
  { says, stallTimeout }: Kind,
  language: 'en' | 'zh',
): Promise<void> {
  const { dataDir, drawn, load } = learner(stallTimeout);
  const server = await mirror(serving(set.raw));
  await assertWhole(await load(url, server.url));
  assert.equal(server.asked.length, 4);
  assertSays(drawn.join(''), says[language]);
  assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
}

/** Bad mirrors only: the error says what each answered; nothing is kept; the next run succeeds. */
async function explains(urls: string[], { says, stallTimeout }: Kind): Promise<void> {
  const { dataDir, load } = learner(stallTimeout);
  const error = await load(...urls).then(
    () => assert.fail('loaded'),
    (error: unknown) => error,
  );
  assert.ok(error instanceof DownloadError, `${error}`);
  assert.equal(error.file, fileNames[0]);
  assert.deepEqual(
    error.attempts.map(({ url }) => url),
    urls.map(url => url + first),
  );
  for (const language of ['en', 'zh'] as const) {
    const message = error.messageIn(language);
    for (const { reason } of error.attempts) {
      assertSays(reason[language], says[language]);
      assert.ok(!reason[language].includes('http'), reason[language]);
      assert.ok(message.includes(reason[language]));
    }
    assertSays(
      message,
      { en: 'Check the network and run again', zh: '请检查网络后重试' }[language],
    );
    assert.ok(message.includes(dataDir));
  }
  assert.throws(() => readdirSync(dataDir), { code: 'ENOENT' });

  const server = await mirror(serving(set.raw));
  await assertWhole(await learner(undefined, dataDir).load(server.url));
}

/** Each of the bad mirrors, once before a good one and once as all that there is. */
function trials(mirrors: readonly bad.BadMirror[]) {
  const trial = (index: number) =>
    inEachLanguage(async language => {
      const kind = itemAt(mirrors, index >> 1);
      const { url, asked } = await mirror(kind.answer);
      if (index % 2) await passesOver(url, kind, language);
      else await explains([url, (await mirror(kind.answer)).url], kind);
      // For each file once, and again after each of five redirects.
      assert.ok(asked.length <= 6 * (index % 2 ? 4 : 1));
    });
  return [2 * mirrors.length, trial] as const;
}

describe('a bad mirror', function () {
  this.timeout(180_000);
  afterEach(async () => {
    await closeMirrors();
    removeFolders();
  });

  it('down', () =>
    survive('data', 'a mirror down', 2, index =>
      inEachLanguage(async language => {
        const gone = await mirror(serving(set.raw));
        await gone.close();
        const says = {
          en: 'no connection: refused (ECONNREFUSED)',
          zh: '无法连接：连接被拒绝（ECONNREFUSED）',
        };
        if (index) await passesOver(gone.url, { says }, language);
        else await explains([gone.url], { says });
      }),
    ));

  it('answering errors', () =>
    survive('data', 'a mirror that answers 404 or 500', ...trials(bad.errorPages)));

  it('silent or slow', () =>
    survive('data', 'a mirror silent, stalled or slow to a trickle', ...trials(bad.silent)));

  it(`breaking off, seed ${seed}`, () =>
    survive(
      'data',
      'a mirror that breaks off in mid-file',
      ...trials([...randomParts(5).map(bad.brokenOff), ...randomParts(5).map(bad.endsEarly)]),
    ));

  it('answering something else', () =>
    survive(
      'data',
      'a mirror that answers HTML, nothing or the wrong file',
      ...trials(bad.otherContent),
    ));

  it('redirecting', () =>
    survive('data', 'a mirror that redirects forever or to nowhere', ...trials(bad.redirecting)));

  it('without end', () =>
    survive('data', 'a mirror that never stops sending, or a gzip bomb', ...trials(bad.endless)));

  it('of another kind', () =>
    explains(['ftp://127.0.0.1/'], { says: { en: /no connection: .+/, zh: /无法连接：.+/ } }));

  it('slow but steady is waited for', async () => {
    const { url } = await mirror(async (_, response) => {
      for (let piece = 0; piece < 8; piece++) {
        response.write(Buffer.alloc(1100));
        await setTimeout(200);
      }
      response.end();
    });
    const limits = { maxBytes: 1e6, stallTimeout: 1000 };
    assert.equal((await fetchBytes(url, limits, () => {})).length, 8800);
  });
});
