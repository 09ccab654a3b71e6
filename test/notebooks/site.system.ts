/** Opening the lesson on the site; `engines.slow.ts` runs the whole lesson in three engines. */
import assert from 'node:assert/strict';
import { SitePage, serveSite, siteBelow } from '../publish/site/support';
import { failuresOf } from './notebook-page';

const PLACE = 'school/课程/digits';

describe('on the site, below any address', function () {
  this.timeout(120_000);
  this.retries(1);
  const served = serveSite({ folder: () => siteBelow(PLACE), shared: true });
  let first: SitePage;
  let isSound = false;
  beforeEach(async () => {
    if (isSound) return;
    const { page } = await served.open();
    first = new SitePage(page, `${served.server.address}${encodeURI(PLACE)}/`);
    await first.open('en', { place: '#cell-id=stage-8' });
  });
  afterEach(async function () {
    isSound = this.currentTest?.state === 'passed';
    if (isSound) return;
    await served.server.stop();
    await served.server.start();
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

  it('opens another notebook beside the one of the last visit, on a slow computer too', async () => {
    const { page, site } = first;
    const browser = await page.context().newCDPSession(page);
    await browser.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await page.goto(`${site}en/lab/index.html?path=exercises.en.ipynb`);
    const tab = page.locator('.lm-DockPanel-tabBar .lm-mod-current');
    await page.locator('#jupyterlite-loading-indicator').waitFor({ state: 'detached' });
    await browser.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    assert.equal(await tab.textContent(), 'exercises.en.ipynb');
  });

  it('keeps unasked what the lesson needs in its language, in both apps, and loads nothing from elsewhere', async () => {
    await first.kept();
    await served.server.stop();
    const lesson = await SitePage.in(first.page.context(), first.site);
    await lesson.open('en', { app: 'notebooks' });
    const cells = await lesson.runAbove('## 4 '); // which load the libraries and the data
    assert.deepEqual(failuresOf(cells), []);
    assert.match(JSON.stringify(cells), /60000, 28, 28/);
    const figures = lesson.page.locator('.jp-RenderedPlotly');
    await figures.first().waitFor({ state: 'attached' });
    const labels = await figures.evaluateAll(all => all.map(figure => figure.ariaLabel ?? ''));
    assert.deepEqual(
      labels.filter(words => words.length < 20),
      [],
    );
    // Not by waitForFunction, because a promise is truthy.
    const isThere = () =>
      lesson.page.evaluate(async () => {
        const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session ?? {};
        const answer = await kernel?.requestComplete({ code: '[0].ma', cursor_pos: 6 });
        return answer?.content.matches.includes('map');
      });
    while (!(await isThere()));
    const { text, error } = await lesson.run('[0] * 10');
    assert.match(error?.evalue ?? `no error, but ${text}`, /^The left-hand side/);
    assert.deepEqual([...first.elsewhere, ...lesson.elsewhere, ...first.errors], []);
    await lesson.page.goto(`${first.site}zh/lab/index.html?path=lesson.zh.ipynb`);
    await lesson.page.getByText('联网时打开一次').waitFor();
  });
});
