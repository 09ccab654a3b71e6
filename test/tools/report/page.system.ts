/** The report's page in a browser, opened as a file, as a teacher opens it. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { encodeLine } from '../../../lib/digits/record/line';
import { useLanguage } from '../../../lib/tools/project/language.mjs';
import { reportPage } from '../../../lib/tools/report/html';
import { writeReport } from '../../../lib/tools/report/report';
import { closePages, sharedBrowser } from '../../browser';
import { put, temporaryFolder } from '../../folder';
import { printed } from '../../support';
import { assertAccessible } from '../site/support';
import { classOf, notebookOf } from './class';

describe('the page of the report', function () {
  this.timeout(120_000);
  const learners = classOf(12);
  const lines = learners.map(encodeLine);
  let folder: string;
  before(() => {
    folder = temporaryFolder();
    const notebooks = lines.map((line, at) => [`课 ${at}.ipynb`, notebookOf([line])] as const);
    put(folder, [['page.html', reportPage()], ['handed in/a 课.txt', 'nothing'], ...notebooks]);
  });
  afterEach(() => {
    useLanguage('en');
    return closePages();
  });

  async function open(language: 'zh' | 'en', width = 1280, file = join(folder, 'page.html')) {
    const context = await (await sharedBrowser()).newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.on('pageerror', error => {
      throw error;
    });
    await page.goto(`${pathToFileURL(file)}?lang=${language}`);
    return page;
  }
  const names = (page: Page) => page.locator('.grid tbody th').allTextContents();

  for (const [language, width] of [
    ['zh', 390],
    ['en', 800],
  ] as const) {
    it(`is sound at ${width} pixels, in "${language}", and names what is wrong`, async () => {
      const page = await open(language, width);
      await page.locator('.pasted').fill(`${lines.join('\n')}\ndigits-report:1:99:ABC`);
      await page.locator('.grid tbody tr').nth(11).waitFor();
      await assertAccessible(page);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      equal(wider, 0);
      const cut = { zh: /粘贴的文字.*缺了结尾/s, en: /pasted text.*its end is missing/s }[language];
      await page.locator('[role=status]', { hasText: cut }).waitFor();
      for (const name of ['<b>Zoë</b>', '=cmd|calc']) ok((await names(page)).includes(name));
    });
  }

  it('takes dropped notebooks, sorts and filters them, and saves the table', async () => {
    const page = await open('en');
    // Downloads of many learners have one name.
    const files = lines.map(line => ({
      ...{ name: 'exercises.en.ipynb', mimeType: 'application/json' },
      buffer: Buffer.from(notebookOf([line])),
    }));
    await page.setInputFiles('input[type=file]', files.slice(0, 5));
    await page.setInputFiles('input[type=file]', files.slice(4));
    await page.locator('.grid tbody tr').nth(11).waitFor();
    await page.getByRole('button', { name: 'Passed' }).click();
    const counts = await page.locator('.grid tbody td:nth-child(2)').allTextContents();
    const numbers = counts.map(Number.parseFloat);
    const sorted = [...numbers].sort((a, b) => b - a);
    deepEqual(numbers, sorted);
    await page.getByLabel('Name contains').fill('王');
    deepEqual((await names(page)).sort(), ['王小明', '王小明 (2)']);
    await page.getByLabel('Name contains').fill('');
    const lacking = learners.filter(({ exercises }) => !exercises['1.1']?.passed).length;
    await page.locator('select').selectOption('1.1');
    equal((await names(page)).length, lacking);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    equal((await saved).suggestedFilename(), 'digits-report.csv');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Nobody yet.').waitFor();
  });

  it('is written by the command with what a folder holds, and says what it does not count', async () => {
    useLanguage('zh');
    let files: string[] = [];
    const said = await printed(async () => {
      files = await writeReport([folder], 'zh');
    });
    match(said, /a 课\.txt; page\.html: 里面没有学生的报告行/);
    match(said, /\n14 个文件，12 名学生。/);
    const page = await open('zh', 1280, files[0]);
    equal((await names(page)).length, 12);
    equal(await page.locator('.pasted').count(), 0);
    await page.goto(pathToFileURL(`${files[0]}`).href);
    equal(await page.title(), '全班学到哪里了');
  });
});
