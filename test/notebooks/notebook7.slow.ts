import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Language } from '../../lib/digits/language';
import { projectRoot } from '../../lib/tools/project/paths';
import { startBrowser } from '../../lib/tools/publish/browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { Lab } from './lab';
import { assertDrawn, FIGURES, provideLesson } from './support';

const screenshots = join(projectRoot, 'build', 'screenshots');

/** Which digit the pad reads, the chance of the lesson's training decides. */
const words = {
  en: { locale: 'en', run: ['Run', 'Run All Cells'], says: /^The network says \d: (> )?\d+%\.$/ },
  zh: {
    locale: 'zh_CN',
    run: ['运行', '运行所有单元格'],
    says: /^网络认为这是 \d，概率 (> )?\d+%。$/,
  },
} as const;

describe('lesson in Jupyter Notebook 7', function () {
  this.timeout(300_000);
  for (const language of ['en', 'zh'] satisfies Language[]) {
    it(`runs, draws its figures, and reads a digit off the pad, in "${language}"`, async () => {
      const { locale, run, says } = words[language];
      const lab = await Lab.start(locale, 'notebook');
      let browser: Browser | undefined;
      try {
        browser = await startBrowser();
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        const notebook = await lab.open(page, await provideLesson(lab, language));
        await mkdir(screenshots, { recursive: true });
        const photograph = (name: string) =>
          page.screenshot({ path: join(screenshots, `notebook7-${language}-${name}.png`) });

        await (await notebook.startAll(...run))(200_000);
        assertDrawn(await notebook.figures(FIGURES));
        assert.deepEqual(await notebook.errors(), []);
        await photograph('end');

        const pad = new PadOnPage(notebook.cell('digitPad(').locator('[data-digit-pad]'));
        await pad.drawByMouse(SEVEN);
        assert.match((await pad.answer.textContent()) ?? '', says);
        await photograph('pad');
      } finally {
        await browser?.close();
        await lab.stop();
      }
    });
  }
});
