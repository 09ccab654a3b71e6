import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DownloadError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { tables } from '../../lib/mnist-data-loader/language';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { fetchBytes } from '../../lib/mnist-data-loader/mirror';
import { seed } from '../seed';
import { survive } from '../survive';
import * as bad from './bad-mirrors';
import { assertSays, assertWhole, failureOf, inEachLanguage } from './places';
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

/** The bad mirror before a good one: said in the progress, passed over; all four files are kept. */
async function passesOver(url: string, { says, stallTimeout }: Kind): Promise<void> {
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
async function explains(mirrors: string[], { says, stallTimeout }: Kind): Promise<void> {
  const dataDir = join(temporaryFolder(), 'data');
  const options = { dataDir, warn: assert.fail, progress: false };
  const error = await failureOf({ ...options, stallTimeout, mirrors });
  assert.ok(error instanceof DownloadError, `${error}`);
  assert.deepEqual(
    [error.file, error.attempts.map(({ url }) => url)],
    [fileNames[0], mirrors.map(url => `${url}${fileNames[0]}.gz`)],
  );
  for (const language of ['en', 'zh'] as const) {
    const message = error.messageIn(language);
    for (const { reason } of error.attempts) {
      assertSays(reason[language], says, tables[language]);
      assert.ok(!reason[language].includes('http'), reason[language]);
      assert.ok(message.includes(reason[language]));
    }
    assertSays(message, ({ node }) => node.download(dataDir), tables[language]);
  }
  assert.throws(() => readdirSync(dataDir), { code: 'ENOENT' });

  const server = await mirror(serving(set.raw));
  await assertWhole(await loadDataset(set.dataset, { ...options, mirrors: [server.url] }));
}

/** Each of the bad mirrors, once before a good one and once as all that there is. */
function trials(mirrors: readonly bad.BadMirror[]) {
  const trial = (index: number) =>
    inEachLanguage(async () => {
      const kind = itemAt(mirrors, index >> 1);
      const { url, asked } = await mirror(kind.answer);
      if (index % 2) await passesOver(url, kind);
      else await explains([url, (await mirror(kind.answer)).url], kind);
      // For each file once, and again after each of five redirects.
      assert.ok(asked.length <= 6 * (index % 2 ? 4 : 1));
    });
  return [2 * mirrors.length, trial] as const;
}

describe('a bad mirror', () => {
  afterEach(async () => {
    await closeMirrors();
    removeFolders();
  });

  it('down', () =>
    survive('data', 'a mirror down', 2, index =>
      inEachLanguage(async () => {
        const gone = await mirror(serving(set.raw));
        await gone.close();
        const says: Kind['says'] = ({ mirror, withCode, system }) =>
          mirror.noConnection(withCode(system.ECONNREFUSED, 'ECONNREFUSED'));
        if (index) await passesOver(gone.url, { says });
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
    explains(['ftp://127.0.0.1/'], { says: ({ mirror }) => mirror.noConnection('') }));

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
