import assert from 'node:assert/strict';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Language, setLanguage, tables } from '../../../lib/digits/language';
import { oneUnit } from '../../../lib/digits/unit/one-unit';
import { exportHtml } from '../../../lib/tools/publish/html';
import { writeNotebook } from '../../../lib/tools/publish/notebook';
import { closePages, sharedBrowser } from '../../browser';
import { temporaryFolder } from '../../folder';
import { codeCell, notebookWith, shown } from '../../notebook';
import { openOffline } from '../../tools/publish/support';
import { inNotebook } from '../notebook/support';

describe('one unit in an exported page', function () {
  this.timeout(120_000);
  let browser: Browser;
  let folder: string;
  before(async () => {
    browser = await sharedBrowser();
    folder = temporaryFolder();
    for (const language of ['zh', 'en'] as const) {
      setLanguage(language);
      const cells = (await inNotebook(oneUnit)).map(({ data }) =>
        codeCell('oneUnit();', [shown(data)], { id: 'a' }),
      );
      await writeNotebook(join(folder, `${language}.ipynb`), notebookWith(...cells));
      await exportHtml([join(folder, `${language}.ipynb`)], folder, language);
    }
  });
  after(closePages);

  async function open(language: Language, options?: BrowserContextOptions) {
    const opened = await openOffline(browser, join(folder, `${language}.html`), options);
    return { ...opened, unit: opened.page.locator('[data-digit-unit]') };
  }

  it('computes as its sliders move, by keyboard too, and says when it has found the diagonal', async () => {
    const { page, unit, requests, errors } = await open('en');
    const { page: said } = tables.en.unit;
    const status = unit.getByRole('status');
    assert.equal(await status.textContent(), said.answers.replace('{h}', '1'));
    const slider = (name: string) => unit.getByRole('slider', { name });
    for (const place of ['upper right', 'lower left']) await slider(`Weight, ${place}`).fill('-1');
    for (const place of ['upper left', 'lower right']) await slider(`Weight, ${place}`).fill('1');
    assert.match(
      `${await unit.locator('.all').textContent()}`,
      /z = 1 × 1 \+ 0 × \(−1\) \+ 0 × \(−1\) \+ 1 × 1 \+ 0 = 2/,
    );
    assert.match(
      `${await unit.getByRole('button', { name: 'one pixel' }).textContent()}`,
      /h = 1$/,
    );
    await slider('Bias b').focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
    assert.equal(await slider('Bias b').getAttribute('aria-valuetext'), '−1');
    assert.equal(await status.textContent(), said.answers.replace('{h}', '1') + said.done);
    await unit.getByRole('button', { name: 'upper row' }).click();
    assert.equal(await status.textContent(), said.silent + said.done);
    // A click turns a pixel over: the row and one more, then the diagonal and one more.
    await unit.getByText('x₄ = 0').click();
    assert.equal(await slider('Pixel, lower right').inputValue(), '1');
    assert.deepEqual([...requests, ...errors], []);
  });

  it('fits pages of 1280, 800 and 390 pixels, and axe finds no fault, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, unit } = await open('zh', { colorScheme });
      for (const width of [1280, 800, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const each of await unit.locator('.all').locator('input, button, p').all()) {
          const box = (await each.boundingBox()) ?? assert.fail();
          assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        }
      }
      const { violations } = await new AxeBuilder({ page }).include('[data-digit-unit]').analyze();
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
        [],
      );
    }
  });

  it('is two examples where scripts do not run', async () => {
    const { unit } = await open('en', { javaScriptEnabled: false });
    assert.match(
      `${await unit.textContent()}`,
      /diagonal.*max\(0, 1\) = 1.*upper row.*max\(0, −1\) = 0/s,
    );
  });
});
