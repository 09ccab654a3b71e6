import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { builtSite, copyOfSite, SitePage, TestServer } from './support';

const EDIT = '// 我的修改 my edit';
const FIRST_CODE = 3;

describe('a learner’s copy on the site', function () {
  this.timeout(300_000);
  this.retries(1);
  let browser: Browser;
  let server: TestServer;
  let newer: string;
  before(async () => {
    browser = await sharedBrowser();
    newer = await copyOfSite('newer');
    renewLesson(newer);
  });
  beforeEach(async () => {
    server = await TestServer.start(await builtSite());
  });
  afterEach(async () => {
    await closePages();
    await server.stop();
  });

  const open = async (locale = 'en-US') =>
    SitePage.in(
      await browser.newContext({ viewport: { width: 1280, height: 900 }, locale }),
      server.address,
    );
  const toast = (lesson: SitePage) => lesson.page.locator('.Toastify__toast');

  const [language, locale] = ['zh', 'zh-CN'] as const;
  const [label, mine] = ['打开新版，保留我的', 'lesson.zh（我的）.ipynb'];
  it(`survives a reload, and is kept beside a newer lesson, which is offered`, async () => {
    const lesson = await open(locale);
    await lesson.open(language);
    await lesson.page.waitForTimeout(1_000);
    equal(await lesson.dirty(), false); // to open it changes nothing in it
    await lesson.write(FIRST_CODE, EDIT);
    await lesson.command('docmanager:save');
    await lesson.page.reload();
    await lesson.ready();
    equal(await lesson.source(FIRST_CODE), EDIT);
    equal(await toast(lesson).count(), 0);
    await server.stop();
    await server.start(newer);
    await lesson.page.reload();
    await lesson.ready();
    equal(await lesson.source(FIRST_CODE), EDIT);
    await toast(lesson).filter({ hasText: mine }).waitFor();
    const { violations } = await new AxeBuilder({ page: lesson.page })
      .include('.Toastify__toast')
      .analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    deepEqual(
      serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
    );

    await lesson.write(FIRST_CODE, `${EDIT}, not saved yet`);
    await lesson.page.getByRole('button', { name: label }).click();
    await lesson.page.waitForFunction(
      name => document.title.includes(name),
      `lesson.${language}.ipynb`,
    );
    await lesson.page.locator('.lm-TabBar-tabLabel', { hasText: mine }).waitFor();
    await lesson.page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden)', { hasText: 'RENEWED' })
      .waitFor();
    equal(await lesson.path(), `lesson.${language}.ipynb`);
    ok((await lesson.content(mine)).includes(`${EDIT}, not saved yet`));
  });

  it('gives way to the original when that is asked for, and keeps its edits', async () => {
    const lesson = await open();
    await lesson.open('en');
    const before = await lesson.source(FIRST_CODE);
    for (const mine of ['lesson.en (mine).ipynb', 'lesson.en (mine 2).ipynb']) {
      await lesson.write(FIRST_CODE, `${EDIT} ${mine}`);
      await lesson.page.getByRole('menuitem', { name: 'File', exact: true }).click();
      await lesson.page.getByRole('menuitem', { name: /^Get the Original Back/ }).click();
      await lesson.page.locator('.lm-TabBar-tabLabel', { hasText: mine }).waitFor();
      await lesson.page.waitForTimeout(500);
      equal(await lesson.path(), 'lesson.en.ipynb');
      equal(await lesson.source(FIRST_CODE), before);
      ok((await lesson.content(mine)).includes(`${EDIT} ${mine}`));
    }
  });
});

/** Makes of a copy of the site one with a newer lesson. */
function renewLesson(site: string): void {
  const list = join(site, 'api', 'originals.json');
  const originals = JSON.parse(readFileSync(list, 'utf8'));
  for (const language of ['zh', 'en']) {
    const file = join(site, 'files', `lesson.${language}.ipynb`);
    const notebook = JSON.parse(readFileSync(file, 'utf8'));
    notebook.metadata.digits.original = 'renewed';
    notebook.cells[0].source = `RENEWED\n\n${notebook.cells[0].source}`;
    originals[`lesson.${language}.ipynb`] = 'renewed';
    writeFileSync(file, JSON.stringify(notebook));
  }
  writeFileSync(list, JSON.stringify(originals));
}
