import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions } from 'playwright-core';
import { setLanguage, tables } from '../../../lib/digits/language';
import { oneUnit } from '../../../lib/digits/unit/one-unit';
import { closePages, sharedBrowser } from '../../browser';
import { codeCell, displayOutput } from '../../notebook';
import { exportedPage, openOffline } from '../../publish/support';
import { inNotebook } from '../notebook/support';

const { page: texts } = tables.zh.unit;

describe('one unit in an exported page', function () {
  this.timeout(120_000);
  this.retries(1);
  let file: string;
  before(async () => {
    setLanguage('zh');
    const outputs = await inNotebook(oneUnit);
    const cells = outputs.map(({ data }) => codeCell('oneUnit();', [displayOutput(data)]));
    file = await exportedPage('zh', ...cells);
  });
  after(closePages);

  async function open(options?: BrowserContextOptions) {
    const opened = await openOffline(await sharedBrowser(), file, options);
    return { ...opened, unit: opened.page.locator('[data-digit-unit]') };
  }

  it('computes as its sliders move, by keyboard too, and says when it has found the diagonal', async () => {
    const { page, unit, requests, errors } = await open();
    const status = unit.getByRole('status');
    assert.equal(await status.textContent(), texts.answers.replace('{h}', '1'));
    const slider = (name: string) => unit.getByRole('slider', { name });
    for (const [at, weight] of [1, -1, -1, 1].entries()) {
      await slider(texts.weight + texts.places[at]).fill(`${weight}`);
    }
    assert.match(
      `${await unit.locator('.all').textContent()}`,
      /z = 1 × 1 \+ 0 × \(−1\) \+ 0 × \(−1\) \+ 1 × 1 \+ 0 = 2/,
    );
    const pattern = (at: number) => unit.getByRole('button', { name: texts.patterns[at] });
    assert.match(`${await pattern(5).textContent()}`, /h = 1$/);
    const bias = slider(texts.bias);
    await bias.focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
    assert.equal(await bias.getAttribute('aria-valuetext'), '−1');
    assert.equal(await status.textContent(), texts.answers.replace('{h}', '1') + texts.done);
    await slider(texts.weight + texts.places[0]).fill('0.5');
    await bias.fill('-0.5');
    const almost = texts.almost.replace('{x}', '0, 0, 0, 1');
    assert.equal(await status.textContent(), texts.answers.replace('{h}', '1') + almost);
    await slider(texts.weight + texts.places[0]).fill('1');
    await bias.fill('-1');
    await pattern(2).click();
    assert.equal(await status.textContent(), texts.silent + texts.done);
    // A click turns a pixel over.
    await unit.getByText('x₄ = 0').click();
    assert.equal(await slider(texts.pixel + texts.places[3]).inputValue(), '1');
    assert.deepEqual([...requests, ...errors], []);
  });

  it('fits pages of 1280, 800 and 390 pixels, and axe finds no fault, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, unit } = await open({ colorScheme });
      for (const width of [1280, 800, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const control of await unit.locator('.all').locator('input, button, p').all()) {
          const box = (await control.boundingBox()) ?? assert.fail();
          assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        }
      }
      const { violations } = await new AxeBuilder({ page }).include('[data-digit-unit]').analyze();
      assert.deepEqual(violations, []);
    }
  });

  it('is two examples where scripts do not run', async () => {
    const { unit } = await open({ javaScriptEnabled: false });
    assert.match(`${await unit.textContent()}`, /max\(0, 1\) = 1.*max\(0, 1\) = 1/s);
  });
});
