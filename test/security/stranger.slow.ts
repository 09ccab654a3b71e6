/** A stranger's notebook shows figures without running scripts. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { parse } from 'yaml';
import { exportHtml } from '../../lib/publish/html';
import { exportSlides } from '../../lib/publish/slides';
import { sharedBrowser } from '../browser';
import { put, temporaryFolder } from '../folder';
import { closeMirrors, type Mirror, mirror } from '../mnist-data-loader/support';
import { deskAt } from '../notebooks/lab';
import { readText } from '../texts';

/** Reads a saved notebook of this folder. */
const saved = (name: string) => JSON.stringify(parse(readText(`test/security/${name}.yml`)));

/** Evaluated in a page: lists the stranger's scripts that have run. */
const TRACES = "Object.keys(window).filter(name => name.startsWith('ran_'))";

describe('a notebook from a stranger', function () {
  this.retries(1);
  let browser: Browser;
  let folder: string;
  let elsewhere: Mirror;
  before(async () => {
    elsewhere = await mirror((_, response) => response.end());
    folder = temporaryFolder();
    put(folder, [
      ['stranger.ipynb', saved('stranger')],
      ['leaving.ipynb', saved('leaving').replaceAll('http://elsewhere/', elsewhere.url)],
    ]);
    browser = await sharedBrowser();
  });
  after(closeMirrors);

  const bars = '.js-plotly-plot .bars path';

  /** Waits for the figure, and clicks all controls. */
  async function touch(page: Page): Promise<void> {
    await page.locator(bars).nth(2).waitFor();
    await page.evaluate(() => {
      const touched = document.querySelectorAll(
        '[data-mime-type] *, .jp-RenderedPlotly *, .js-plotly-plot *, .jp-RenderedMarkdown *',
      );
      for (const element of touched) {
        for (const type of ['mouseover', 'mousemove', 'focus', 'click']) {
          element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
        }
      }
    });
  }

  /** The names of the scripts that run where all is touched. */
  async function traces(page: Page): Promise<string[]> {
    await touch(page);
    await delay(500);
    return page.evaluate(TRACES);
  }

  async function exportPage(notebook: string, html: string): Promise<void> {
    await exportHtml([notebook], folder, 'en');
    renameSync(notebook.replace(/ipynb$/, 'html'), html);
  }

  for (const [kind, write, place] of [
    ['page', exportPage, ''],
    ['slides', exportSlides, '#/intro/2'],
  ] as const) {
    it(`runs no script in exported ${kind}`, async () => {
      const html = join(folder, `${kind}.html`);
      await write(join(folder, 'stranger.ipynb'), html, 'en');
      const page = await browser.newPage();
      await page.goto(pathToFileURL(html).href + place);
      assert.deepEqual(await traces(page), []);
      assert.equal(await page.locator('[data-digit-pad]').count(), 1);
      await page.close();

      // The scripts would run without the page's policy.
      const open = readFileSync(html, 'utf8').replace('Content-Security-Policy', 'X');
      writeFileSync(html, open);
      const unguarded = await browser.newPage();
      await unguarded.goto(pathToFileURL(html).href + place);
      await touch(unguarded);
      for (const name of ['script', 'image', 'link', 'svg', 'frame', 'button', 'javascript']) {
        const ran = `'ran_${name}' in window`;
        await unguarded.waitForFunction(ran).catch(() => assert.fail(`${name} would not have run`));
      }
      await unguarded.close();
    });

    it(`neither leaves exported ${kind} nor loads from elsewhere`, async () => {
      const html = join(folder, `leaving-${kind}.html`);
      await write(join(folder, 'leaving.ipynb'), html, 'en');
      const page = await browser.newPage();
      const address = pathToFileURL(html).href;
      await page.goto(address + (place && '#/drawn'));
      await page.locator(bars).nth(2).waitFor();
      await delay(500);
      assert.deepEqual(elsewhere.requests, []);
      assert.ok(page.url().startsWith(address));
      assert.equal(await page.locator('code', { hasText: '<meta>' }).count(), 1);
      assert.equal(await page.locator('svg metadata + linearGradient').count(), 1);
      await page.close();
    });
  }

  it('runs no script in JupyterLab as long as it is not trusted', async () => {
    const { lab, page, leave } = await deskAt(1440, 900);
    try {
      writeFileSync(join(lab.folder, 'stranger.ipynb'), saved('stranger'));
      const notebook = await lab.open(page, 'stranger.ipynb');
      assert.match(await notebook.trust(), /^Notebook (not trusted|untrusted)/i);
      await notebook.assertDrawn(1);
      // A form without an action would reload the page, and lose the traces.
      await page.route('**/*', route =>
        route.request().isNavigationRequest() ? route.abort('aborted') : route.continue(),
      );
      assert.deepEqual(await traces(page), []);
    } finally {
      await leave();
    }
  });
});
