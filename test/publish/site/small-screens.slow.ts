import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { failuresOf } from '../../notebooks/notebook-page';
import { SitePage, serveSite, siteBelow } from './support';

const SMALL = { width: 390, height: 844 };

describe('the app for small screens', function () {
  this.retries(1);
  const served = serveSite({ folder: () => siteBelow('digits') });
  let site: string;
  beforeEach(() => {
    site = `${served.server.address}digits/`;
  });

  const open = async (language: 'zh' | 'en') => {
    const { page } = await served.open({ viewport: SMALL, hasTouch: true });
    const lesson = new SitePage(page, site);
    await lesson.open(language, { app: 'notebooks' });
    return lesson;
  };
  /** The page that opens in a new window. */
  const opened = async ({ page }: SitePage, act: () => Promise<unknown>): Promise<SitePage> => {
    const [window] = await Promise.all([page.context().waitForEvent('page'), act()]);
    await window.waitForLoadState();
    return new SitePage(window, site);
  };
  const below = (page: Page) => page.url().replace(site, '');

  it('stays on the site at the links of the lesson, also without a network', async () => {
    const lesson = await open('zh');
    await lesson.kept();
    await served.server.stop();
    const link = (name: string) => lesson.page.locator('.jp-Notebook').getByRole('link', { name });
    const exercises = await opened(lesson, () => link('练习').first().tap());
    equal(below(exercises.page), 'zh/notebooks/index.html?path=exercises.zh.ipynb');
    await exercises.ready();
    const glossary = await opened(lesson, () => link('术语表').first().tap());
    equal(below(glossary.page), 'pages/glossary.zh.html');
    await glossary.page.locator('td', { hasText: '张量' }).first().waitFor();
    const rules = await glossary.page.evaluate(
      () =>
        [...document.styleSheets].find(({ href }) => href?.includes('/shared/'))?.cssRules.length,
    );
    ok(rules);
  });

  it('stays there with a new notebook, with JupyterLab, and at its mark', async () => {
    const lesson = await open('en');
    const untitled = await opened(lesson, () => lesson.command('notebook:create-new'));
    equal(below(untitled.page), 'en/notebooks/index.html?path=Untitled.ipynb');
    await untitled.page.locator('.jp-NotebookPanel .jp-Cell').first().waitFor();
    const lab = await opened(lesson, () => lesson.command('application:open-lab'));
    equal(below(lab.page), 'en/lab/index.html');
    await lab.page.locator('.jp-DirListing-item', { hasText: 'lesson.en.ipynb' }).waitFor();
    const files = await opened(lesson, () => lesson.command('application:open-tree'));
    equal(below(files.page), 'en/lab/index.html');
    // The top bar is put away on a small screen.
    equal(
      await lesson.page.locator('#jp-NotebookLogo').getAttribute('href'),
      `${site}index.html?lang=en`,
    );
  });

  it('shows the lesson no wider than the screen', async () => {
    const lesson = await open('en');
    const cells = await lesson.runAbove('## 5 ');
    deepEqual([failuresOf(cells), lesson.errors], [[], []]);
    const cut = await lesson.page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.jp-CodeCell .cm-scroller')].flatMap(
        ({ scrollWidth, clientWidth, textContent }) =>
          scrollWidth > clientWidth ? textContent : [],
      ),
    );
    deepEqual(cut, []);
    // The badge would cover the menus.
    equal(await lesson.page.locator('.jp-NotebookTrustedStatus').isVisible(), false);
  });

  it('shows the quiz in its full height, also where it runs again', async () => {
    const lesson = await open('en');
    await lesson.run("import { quiz } from 'digits';\nquiz();");
    await lesson.runCell('import { quiz }');
    await lesson.idle();
    await lesson.page.waitForTimeout(1_000);
    equal(await lesson.page.locator('.jp-mod-outputsScrolled').count(), 0);
  });

  it('leaves the notebook its room in JupyterLab on a small screen', async () => {
    const lesson = new SitePage((await served.open({ viewport: SMALL })).page, site);
    await lesson.open('zh');
    await lesson.page.waitForFunction(() => {
      const notebook = document.querySelector('.jp-NotebookPanel');
      return (notebook?.getBoundingClientRect().width ?? 0) > 260;
    });
  });
});
