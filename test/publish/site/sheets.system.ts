/** The sheets in a browser, on screen and printed on A4. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { faintTexts } from '../support';
import { assertAccessible, serveSite } from './support';

describe('the sheets of the site', function () {
  this.retries(1);
  const site = serveSite();

  for (const [name, blank, most] of [
    ...[['en', 25, 5] as const, ['zh', 25, 5] as const],
    ...[['teacher.en', 0, 15] as const, ['teacher.zh', 0, 15] as const],
  ]) {
    it(`are printed on both sides of A4, dark on white, ${name}`, async () => {
      // As wide as A4 between the margins, 182 mm; 273 mm are 1031 pixels.
      const { page } = await site.open({
        viewport: { width: 687, height: 900 },
        colorScheme: 'dark',
      });
      await page.emulateMedia({ media: 'print' });
      await page.goto(`${site.server.address}sheets/${name}.html`);
      const sides = await page
        .locator('.sheet')
        .evaluateAll(all => all.map(sheet => sheet.clientHeight));
      ok(sides.length === 4 && Math.max(...sides) < 1031, sides.join(' '));
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      match(pdf, /\/MediaBox \[0 0 59[45]\S* 84[12]/);
      const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      ok(pages > 4 && pages <= most, String(pages));
      deepEqual(await faintTexts(page), []);
      equal(await page.locator('.screen:visible').count(), 0);
      const blanks = await page.locator('.blank, .lines').count();
      const answers = await page.locator('.found').count();
      ok(blank ? blanks > blank && answers === 0 : blanks === 0 && answers > 80);
    });
  }

  it('are found from the index, lead to each other, and fit a phone', async () => {
    const { page } = await site.open({
      viewport: { width: 390, height: 800 },
      colorScheme: 'dark',
    });
    await page.goto(`${site.server.address}?lang=zh`);
    for (const link of ['打印用学习单', '教师用', 'English', 'The sheets']) {
      await page.getByRole('link', { name: link, exact: true }).click();
      await page.waitForURL(/sheets/);
      // The English sheets use the same templates.
      if (/\p{Script=Han}/u.test(link)) await assertAccessible(page);
      equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, link);
    }
  });
});
