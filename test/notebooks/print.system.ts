/** A notebook is printed as a whole, from whatever theme, though JupyterLab renders only visible cells. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { historyCurves } from '../../lib/digits/figures';
import { display } from '../../lib/digits/notebook/display';
import { writeNotebook } from '../../lib/publish/notebook';
import { inNotebook } from '../digits/notebook/support';
import { codeCell, displayOutput, notebookWith, textCell } from '../notebook';
import { faintTexts } from '../publish/support';
import { type Desk, deskAt } from './lab';

const FILE = 'print.ipynb';
const PARAGRAPHS = 60;

describe('a printed notebook', function () {
  this.timeout(180_000);
  this.retries(1);
  let desk: Desk;
  before(async () => {
    desk = await deskAt(1280, 900);
    const [figure] = await inNotebook(() => display(historyCurves({ loss: [0.33, 0.15] })));
    const texts = Array.from({ length: PARAGRAPHS }, (_, i) => `${i} of many.\n\n`.repeat(3));
    const cells = [
      codeCell('draw();', [displayOutput(figure?.data ?? {})]),
      ...[...texts, 'THE END'].map(text => textCell(text)),
    ];
    await writeNotebook(join(desk.lab.folder, FILE), notebookWith(...cells));
  });
  after(() => desk?.leave());

  it('has all cells, dark on white, and figures as wide as the paper; then it is shown as before', async () => {
    const { lab, page } = desk;
    const notebook = await lab.open(page, FILE);
    const figure = page.locator('.js-plotly-plot .main-svg').first();
    const width = async () => Number(await figure.getAttribute('width'));
    await figure.waitFor();
    const wide = await width();
    await notebook.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
    const texts = page.locator('.jp-Notebook .jp-RenderedMarkdown > p');
    await texts.nth(3 * PARAGRAPHS).waitFor({ state: 'attached' });
    await page.locator('body[data-jp-theme-light="false"]').waitFor({ state: 'attached' });
    // The mode `full` keeps only visible cells in the page.
    for (const windowingMode of ['contentVisibility', 'full']) {
      await page.evaluate(
        mode => {
          const { content } = window.jupyterapp.shell.currentWidget;
          Object.assign(content, { notebookConfig: { ...content.notebookConfig, ...mode } });
        },
        { windowingMode },
      );
      // JupyterLab lays the cells out anew in the next frame.
      await page.evaluate('new Promise(done => requestAnimationFrame(() => setTimeout(done)))');
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      const sheets = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
      assert.ok(sheets.length >= 6, `${windowingMode}: ${sheets.length}`);
    }
    assert.equal(await width(), wide);

    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    assert.equal(await width(), 660);
    const end = page.locator('.jp-RenderedMarkdown', { hasText: 'THE END' });
    assert.equal(await end.isVisible(), true);
    assert.ok(((await end.boundingBox())?.y ?? 0) > 5_000);
    // JupyterLab's cell numbers are faint.
    const faint = (await faintTexts(page)).filter(text => !text.endsWith(' [1]:'));
    assert.deepEqual(faint, []);
    assert.equal(await page.locator('#jp-top-panel').isVisible(), false);
  });
});
