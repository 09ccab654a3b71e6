/** The report's page in a browser, opened as a file like a teacher would. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { reportPage } from '../../../lib/class/report/html';
import { texts } from '../../../lib/class/report/page/language';
import { writeReport } from '../../../lib/class/report/report';
import { useLanguage } from '../../../lib/command/output/language.mjs';
import { encodeLine } from '../../../lib/digits/record/line';
import { closePages, sharedBrowser } from '../../browser';
import { put, temporaryFolder } from '../../folder';
import { assertAccessible } from '../../publish/site/support';
import { printed } from '../../support';
import { classOf, NAMES, notebookOf } from './class';

describe('the page of the report', function () {
  this.timeout(120_000);
  this.retries(1);
  const learners = classOf(12);
  const lines = learners.map(encodeLine);
  let folder: string;
  before(() => {
    folder = temporaryFolder();
    const notebooks = lines.map(
      (line, index) => [`课 ${index}.ipynb`, notebookOf([line])] as const,
    );
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

  it('takes lines and notebooks on a phone, and saves the table', async () => {
    const { kinds, pasted, passed, filter, csv, clear, none } = texts.zh;
    const page = await open('zh', 390);
    await page.locator('.pasted').fill(`${lines.slice(0, 6).join('\n')}\ndigits-report:1:99:ABC`);
    // Downloads of many learners have the same name.
    const files = lines.map(line => ({
      ...{ name: 'exercises.en.ipynb', mimeType: 'application/json' },
      buffer: Buffer.from(notebookOf([line])),
    }));
    await page.setInputFiles('input[type=file]', files.slice(6, 9));
    await page.setInputFiles('input[type=file]', files.slice(8));
    await page.locator('.grid tbody tr').nth(11).waitFor();
    await assertAccessible(page);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    equal(wider, 0);
    equal(await page.locator('[role=status] li').first().textContent(), `${pasted}: ${kinds.cut}`);
    await page.getByRole('button', { name: passed, exact: true }).click();
    const counts = await page.locator('.grid tbody td:nth-child(2)').allTextContents();
    const numbers = counts.map(Number.parseFloat);
    deepEqual(
      [...numbers].sort((a, b) => b - a),
      numbers,
    );
    await page.getByLabel(filter).fill('王');
    deepEqual((await names(page)).sort(), ['王小明', '王小明 (2)']);
    await page.getByLabel(filter).fill('');
    await page.locator('select').selectOption('1.1');
    const without = learners.filter(({ exercises }) => !exercises['1.1']?.passed);
    equal((await names(page)).length, without.length);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: csv }).click();
    const table = readFileSync(await (await saved).path(), 'utf8').trim();
    const { data } = Papa.parse<string[]>(table);
    equal(data.filter(({ length }) => length === data[0]?.length).length, 13);
    const allNames = data.flatMap(([name]) => name);
    for (const name of NAMES.slice(0, 4)) ok(allNames.includes(name.replace(/^=/, "'=")), name);
    await page.getByRole('button', { name: clear }).click();
    await page.getByText(none).waitFor();
  });

  it('is written by the command with what a folder holds, and says what it does not count', async () => {
    useLanguage('zh');
    let files: string[] = [];
    const output = await printed(async () => {
      files = await writeReport([folder], 'zh');
    });
    match(output, /a 课\.txt; page\.html: 里面没有学生的报告行/);
    match(output, /\n14 个文件，12 名学生。/);
    const page = await open('zh', 1280, files[0]);
    equal((await names(page)).length, 12);
    equal(await page.locator('.pasted').count(), 0);
    await page.goto(pathToFileURL(`${files[0]}`).href);
    equal(await page.title(), '全班学到哪里了');
  });
});
