/** The site in other engines than Chromium: the whole lesson, and the visits after the first. */
import assert from 'node:assert/strict';
import type { Notebook } from '../../lib/tools/publish/notebook';
import { engines } from '../engines';
import { builtSite, failuresOf, NotebookPage, TestServer } from '../tools/site/support';
import { asRun } from './as-run';
import { saved } from './on-site';
import { assertSameOutputs } from './same-outputs';
import { shows, untilAccurate } from './shows-lesson';

for (const { name, missing, open } of engines) {
  describe(`The site in ${name}`, function () {
    this.timeout(600_000);
    this.retries(1);
    let server: TestServer;
    let page: Awaited<ReturnType<typeof open>>;
    let site: NotebookPage;

    before(async function () {
      if (missing) {
        console.log(`    skipped: it needs ${missing}`);
        this.skip();
      }
      server = await TestServer.start(await builtSite());
      await openAnew();
    });
    after(async () => {
      await page?.close();
      await server?.stop();
    });

    /** Opens a browser that has not been here before. */
    async function openAnew(): Promise<void> {
      await page?.close().catch(() => {}); // it may have crashed
      page = await open();
      site = new NotebookPage(page, server.address);
    }

    for (const language of ['zh', 'en'] as const) {
      describe(`the lesson in "${language}"`, () => {
        let notebook: Notebook;
        before(async () => {
          const source = await saved('lesson', language);
          const run = async () => {
            await site.open(language);
            return untilAccurate(async () => asRun(source, await site.runAll()));
          };
          notebook = await run().catch(async (error: Error) => {
            console.log(`    run once more: ${error.message}`);
            await openAnew();
            return run();
          });
        });

        shows(() => notebook, language);

        it('shows in each cell what the installed kernel shows', async () => {
          assertSameOutputs(notebook, await saved('lesson', language));
        });
      });
    }

    // Behind the lesson, which needs the server: mocha runs the tests of a suite before those of suites in it.
    describe('beyond the lesson', () => {
      // They take minutes; one of these engines will do.
      if (name === 'Firefox') {
        it('finds every solution right', async () => {
          await site.open('en', { name: 'solutions' });
          const cells = await site.runAll();
          assert.deepEqual(failuresOf(cells), []);
          const outputs = JSON.stringify(cells.map(({ outputs }) => outputs));
          assert.deepEqual(outputs.match(/"✗ [^"]*/g) ?? [], []);
        });
      }

      it('opens and runs at the second, third and fourth visit, without a network', async () => {
        await server.stop();
        await server.start();
        await openAnew();
        await site.open('en');
        await site.kept();
        await server.stop();
        for (const [language, app] of [
          ['en', 'lab'],
          ['en', 'notebooks'],
          ['zh', 'lab'],
        ] as const) {
          await site.open(language, { app });
          const cells = await site.runAbove('stage-4'); // which load the libraries and the data
          assert.deepEqual(failuresOf(cells), []);
          assert.match(JSON.stringify(cells), /60000, 28, 28/);
        }
      });
    });
  });
}
