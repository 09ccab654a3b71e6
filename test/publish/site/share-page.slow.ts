/** A notebook in a link between two browsers. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type SitePage, serveSite } from './support';

const EDIT = '// 我的修改 my edit 😀';
const FIRST_CODE = 3;

describe('a shared link', function () {
  this.retries(1);
  const site = serveSite({ shared: true });
  const toast = ({ page }: SitePage) => page.locator('.Toastify__toast');
  /** Opens a link in a browser that has not been here before. */
  const openLink = async (link: string, options = {}) => {
    const other = await site.open(options);
    await other.page.goto(link);
    return other;
  };
  const mine = 'lesson.zh（分享）.ipynb';
  let link: string;

  it('is copied from over the notebook, with its length: changes, new cells, no outputs', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const lesson = await site.open({ locale: 'zh-CN', permissions });
    await lesson.open('zh');
    await lesson.write(FIRST_CODE, EDIT);
    await lesson.run('console.log(6 * 7)');
    await lesson.page.getByRole('button', { name: '分享链接' }).click();
    await toast(lesson).filter({ hasText: '链接已复制' }).waitFor();
    link = await lesson.page.evaluate(() => navigator.clipboard.readText());
    match(link, /^http:\/\/127\.0\.0\.1:\d+\/zh\/lab\/index\.html#share=[\w-]+$/);
    ok(link.length < 1_000, `${link.length}`);
    match((await toast(lesson).textContent()) ?? '', RegExp(`共 ${link.length} 个字符`));
  });

  it('becomes a copy of one’s own, under a warning, run and trusted by nobody, and again one beside it', async () => {
    const other = await openLink(link);
    const { page } = other;
    await other.shows(mine);
    deepEqual(await other.page.evaluate(() => location.hash), '');
    const { cells } = JSON.parse(await other.content(mine));
    match(cells[0].source, /^> \*\*这是别人分享给你的笔记本。\*\*/);
    equal(cells[FIRST_CODE + 1].source, EDIT);
    equal(cells.at(-1).source, 'console.log(6 * 7)');
    for (const part of ['.jp-Launcher', '.jp-FileBrowser'])
      await page.locator(part).waitFor({ state: 'hidden' });
    deepEqual(
      cells.flatMap(({ outputs = [] }) => outputs),
      [],
    );
    ok(!JSON.stringify(cells).includes('"trusted"'));
    const opened = JSON.parse(await other.content('lesson.zh.ipynb')).cells;
    equal(cells.length, opened.length + 2);
    await other.page.evaluate(hash => {
      location.hash = hash;
    }, new URL(link).hash);
    await other.shows('lesson.zh（分享 2）.ipynb');
  });

  it('opens on a phone in the app for small screens', async () => {
    const phone = await openLink(link, { viewport: { width: 390, height: 844 } });
    await phone.shows(mine);
    match(phone.page.url(), /\/zh\/notebooks\/index\.html\?path=/);
    ok(
      (await phone.page.locator('.jp-Notebook').textContent())?.includes(
        '这是别人分享给你的笔记本',
      ),
    );
  });

  it('that is cut off says so, and makes nothing', async () => {
    const other = await openLink(link.slice(0, -20).replace('/zh/', '/en/'));
    await toast(other).filter({ hasText: 'its end is missing' }).waitFor();
  });

  it('is not made if it would be too long, and the notebook offered as a file', async () => {
    const lesson = await site.open();
    await lesson.open('en');
    const long = Array.from({ length: 3_000 }, (_, i) => Math.sin(i)).join();
    await lesson.write(3, `// ${long}`);
    await lesson.command('digits-site:share');
    const toast = lesson.page.locator('.Toastify__toast');
    await toast.filter({ hasText: 'chats and browsers carry 8000' }).waitFor();
    const downloading = lesson.page.waitForEvent('download');
    await lesson.page.getByRole('button', { name: 'Download the notebook' }).click();
    equal((await downloading).suggestedFilename(), 'lesson.en.ipynb');
  });

  it('is shown to be copied by hand where the browser refuses its clipboard', async () => {
    const lesson = await site.open();
    await lesson.page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    });
    await lesson.open('en', { app: 'notebooks' });
    void lesson.command('digits-site:share').catch(() => {});
    const input = lesson.page.locator('.jp-Dialog input');
    match(await input.inputValue(), /\/en\/lab\/index\.html#share=[\w-]+$/);
    equal(await lesson.page.evaluate(() => getSelection()?.toString()), await input.inputValue());
  });
});
