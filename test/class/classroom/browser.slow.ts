// run: alone
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { LabNotebook } from '../../notebooks/lab';
import { Hub } from './hub';

const NAME = '小明';

describe('the lesson under the hub’s address of a learner, in Chinese', function () {
  this.retries(1);
  let hub: Hub;
  let page: Page;
  let notebook: LabNotebook;
  before(async () => {
    hub = await Hub.start('zh');
    page = await (await sharedBrowser()).newPage({ viewport: { width: 1440, height: 900 } });
    // The hub's JupyterLab does not show its app to the page; the configuration is the page's only JSON with this key.
    await page.addInitScript(() => {
      const { parse } = JSON;
      JSON.parse = (...given) => {
        const value = parse(...given);
        if (value?.exposeAppInBrowser === false) value.exposeAppInBrowser = true;
        return value;
      };
    });
  });
  after(async () => {
    await closePages();
    await hub?.stop();
  });

  const server = () => `${hub.address}/user/${encodeURIComponent(NAME)}/`;

  it('opens where a learner logs in', async () => {
    await page.goto(hub.address);
    // An iPad writes the apostrophe like that.
    await hub.fillIn(page, 'O’Brien');
    await page.locator('.login_error', { hasText: /^请换一个名字：1 到 32 个/ }).waitFor();
    await hub.fillIn(page, NAME);
    notebook = new LabNotebook(page);
    await notebook.shows('lesson.zh.ipynb', 120_000);
    assert.equal(page.url(), `${server()}lab/tree/lesson.zh.ipynb`);
    // This project's extension opens the outline.
    await page.locator('.jp-TableOfContents-content').first().waitFor();
  });

  it('runs all cells and draws every figure', async () => {
    await notebook.runAll();
    await notebook.assertDrawn();
    assert.deepEqual(await notebook.errors(), []);
  });

  it('saves in the learner’s own copy', async () => {
    await notebook.command('docmanager:save');
    const folder = join(hub.folder, 'learners', NAME, 'digits');
    const [saved, original] = await Promise.all(
      ['notebooks', '.given'].map(path => readFile(join(folder, path, 'lesson.zh.ipynb'), 'utf8')),
    );
    assert.notEqual(saved, original);
  });
});
