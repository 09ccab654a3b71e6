/** The sheets as a browser shows them, and as it prints them on A4. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { languages } from '../../../lib/tools/publish/source';
import { faintTexts } from '../publish/support';
import { assertAccessible, serveSite } from './support';

describe('the sheets of the site', function () {
  this.timeout(600_000);
  const site = serveSite();

  for (const language of languages) {
    it(`are printed on both sides of A4, dark on white, the key apart, ${language}`, async () => {
      const viewport = { width: 687, height: 900 }; // as wide as A4 between the margins, 182 mm
      const { page } = await site.open({ viewport, colorScheme: 'dark' });
      await page.emulateMedia({ media: 'print' });
      for (const [name, most] of [
        ['', 6],
        ['teacher.', 15],
      ] as const) {
        await page.goto(`${site.server.address}sheets/${name}${language}.html`);
        const sides = await page
          .locator('.sheet')
          .evaluateAll(all => all.map(side => side.clientHeight));
        ok(sides.length === 4 && Math.max(...sides) < 1031, sides.join(' ')); // 273 mm
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        match(pdf, /\/MediaBox \[0 0 59[45]\S* 84[12]/);
        const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
        ok(pages > 4 && pages <= most, String(pages));
        deepEqual(await faintTexts(page), []);
        equal(await page.locator('.screen:visible').count(), 0);
        const counts = [page.locator('.blank, .lines'), page.locator('.found')].map(all =>
          all.count(),
        );
        const [blank, filled] = await Promise.all(counts);
        deepEqual([Number(blank) > 25, Number(filled) > 80], name ? [false, true] : [true, false]);
      }
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
      if (link !== 'English') await assertAccessible(page);
      equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, link);
    }
  });
});
