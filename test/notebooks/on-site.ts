/** The site for a suite that runs the saved notebooks there. */
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { type Notebook, readNotebook } from '../../lib/tools/publish/notebook';
import { notebookFolder } from '../../lib/tools/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { builtSite, SitePage, TestServer } from '../tools/site/support';

/** A notebook as it is saved. */
export const saved = (name: string, language: Language): Promise<Notebook> =>
  readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));

/** To be called in a suite, whose tests it serves the site; returns what opens a notebook in a browser of its own. */
export function onSite(): (language: Language, name: string) => Promise<SitePage> {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(await builtSite());
  });
  after(async () => {
    await closePages();
    await server.stop();
  });
  return async (language, name) => {
    const context = await (await sharedBrowser()).newContext();
    const site = await SitePage.in(context, server.address);
    await site.open(language, { name });
    return site;
  };
}
