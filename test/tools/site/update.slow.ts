import { deepEqual, equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../../lib/tools/project/files';
import { failuresOf } from '../../notebooks/notebook-page';
import { copyOfSite, SitePage, serveSite } from './support';

const NEW = 'feedfacecafe';

describe('a new build of the site', function () {
  this.retries(1);
  const site = serveSite();
  let renewed: string;
  before(async () => {
    renewed = await copyOfSite();
    renew(renewed);
  });

  it('takes over what is the same in it, drops the rest, and fetches the data no second time', async () => {
    const first = await site.open();
    await first.open('en');
    await first.kept();
    await site.server.stop();
    await site.server.start(renewed);

    // The open page goes on with what it came with; its worker stays until it is closed.
    deepEqual(failuresOf(await first.runAll()), []);
    await first.page.reload();
    await first.kept();
    equal((await cachesOf(first)).length, 2);
    await first.page.close();

    const next = await SitePage.in(first.page.context(), first.site);
    await next.open('en');
    await next.page.waitForFunction(async () => (await caches.keys()).length === 1);
    await next.kept();
    const [name = ''] = await cachesOf(next);
    ok(name.endsWith(NEW), name);
    for (const [path, digest] of await digestsOf(next)) {
      equal(digest, digestOf(join(renewed, path)), path);
    }
    // The new build holds the data no more: they can only come from what was kept.
    deepEqual(failuresOf(await next.runAll()), []);
    ok((await next.content('GLOSSARY.en.md')).includes('RENEWED'));
  });
});

const digestOf = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

const cachesOf = ({ page }: SitePage): Promise<string[]> => page.evaluate(() => caches.keys());

/** What a page has kept but for the data: the paths below the site, and their digests. */
function digestsOf({ page }: SitePage): Promise<[string, string][]> {
  return page.evaluate(async () => {
    const found: [string, string][] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const path = decodeURIComponent(new URL(request.url).pathname.slice(1));
        if (path.includes('/data/')) continue;
        const body = await (await cache.match(request))?.arrayBuffer();
        const digest = await crypto.subtle.digest('SHA-256', body ?? new ArrayBuffer(0));
        const hex = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'));
        found.push([path, hex.join('')]);
      }
    }
    return found;
  });
}

/** Makes of a copy of the site a later build: another glossary, and the data left out. */
function renew(site: string): void {
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(site, file), change(readFileSync(join(site, file), 'utf8')));
  const glossary = digestOf(join(site, 'files', 'GLOSSARY.en.md'));
  edit('files/GLOSSARY.en.md', text => `RENEWED\n\n${text}`);
  const { build } = JSON.parse(readFileSync(join(site, 'api', 'offline.json'), 'utf8'));
  const list = digestOf(join(site, 'api', 'offline.json'));
  edit('api/offline.json', text => text.replace(build, NEW));
  edit('service-worker.js', text =>
    text
      .replaceAll(build, NEW)
      .replace(glossary, digestOf(join(site, 'files', 'GLOSSARY.en.md')))
      .replace(list, digestOf(join(site, 'api', 'offline.json'))),
  );
  for (const file of filesBelow(site)) if (/\/data\/.*\.gz$/.test(file)) rmSync(join(site, file));
}
