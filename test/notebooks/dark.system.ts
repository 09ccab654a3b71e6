/** Figures follow the theme of the page, also after a change. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { confusionMatrix, historyCurves } from '../../lib/digits/figures';
import { historyPicture } from '../../lib/digits/figures/history-picture';
import { display, LiveDisplay } from '../../lib/digits/notebook/display';
import { exportHtml } from '../../lib/publish/html';
import { writeNotebook } from '../../lib/publish/notebook';
import { inNotebook } from '../digits/notebook/support';
import { faintWords, shadesOf } from '../faint-words';
import { codeCell, displayOutput, notebookWith, PNG } from '../notebook';
import { openOffline } from '../publish/support';
import { type Desk, deskAt } from './lab';

const FILE = 'dark.ipynb';
const history = { loss: [0.33, 0.15, 0.11], val_loss: [0.2, 0.14, 0.12] };

describe('figures in a dark theme', function () {
  this.timeout(180_000);
  this.retries(1);
  let desk: Desk;
  before(async () => {
    desk = await deskAt(1280, 2000);
    const outputs = await inNotebook(() => {
      display(historyCurves(history));
      display(confusionMatrix([1, 2, 3, 3], [1, 2, 3, 8]));
      new LiveDisplay().picture(historyPicture(history));
    });
    // As figures are saved.
    for (const { data } of outputs.slice(0, 2)) Object.assign(data, { 'image/png': PNG });
    const cells = outputs.map(({ data }) => codeCell('', [displayOutput(data)]));
    await writeNotebook(join(desk.lab.folder, FILE), notebookWith(...cells));
  });
  after(() => desk?.leave());

  it('are drawn in JupyterLab, light on dark, in place of their saved pictures, which are kept', async () => {
    const { lab, page } = desk;
    const notebook = await lab.open(page, FILE);
    assert.equal(await page.locator('.js-plotly-plot').count(), 0);
    await notebook.command('apputils:change-theme', { theme: 'JupyterLab Dark' });
    await page.locator('.js-plotly-plot .main-svg').nth(5).waitFor({ state: 'attached' });
    assert.deepEqual(await faintWords(page, '.jp-Notebook'), []);
    const picture = page.locator('img.digits-picture');
    const [corner, brightest] = await shadesOf(picture);
    assert.deepEqual([corner, Number(brightest) > 200], [17, true]);
    const pictures = (await notebook.cells())
      .slice(0, 2)
      .flatMap(({ outputs: [output] }) =>
        output && 'data' in output ? output.data['image/png'] : [],
      );
    assert.deepEqual(pictures, [PNG, PNG]);
    await notebook.command('apputils:change-theme', { theme: 'JupyterLab Light' });
    await page.locator('[data-jp-theme-light=true]').waitFor({ state: 'attached' });
    assert.deepEqual(await faintWords(page, '.jp-Notebook'), []);
    assert.deepEqual((await shadesOf(picture))[0], 255);
  });

  it('are so on an exported page where the reader’s screen is dark, and printed dark on white', async () => {
    const { folder } = desk.lab;
    await exportHtml([join(folder, FILE)], folder, 'en');
    const options = { colorScheme: 'dark', viewport: { width: 1280, height: 2000 } } as const;
    const { page } = await openOffline(desk.browser, join(folder, 'dark.html'), options);
    const brightness = async () => (await shadesOf(page.locator('.js-plotly-plot').first()))[0];
    for (const [scheme, media, expected] of [
      ['dark', 'screen', 17],
      ['light', 'screen', 255],
      ['dark', 'print', 255],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme, media });
      assert.equal(await brightness(), expected, `${scheme} ${media}`);
      assert.deepEqual(await faintWords(page, '.jp-Notebook'), [], `${scheme} ${media}`);
    }
  });
});
