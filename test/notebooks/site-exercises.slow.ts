/** The exercises and their solutions in the browser, with nothing installed. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exercises } from '../../lib/digits/exercises';
import type { Language } from '../../lib/digits/language';
import {
  displays,
  isCode,
  joined,
  type MultilineText,
  type Notebook,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { notebookFolder } from '../../lib/tools/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { builtSite, SitePage, TestServer } from '../tools/site/support';
import { asRun } from './as-run';
import { assertSameOutputs } from './same-outputs';

const saved = (name: string, language: Language): Promise<Notebook> =>
  readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));

describe('The exercises on the site', function () {
  this.timeout(300_000);
  this.retries(1);
  let server: TestServer;
  let site: SitePage;

  before(async () => {
    server = await TestServer.start(await builtSite());
  });
  after(async () => {
    await closePages();
    await server.stop();
  });

  async function open(language: Language, name: string): Promise<void> {
    const context = await (await sharedBrowser()).newContext();
    site = await SitePage.in(context, server.address);
    await site.open(language, { name });
  }

  for (const language of ['zh', 'en'] as const) {
    describe(`in "${language}"`, () => {
      const verdicts = (notebook: Notebook) =>
        notebook.cells.filter(isCode).flatMap(cell => {
          const [, id] = /check\('([\d.]+)'/.exec(joined(cell.source)) ?? [];
          const words = displays(cell).at(-1)?.['text/plain'] as MultilineText | undefined;
          return id ? [`${id} ${joined(words ?? '')[0]}`] : [];
        });
      after(closePages);

      it('wait for answers', async () => {
        await open(language, 'exercises');
        const run = asRun(await saved('exercises', language), await site.runAll());
        assert.deepEqual(
          verdicts(run),
          exercises.map(({ id }) => `${id} ✗`),
        );
      });

      it('find every solution right', async () => {
        await open(language, 'solutions');
        const run = asRun(await saved('solutions', language), await site.runAll());
        assert.deepEqual(
          verdicts(run),
          exercises.map(({ id }) => `${id} ✓`),
        );
        assertSameOutputs(run, await saved('solutions', language));
      });
    });
  }
});
