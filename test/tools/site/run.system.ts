import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Language } from '../../../lib/digits/language';
import { FIRST_VISIT } from '../../../lib/tools/site/steps/index-page';
import { builtSite, failuresOf, SitePage, siteBelow, siteForEach } from './support';

const CELLS = 37;
const PLACE = 'school/课程/digits';

describe('the lesson on the site', function () {
  this.timeout(600_000);
  this.retries(1);
  const site = siteForEach();

  it('opens and runs without a network after one visit, in both apps and languages, below any address', async () => {
    const { server } = site;
    await server.stop();
    await server.start(await siteBelow(PLACE));
    const address = `${server.address}${encodeURI(PLACE)}/`;
    const first = new SitePage((await site.open()).page, address);
    await first.open('en');
    await first.kept();
    const megabytes = (await fetched(first, await builtSite())) / 1e6;
    ok(megabytes <= FIRST_VISIT, `${megabytes} MB`);
    await first.page.close();
    await server.stop();

    const visit = async (language: Language, options = {}) => {
      const lesson = await SitePage.in(first.page.context(), address);
      await lesson.open(language, options);
      return lesson;
    };
    const whole = await visit('zh', { place: '#cell-id=stage-8' });
    const cells = await whole.runAll();
    deepEqual(failuresOf(cells), []);
    equal(cells.filter(({ count }) => count).length, CELLS);
    await whole.page.close();
    for (const language of ['en', 'zh'] as const) {
      const again = await visit(language, { app: 'notebooks' });
      const first = await again.runAbove('stage-4');
      deepEqual(failuresOf(first), []);
      ok(JSON.stringify(first).includes('60000, 28, 28'));
      await again.page.close();
    }
  });

  it('opens at the stage that the address names, with the outline, and the glossary to read', async () => {
    const lesson = await site.open();
    const { page } = lesson;
    await lesson.open('en', { place: '#cell-id=stage-8' });
    const heading = page.locator('.jp-Notebook h2', { hasText: '8 Fit' });
    await heading.waitFor();
    await page.locator('.jp-TableOfContents-content').getByText('8 Fit').waitFor();
    const top = (await heading.boundingBox())?.y ?? 0;
    ok(top > 0 && top < 400, String(top));

    const link = page.locator('.jp-Notebook').getByRole('link', { name: 'glossary' });
    await link.first().click();
    const glossary = page.locator('.jp-MarkdownViewer');
    await glossary.locator('td', { hasText: 'tensor' }).first().waitFor();
    equal(await glossary.getByText('Not 不用').count(), 0);
  });

  it('shows the lesson’s page with its figures, and in its style', async () => {
    const { page } = await site.open();
    await page.goto(`${site.server.address}pages/lesson.zh.html`);
    await page.locator('.js-plotly-plot .main-svg').first().waitFor();
    const styles = page.locator('link[rel=stylesheet]');
    const loaded = await styles.evaluateAll((links: HTMLLinkElement[]) =>
      links.map(({ sheet }) => (sheet?.cssRules.length ?? 0) > 0),
    );
    deepEqual([...new Set(loaded)], [true]);
  });
});

/** How much is downloaded for what a page keeps, in bytes, where the server packs what it can. */
async function fetched(lesson: SitePage, site: string): Promise<number> {
  const paths = await lesson.page.evaluate(async root => {
    const paths: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys())
        paths.push(decodeURI(url.slice(root.length).replace(/\?.*/, '')));
    }
    return [...new Set(paths)];
  }, lesson.site);
  const sizes = [...paths, 'service-worker.js'].map(path => {
    const file = join(site, path);
    if (!existsSync(file)) throw new Error(`${path} is not in the site`);
    const content = readFileSync(file);
    return path.endsWith('.gz') ? content.length : gzipSync(content).length;
  });
  return sizes.reduce((sum, size) => sum + size);
}
