/** Optional parts of a notebook are collapsed in JupyterLab and on an exported page. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { exportHtml } from '../../lib/publish/html';
import { writeNotebook } from '../../lib/publish/notebook';
import { notebookOf } from '../../lib/publish/source';
import { codeCell, textCell } from '../notebook';
import { openOffline } from '../publish/support';
import { type Desk, deskAt, type LabNotebook } from './lab';

const FIGURE = `import { display, figures } from 'digits';
display(figures.classCounts([0, 1, 2, 3, 3], [0, 1, 2, 3, 3]));`;
const CELLS = [
  textCell('## 1 Count'),
  codeCell('let n = 1;'),
  textCell('### How many of each\n\nOpen it to see.', { metadata: { tags: ['optional'] } }),
  codeCell(FIGURE),
  codeCell('n += 1;'),
  textCell('### The rest'),
  codeCell('n * 10'),
];
const FILE = 'folds.ipynb';

/** Checks that a figure fills the width, unlike a figure that was drawn while hidden. */
async function fits(figures: Locator): Promise<void> {
  const figure = figures.first();
  await figure.waitFor();
  const isFitting = (svg: Element) => {
    const room = svg.closest('.jp-OutputArea-output')?.clientWidth ?? 0;
    return room > 500 && svg.clientWidth > room - 25 && svg.clientWidth <= room;
  };
  await figure.page().waitForFunction(isFitting, await figure.elementHandle());
}

describe('an optional part', function () {
  this.timeout(300_000);
  this.retries(1);
  let desk: Desk;
  let page: Page;
  let notebook: LabNotebook;
  before(async () => {
    desk = await deskAt(1280, 900);
    page = desk.page;
    await writeNotebook(join(desk.lab.folder, FILE), notebookOf(CELLS, 'en'));
    notebook = await desk.lab.open(page, FILE);
  });
  after(() => desk?.leave());

  const heading = 'Optional: How many of each';
  const isOpen = () => notebook.cell('n += 1').isVisible();
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await notebook.idle();
  };

  it('is closed in JupyterLab, is passed by with ↓, and runs with all else', async () => {
    await page.locator('h3', { hasText: heading }).waitFor();
    assert.equal(await isOpen(), false);
    await notebook.select(heading);
    await page.locator('.jp-Cell.jp-mod-active').click();
    await press('ArrowDown');
    await page.locator('.jp-Cell.jp-mod-active', { hasText: 'The rest' }).waitFor();
    const counts = (await notebook.runAll()).map(({ count }) => count);
    assert.deepEqual([await isOpen(), counts], [false, [1, 2, 3, 4]]);
    await notebook.command('docmanager:save');
  });

  it('is opened by Shift+Enter, with its figure as wide as there is room', async () => {
    await notebook.select(heading);
    await page.locator('.jp-Cell.jp-mod-active').click();
    await press('Shift+Enter');
    await fits(page.locator('.jp-NotebookPanel .js-plotly-plot .main-svg'));
    assert.equal(await isOpen(), true);
  });

  it('is closed on an exported page until one opens or prints it', async () => {
    await exportHtml([join(desk.lab.folder, FILE)], desk.lab.folder, 'en');
    const open = () => openOffline(desk.browser, join(desk.lab.folder, 'folds.html'));
    const { page: exported, errors } = await open();
    const within = exported.getByText('n += 1');
    assert.equal(await within.isVisible(), false);
    assert.equal(await exported.getByText('n * 10').isVisible(), true);
    await exported.locator('summary', { hasText: heading }).press('Enter');
    await fits(exported.locator('.main-svg'));
    assert.equal(await within.isVisible(), true);

    const { page: printed } = await open();
    // A page that was never painted prints as an empty page.
    await printed.screenshot();
    await printed.pdf();
    assert.equal(await printed.locator('details.optional[open]').count(), 1);
    assert.deepEqual(errors, []);
  });

  it('begins with a heading', () => {
    const cells = [textCell('Of no name.', { metadata: { tags: ['optional'] } })];
    assert.throws(() => notebookOf(cells, 'en'), /begin with a heading, but found:\nOf no name\./);
  });
});
