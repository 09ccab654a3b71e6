/** The lesson in the browser, with nothing installed: the same notebook on the site's own kernel. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FIRST_VISIT } from '../../lib/tools/site/steps/pages';
import { closePages, sharedBrowser } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { builtSite, SitePage, siteBelow, TestServer } from '../tools/site/support';
import { asRun, lessonOn } from './hosts';
import { failuresOf } from './notebook-page';

const PLACE = 'school/课程/digits';

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
    assert.ok(existsSync(file), `${path} is not in the site`);
    const content = readFileSync(file);
    return path.endsWith('.gz') ? content.length : gzipSync(content).length;
  });
  return sizes.reduce((sum, size) => sum + size);
}

describe('on the site, below any address', function () {
  this.timeout(600_000);
  let server: TestServer;
  let first: SitePage;
  let site: SitePage | undefined;
  before(async () => {
    server = await TestServer.start(await siteBelow(PLACE));
    const context = await (await sharedBrowser()).newContext({
      viewport: { width: 1280, height: 900 },
    });
    first = await SitePage.in(context, `${server.address}${encodeURI(PLACE)}/`);
    await first.open('en', { place: '#cell-id=stage-8' });
  });
  after(async () => {
    await closePages();
    await server.stop();
  });

  it('opens at the stage that the address names, with the outline, and the glossary to read', async () => {
    const { page } = first;
    await page.locator('.jp-mod-active h2', { hasText: '8 Fit' }).waitFor();
    await page.locator('.jp-TableOfContents-content').getByText('8 Fit').waitFor();
    const link = page.locator('.jp-Notebook').getByRole('link', { name: 'glossary' });
    await link.first().click();
    const glossary = page.locator('.jp-MarkdownViewer');
    await glossary.locator('td', { hasText: 'tensor' }).first().waitFor();
  });

  it('tells each figure in words', async () => {
    const figures = first.page.locator('.jp-RenderedPlotly');
    await figures.first().waitFor({ state: 'attached' });
    const told = await figures.evaluateAll(all => all.map(figure => figure.ariaLabel ?? ''));
    assert.deepEqual(
      told.filter(words => words.length < 20),
      [],
    );
  });

  const visit = async (language: 'zh' | 'en', options = {}) => {
    const lesson = await SitePage.in(first.page.context(), first.site);
    await lesson.open(language, options);
    return lesson;
  };

  /** Runs the lesson at a second visit, for which there is no network. */
  const run = async () => {
    await first.kept();
    await server.stop();
    await site?.page.close();
    site = await visit('en');
    return asRun('lesson', 'en', await site.runAll());
  };
  lessonOn('in Chromium, without a network after one visit', 'en', run, () => {
    const lesson = () => site as SitePage;

    it('has kept no more than the index promises, and loads nothing from elsewhere', async () => {
      const megabytes = (await fetched(first, await builtSite())) / 1e6;
      assert.ok(megabytes <= FIRST_VISIT, `${megabytes} MB`);
      assert.deepEqual([...first.elsewhere, ...lesson().elsewhere], []);
      assert.deepEqual(first.errors, []);
    });

    it('reads a drawn seven off the pad', async () => {
      // A training that reads it otherwise goes on for five epochs.
      let answer = '';
      for (let tries = 0; tries < 3 && !/\b7\b/.test(answer.split(',')[0] ?? ''); tries++) {
        if (tries > 0) {
          await lesson().runCell('await digits.fit(model');
          await lesson().runCell('digitPad(model)');
        }
        const pad = new PadOnPage(
          lesson()
            .page.locator('.jp-CodeCell', { hasText: 'digitPad(model)' })
            .locator('[data-digit-pad]'),
        );
        await pad.drawByMouse(SEVEN);
        answer = (await pad.answer.textContent()) ?? '';
      }
      assert.match(answer, /^The network says 7: /);
    });

    it('opens and loads the data in the other language and app too', async () => {
      const again = await visit('zh', { app: 'notebooks' });
      const cells = await again.runAbove('## 4 ');
      assert.deepEqual(failuresOf(cells), []);
      assert.match(JSON.stringify(cells), /60000, 28, 28/);
    });
  });
});
