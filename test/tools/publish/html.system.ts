import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../../../lib/tools/publish/browser';
import { exportHtml } from '../../../lib/tools/publish/html';
import { readNotebook, writeNotebook } from '../../../lib/tools/publish/notebook';
import { builtFixture } from './built-fixture';
import { inkOf, livelyNotebook } from './lively';
import { openOffline } from './offline';

describe('exported page', function () {
  this.timeout(300_000);
  let browser: Browser;
  let folder: string;
  let built: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'digits-'));
    built = await builtFixture();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const open = (html: string) => openOffline(browser, html);

  it('draws its figures and formulas with the network off', async () => {
    const html = join(folder, 'small.html');
    await exportHtml(join(built, 'small.zh.ipynb'), html, 'zh');
    const { page, requests, errors } = await open(html);

    const figure = await page.locator('.js-plotly-plot .main-svg').first().boundingBox();
    assert.ok(figure && figure.width > 300 && figure.height > 200, JSON.stringify(figure));
    assert.equal(await page.locator('.js-plotly-plot .bars path').count(), 3);
    assert.equal(await page.locator('.gtitle').textContent(), '平方数的图');
    await page.locator('mjx-container svg').waitFor();
    assert.equal(
      await page.locator('.js-plotly-plot img, img').count(),
      0,
      'the still is not shown',
    );
    assert.deepEqual(requests, []);
    assert.deepEqual(errors, []);
    assert.ok(statSync(html).size < 12e6, `${statSync(html).size} bytes`);
  });

  it('has its title, its language, its contents and words for each figure', async () => {
    const html = join(folder, 'described.html');
    await exportHtml(join(built, 'small.zh.ipynb'), html, 'zh');
    const { page } = await open(html);
    assert.equal(await page.title(), '小例子');
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh');
    assert.deepEqual(await page.locator('nav a').allTextContents(), ['1 计算', '2 画图']);
    const target = await page.locator('nav a').last().getAttribute('href');
    assert.equal(await page.locator(`[id="${target?.slice(1)}"] h2`).count(), 1);
    assert.equal(await page.locator('div[role=img]').getAttribute('aria-label'), '平方数的图');
  });

  it('leaves MathJax out where there is no formula', async () => {
    const notebook = await readNotebook(join(built, 'small.en.ipynb'));
    const plain = { ...notebook, cells: notebook.cells.slice(1) };
    await writeNotebook(join(folder, 'plain.ipynb'), plain);
    await exportHtml(join(folder, 'plain.ipynb'), join(folder, 'plain.html'), 'en');
    const { page } = await open(join(folder, 'plain.html'));
    assert.equal(await page.evaluate('typeof MathJax'), 'undefined');
    assert.equal(await page.locator('.js-plotly-plot .bars path').count(), 3);
  });

  it('leaves Plotly out where there is no figure', async () => {
    const notebook = await readNotebook(join(built, 'small.en.ipynb'));
    const cells = notebook.cells.filter(cell => cell.id !== 'stage-2-code-1');
    await writeNotebook(join(folder, 'words.ipynb'), { ...notebook, cells });
    await exportHtml(join(folder, 'words.ipynb'), join(folder, 'words.html'), 'en');
    const { page, errors } = await open(join(folder, 'words.html'));
    assert.equal(await page.evaluate('typeof Plotly'), 'undefined');
    assert.deepEqual(errors, []);
  });

  it('keeps text that looks like HTML as text, also within a figure', async () => {
    const notebook = await readNotebook(join(built, 'small.en.ipynb'));
    const text = JSON.stringify(notebook).replaceAll(
      'Squares',
      '</script><script>hacked=1</script>',
    );
    await writeNotebook(join(folder, 'odd.ipynb'), JSON.parse(text));
    await exportHtml(join(folder, 'odd.ipynb'), join(folder, 'odd.html'), 'en');
    const { page, errors } = await open(join(folder, 'odd.html'));
    assert.deepEqual(errors, []);
    assert.equal(await page.evaluate('typeof hacked'), 'undefined');
  });

  it('brings a pad to life', async () => {
    const html = join(folder, 'lively.html');
    await exportHtml(await livelyNotebook(built, folder), html, 'en');
    const { page, requests, errors } = await open(html);
    assert.equal(await inkOf(page), 255);
    assert.deepEqual([requests, errors], [[], []]);
  });

  it('folds a solution away, and opens it by keyboard', async () => {
    const html = join(folder, 'solution.html');
    const notebook = await readNotebook(join(built, 'small.en.ipynb'));
    const cells = notebook.cells.map(cell =>
      cell.id === 'stage-1-code-1'
        ? { ...cell, metadata: { jupyter: { source_hidden: true } } }
        : cell,
    );
    await writeNotebook(join(folder, 'solution.ipynb'), { ...notebook, cells });
    await exportHtml(join(folder, 'solution.ipynb'), html, 'en');
    const { page } = await open(html);
    const code = page.getByText('await Promise.resolve');
    assert.equal(await code.isVisible(), false);
    assert.equal(await page.getByText('3 squares').isVisible(), true);
    await page.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.equal(await code.isVisible(), true);
  });

  it('tells outputs of the theme as JupyterLab does', async () => {
    const html = join(folder, 'themed.html');
    await exportHtml(join(built, 'small.en.ipynb'), html, 'en');
    const { page } = await open(html);
    await page.locator('body[data-jp-theme-light=true]').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('body[data-jp-theme-light=false]').waitFor();
  });
});
