import { equal, match } from 'node:assert/strict';
import { pack, partsOf } from '../../../lib/tools/site/page/share-link';
import { engines } from '../../engines';
import { builtSite, SiteNotebook, serveSite, TestServer } from './support';

const cell = { id: 'shared-1', cell_type: 'code', source: "console.log('你好')" } as const;

for (const { name, missing, open } of engines) {
  describe(`A link to share in ${name}`, function () {
    this.retries(1);

    it('becomes a notebook whose code runs when it is told to', async function () {
      if (missing) return this.skip();
      const server = await TestServer.start(await builtSite());
      const page = await open();
      try {
        const parts = partsOf([cell], []);
        const end = await pack({ name: 'mine.ipynb', original: '', parts });
        await page.goto(`${server.address}en/lab/index.html${end}`);
        const notebook = new SiteNotebook(page, server.address);
        await notebook.shows('mine (shared).ipynb', 240_000);
        match(await notebook.source(0), /Somebody shared this notebook with you/);
        const [before] = await notebook.cells();
        equal(before?.outputs.length, 0);
        await notebook.runCell('你好');
        await notebook.idle();
        match((await notebook.shown(1)).text, /你好/);
      } finally {
        await page.close();
        await server.stop();
      }
    });
  });
}

describe('A link to share', function () {
  this.retries(1);
  const site = serveSite();

  it('is refused if it would be too long, and the notebook offered as a file', async () => {
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
