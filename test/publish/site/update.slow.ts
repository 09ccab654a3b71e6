import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, sha256 } from '../../../lib/command/machine/files';
import { failuresOf } from '../../notebooks/notebook-page';
import { copyOfSite, SitePage, serveSite } from './support';

const GLOSSARY = 'files/GLOSSARY.en.md';
/** A file that the new build has no more. */
const GONE = 'build/third-party-licenses.json';
const digestOf = (file: string): string => sha256(readFileSync(file));

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

    // The open page keeps its version; its worker stays until the page closes.
    deepEqual(failuresOf(await first.runAll()), []);
    await first.page.reload();
    await first.kept();
    await first.page.close();

    const next = await SitePage.in(first.page.context(), first.site);
    await next.open('en');
    await next.kept();
    for (const [path, digest] of await digestsOf(next)) {
      equal(digest, digestOf(join(renewed, path)), path);
    }
    // The new build holds the data no more: they can only come from the cache.
    deepEqual(failuresOf(await next.runAll()), []);
    ok((await next.content('GLOSSARY.en.md')).includes('RENEWED'));
  });
});

/** The cached files of a page except the data: paths below the site, and digests. */
function digestsOf({ page }: SitePage): Promise<[string, string][]> {
  return page.evaluate(async () => {
    const versions: [string, string][] = [];
    const [name = ''] = await caches.keys();
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const path = decodeURIComponent(new URL(url).pathname.slice(1));
      if (path.includes('/data/')) continue;
      const body = await (await cache.match(url))?.arrayBuffer();
      const digest = await crypto.subtle.digest('SHA-256', body ?? new ArrayBuffer(0));
      const hex = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'));
      versions.push([path, hex.join('')]);
    }
    return versions;
  });
}

/** Makes of a copy of the site a later build: another glossary, a file less, and the data left out. */
function renew(site: string): void {
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(site, file), change(readFileSync(join(site, file), 'utf8')));
  const old = digestOf(join(site, GLOSSARY));
  edit(GLOSSARY, text => `RENEWED\n\n${text}`);
  rmSync(join(site, GONE));
  edit('api/offline.json', text => text.replace(GONE, 'index.html'));
  edit('service-worker.js', text =>
    text.replace(old, digestOf(join(site, GLOSSARY))).replace(GONE, 'gone'),
  );
  for (const file of filesBelow(site)) if (/\/data\/.*\.gz$/.test(file)) rmSync(join(site, file));
}
