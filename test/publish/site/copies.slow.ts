import { equal, ok } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertAccessible, copyOfSite, type SitePage, serveSite } from './support';

const EDIT = '// 我的修改 my edit';
const FIRST_CODE = 3;

describe('a learner’s copy on the site', function () {
  this.retries(1);
  const site = serveSite();
  let newer: string;
  before(async () => {
    newer = await copyOfSite();
    renewLesson(newer);
  });
  const toast = (lesson: SitePage) => lesson.page.locator('.Toastify__toast');

  it('survives a reload, and is kept beside a newer lesson, which is offered', async () => {
    const lesson = await site.open({ locale: 'zh-CN' });
    await lesson.open('zh');
    await lesson.page.waitForTimeout(1_000);
    equal((await lesson.file()).dirty, false); // to open it changes nothing in it
    await lesson.write(FIRST_CODE, EDIT);
    await lesson.command('docmanager:save');
    await lesson.page.reload();
    await lesson.ready();
    equal(await lesson.source(FIRST_CODE), EDIT);
    equal(await toast(lesson).count(), 0);
    await site.server.stop();
    await site.server.start(newer);
    await lesson.page.reload();
    await lesson.ready();
    equal(await lesson.source(FIRST_CODE), EDIT);
    const mine = 'lesson.zh（我的）.ipynb';
    await toast(lesson).filter({ hasText: mine }).waitFor();
    await assertAccessible(lesson.page, '.Toastify__toast', true);

    await lesson.write(FIRST_CODE, `${EDIT}, not saved yet`);
    await lesson.page.getByRole('button', { name: '打开新版，保留我的' }).click();
    await lesson.page.waitForFunction(() => document.title.includes('lesson.zh.ipynb'));
    await lesson.page.locator('.lm-TabBar-tabLabel', { hasText: mine }).waitFor();
    await lesson.page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden)', { hasText: 'RENEWED' })
      .waitFor();
    equal((await lesson.file()).path, 'lesson.zh.ipynb');
    ok((await lesson.content(mine)).includes(`${EDIT}, not saved yet`));
  });

  it('gives way to the original when that is asked for, and keeps its edits', async () => {
    const lesson = await site.open();
    await lesson.open('en');
    const sourceBefore = await lesson.source(FIRST_CODE);
    for (const mine of ['lesson.en (mine).ipynb', 'lesson.en (mine 2).ipynb']) {
      await lesson.write(FIRST_CODE, `${EDIT} ${mine}`);
      await lesson.page.getByRole('menuitem', { name: 'File', exact: true }).click();
      await lesson.page.getByRole('menuitem', { name: /^Get the Original Back/ }).click();
      await lesson.page.locator('.lm-TabBar-tabLabel', { hasText: mine }).waitFor();
      await lesson.page.waitForTimeout(500);
      equal((await lesson.file()).path, 'lesson.en.ipynb');
      equal(await lesson.source(FIRST_CODE), sourceBefore);
      ok((await lesson.content(mine)).includes(`${EDIT} ${mine}`));
    }
  });
});

/** Updates the lesson in a copy of the site. */
function renewLesson(site: string): void {
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(site, file), change(readFileSync(join(site, file), 'utf8')));
  const file = 'files/lesson.zh.ipynb';
  const { metadata } = JSON.parse(readFileSync(join(site, file), 'utf8'));
  const { original } = metadata.digits;
  edit(file, text => text.replace(original, 'renewed').replace('"source": "', '$&RENEWED '));
}
