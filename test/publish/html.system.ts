import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { exportHtml } from '../../lib/publish/html';
import { readNotebook, writeNotebook } from '../../lib/publish/notebook';
import { closePages, sharedBrowser } from '../browser';
import { temporaryFolder } from '../folder';
import {
  fixtures,
  focused,
  inkOf,
  livelyNotebook,
  openOffline,
  pressButton,
  tabToButton,
} from './support';

describe('exported page', function () {
  this.timeout(300_000);
  this.retries(1);
  let browser: Browser;
  let folder: string;
  before(async () => {
    // Characters with a meaning in shells, patterns or addresses.
    folder = join(temporaryFolder(), "it's [1] #%20");
    mkdirSync(folder);
    [browser] = await Promise.all([
      sharedBrowser(),
      // JupyterLab's own export says `en` of any notebook.
      exportHtml([join(fixtures, 'small.zh.ipynb')], folder, 'en'),
      variants().then(notebooks => exportHtml(notebooks, folder, 'en')),
    ]);
  });
  after(closePages);

  /** Writes the small notebook unchanged, with a pad, and with odd text; returns the paths. */
  async function variants(): Promise<string[]> {
    const small = join(fixtures, 'small.en.ipynb');
    const odd = JSON.stringify(await readNotebook(small)).replaceAll(
      'Squares',
      '</script><script>hacked=1</script>',
    );
    const path = join(folder, 'odd.ipynb');
    await writeNotebook(path, JSON.parse(odd));
    return [small, await livelyNotebook(folder), path];
  }

  const open = (name: string) => openOffline(browser, join(folder, `${name}.html`));

  it('draws its figures and formulas with the network off, and has its title, contents and words', async () => {
    const { page, requests, errors } = await open('small.zh');

    const figure = await page.locator('.js-plotly-plot .main-svg').first().boundingBox();
    assert.ok(figure && figure.width > 300 && figure.height > 200, JSON.stringify(figure));
    assert.equal(await page.locator('.js-plotly-plot .bars path').count(), 3);
    assert.equal(await page.locator('.gtitle').textContent(), '平方数的图');
    assert.equal(await page.locator('div[role=img]').getAttribute('aria-label'), '平方数的图');
    await page.locator('mjx-container svg').waitFor();
    assert.equal(await page.locator('img').count(), 0, 'the still is not shown');

    assert.equal(await page.title(), '小例子');
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh');
    assert.deepEqual(await page.locator('nav a').allTextContents(), ['1 计算', '2 画图']);
    const target = await page.locator('nav a').last().getAttribute('href');
    assert.equal(await page.locator(`[id="${target?.slice(1)}"] h2`).count(), 1);
    assert.deepEqual([requests, errors], [[], []]);
  });

  it('keeps text that looks like HTML as text, also within a figure', async () => {
    const { page, errors } = await open('odd');
    assert.equal(await page.evaluate('typeof hacked'), 'undefined');
    assert.deepEqual(errors, []);
  });

  it('brings a pad to life, and a figure’s button, which Tab reaches, Enter and Space press, and says what is shown', async () => {
    const { page, requests, errors } = await open('lively');
    assert.equal(await inkOf(page), 255);
    await tabToButton(page);
    const names = [await focused(page)];
    const scrolled = await page.evaluate(() => scrollY);
    for (const key of ['Enter', 'Space', 'Enter']) names.push(await pressButton(page, key));
    for (const words of names) {
      assert.match(words, /^button: Draw four others, .*(, y= \d y_pred=\d){4}$/);
    }
    assert.equal(new Set(names).size, 3);
    assert.equal(names[3], names[0]);
    assert.equal(await page.evaluate(() => scrollY), scrolled, 'a space does not scroll');
    assert.equal(await page.locator('[role=group] .updatemenu-button').count(), 1);
    assert.deepEqual([requests, errors], [[], []]);
  });

  it('opens a folded solution by keyboard, and tells outputs of the theme as JupyterLab does', async () => {
    const { page } = await open('small.en');
    const code = page.getByText('await Promise.resolve');
    assert.equal(await code.isVisible(), false);
    assert.equal(await page.getByText('3 squares').isVisible(), true);
    await page.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.equal(await code.isVisible(), true);
    await page.locator('body[data-jp-theme-light=true]').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('body[data-jp-theme-light=false]').waitFor();
  });

  it('prints figures as wide as the paper, and gives them their width back', async () => {
    const { page } = await open('small.en');
    const widthAfter = (event: string) =>
      page.evaluate(`dispatchEvent(new Event('${event}'));
        document.querySelector('.js-plotly-plot .main-svg').getBoundingClientRect().width`);
    await page.locator('.js-plotly-plot .main-svg').first().waitFor();
    const width = (await widthAfter('none')) as number;
    assert.ok(width > 700, `${width}`);
    assert.equal(await widthAfter('beforeprint'), 660);
    assert.equal(await widthAfter('afterprint'), width);
  });
});
