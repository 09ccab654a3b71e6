import { equal, match } from 'node:assert/strict';
import { pack, partsOf } from '../../../lib/tools/site/page/share-link';
import { engines } from '../../engines';
import { builtSite, SiteNotebook, TestServer } from './support';

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
