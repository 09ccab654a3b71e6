/** Figures in a browser, on a phone too. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { useDevice } from '../../../lib/digits/device/use';
import { digitWall, redrawDigits, unitsBorn } from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { setLanguage } from '../../../lib/digits/language';
import { labExtension } from '../../../lib/lab/settings';
import { closePages, sharedBrowser } from '../../browser';
import { faintWords } from '../../faint-words';
import { drawings } from './cases';
import { greyPictures, notes } from './support';

/** Words of a figure, and the box that they fill on the screen, in pixels. */
interface Words {
  readonly words: string;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/** Scripts that draw and adapt figures on the page. */
interface Scripts {
  readonly Plotly: typeof import('plotly.js');
  dressFigure(figure: HTMLElement): void;
}

/** The margin of a box around the letters in pixels, horizontal and vertical. */
const [AIR, LEADING] = [1, 4];

const overlap = ({ box: a }: Words, { box: b }: Words) =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > AIR &&
  Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > LEADING;

/** A figure of each kind: lines, bars, words on a heat map and on points, digits with words between. */
const ON_DARK = [
  ...['historyCurves', 'classCounts', 'confusionMatrix', 'pixelNumbers', 'networkDiagram'],
  ...['redrawDigits', 'digitWall', 'unitsBorn'],
];

describe('figures in a browser', function () {
  this.retries(1);
  let page: Page;

  before(async () => {
    await useDevice('cpu');
    page = await (await sharedBrowser()).newPage();
    await page.setContent('<!doctype html><body style="margin: 0"><div id="figure"></div>');
    await page.addScriptTag({ path: require.resolve('plotly.js-dist') });
    await page.addScriptTag({ path: join(labExtension, 'figures.js') });
    await page.addStyleTag({ path: join(labExtension, 'figures.css') });
  });
  after(closePages);

  /** Draws a figure as a saved notebook would: values that JSON lacks are lost. */
  const draw = ({ data, layout, config }: Figure) =>
    page.evaluate(json => {
      const { data, layout, config } = JSON.parse(json);
      const { Plotly, dressFigure } = window as unknown as Scripts;
      document.querySelector('#figure')?.removeAttribute('style');
      return Plotly.newPlot('figure', data, layout, config).then(figure => {
        delete figure.dataset.dressed;
        dressFigure(figure);
      });
    }, JSON.stringify({ data, layout, config }));

  const wordsInSight = (): Promise<Words[]> =>
    page.evaluate(() =>
      Array.from(document.querySelectorAll<SVGTextElement>('#figure text'))
        .map(element => ({ element, rect: element.getBoundingClientRect() }))
        .filter(({ element, rect }) => rect.width > 0 && element.checkVisibility())
        .map(({ element, rect }) => ({
          words: element.textContent ?? '',
          box: [rect.left, rect.top, rect.right, rect.bottom] as const,
        })),
    );

  /** The visible part of a sheet, and the position of the slider. */
  const inSight = () =>
    page.evaluate(() => {
      const { layout } = document.querySelector('#figure') as unknown as Pick<Figure, 'layout'>;
      return [layout.yaxis?.range, layout.sliders?.[0]?.active];
    });

  for (const [language, width] of [
    ['zh', 390],
    // The width that JupyterLab leaves on a phone.
    ['en', 274],
  ] as const) {
    it(`keep their words within them and apart, and no void below, ${width} pixels wide, in ${language}`, async () => {
      await page.setViewportSize({ width, height: 800 });
      setLanguage(language);
      const faults: string[] = [];
      for (const [name, make] of Object.entries(await drawings())) {
        await draw(make());
        const words = await wordsInSight();
        assert.ok(words.length > 0 || name === 'digitWall of one', name);
        const height = (await page.locator('#figure').boundingBox())?.height ?? 0;
        words.forEach((word, i) => {
          const [left, top, right, bottom] = word.box;
          if (left < -AIR || top < -AIR || right > width + AIR || bottom > height + AIR) {
            faults.push(`${name}: "${word.words}" is cut off`);
          }
          for (const other of words.slice(i + 1).filter(other => overlap(word, other))) {
            faults.push(`${name}: "${word.words}" lies on "${other.words}"`);
          }
        });
        const blank = await page.locator('#figure').evaluate(host => {
          const elements = [...host.querySelectorAll('text, .nsewdrag')];
          const ends = elements.map(part => part.getBoundingClientRect().bottom);
          return host.getBoundingClientRect().bottom - Math.max(...ends);
        });
        if (blank > 60) faults.push(`${name}: ${blank} pixels are blank`);
      }
      assert.deepEqual(faults, []);
    });
  }

  it('of pictures follow the width of the window in their height', async () => {
    await draw(digitWall(greyPictures(3), [1, 2, 3]));
    for (const [width = 0, height] of [
      [1280, 415],
      [270, 221],
      [800, 415],
    ]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(() => (window as unknown as Scripts).Plotly.Plots.resize('figure'));
      assert.equal(await page.evaluate(() => document.documentElement.offsetHeight), height);
    }
  });

  it('keep their words readable, and digits white on black, when the theme turns dark', async () => {
    setLanguage('en');
    const faults: string[] = [];
    for (const [name, make] of Object.entries(await drawings())) {
      if (!ON_DARK.includes(name)) continue;
      const figure = make();
      await page.setViewportSize({ width: 820, height: Number(figure.layout.height) });
      await draw(figure);
      for (const theme of ['light', 'dark']) {
        await page.evaluate(theme => {
          document.body.dataset.jpThemeLight = String(theme === 'light');
          document.body.style.background = theme === 'light' ? 'white' : '#111';
        }, theme);
        const faint = await faintWords(page, '#figure');
        faults.push(...faint.map(fault => `${name}, ${theme}: ${fault}`));
      }
      assert.equal(
        (await page.locator('.digits-grey').count()) > 0,
        /[dD]igit|pixel/.test(name),
        name,
      );
    }
    assert.deepEqual(faults, []);
  });

  it('unitsBorn goes to a step by its slider, and on by its button, round and round', async () => {
    await page.setViewportSize({ width: 274, height: 600 });
    const snapshotAt = (step: number) => ({ step, weights: [new Float32Array(784).fill(step)] });
    await draw(unitsBorn({ size: [28, 28], snapshots: [0, 10, 100].map(snapshotAt) }));
    const expectStep = async (step: number, row: number) => {
      const hasText = new RegExp(`^Step ${step}\\D`);
      await page.locator('.annotation-text').filter({ hasText }).waitFor();
      assert.equal(await page.locator('.updatemenu-button').count(), 1);
      assert.deepEqual(await inSight(), [[30 * row + 28, 30 * row], row]);
    };
    await expectStep(100, 2);
    for (const [row, step] of [0, 10, 100, 0].entries()) {
      await page.locator('.updatemenu-button').click();
      await expectStep(step, row % 3);
    }
    await page.locator('.slider-rail-touch-rect').click();
    await expectStep(10, 1);
  });

  describe('redrawDigits', () => {
    const labels = Uint8Array.from({ length: 12 }, (_, i) => i % 10);
    let figure: Figure;
    let captions: string[];
    before(() => {
      figure = redrawDigits(greyPictures(12), labels, labels);
      captions = notes(figure).map(text => text.replace('<br>', ''));
    });
    const expected = (draw: number) => captions.slice(4 * draw + 1, 4 * draw + 5);
    const digits = async () => (await page.locator('.annotation-text').allTextContents()).slice(1);
    const press = async (next: number) => {
      await page.locator('.updatemenu-button').click();
      // The press changes the figure a little later.
      await page.waitForFunction(
        text => document.querySelectorAll('.annotation-text')[1]?.textContent === text,
        expected(next)[0],
      );
      await page.waitForTimeout(50);
    };

    it('shows four others at each press, all draws, and then the first again', async () => {
      await page.setViewportSize({ width: 800, height: 400 });
      await draw(figure);
      for (let presses = 0; presses <= 3; presses++) {
        const index = presses % 3;
        assert.deepEqual(await digits(), expected(index), `after ${presses} presses`);
        assert.deepEqual((await inSight())[0], [14 * index + 4, 14 * index]);
        assert.equal(await page.locator('.updatemenu-button').count(), 1, 'one button at a time');
        await press((presses + 1) % 3);
      }
    });

    it('stays whole in JupyterLab, where it takes the place of its saved picture', async () => {
      await page.setViewportSize({ width: 1100, height: 400 });
      await page.evaluate(() => {
        const picture = document.createElement('p');
        picture.style.height = '350px';
        document.querySelector('#figure')?.replaceChildren(picture);
      });
      await draw(figure);
      /** JupyterLab calls this function after drawing, and when the width of the page changes. */
      const resize = () =>
        page.evaluate(() => {
          document.querySelector('#figure p')?.remove();
          const { Plotly } = window as unknown as { Plotly: typeof import('plotly.js') };
          return Plotly.Plots.resize('figure');
        });
      const size = async () => {
        const { width, height } = (await page.locator('#figure').boundingBox()) ?? {};
        return [width, height, await page.locator('.main-svg').first().getAttribute('width')];
      };
      await resize();
      await press(1);
      assert.deepEqual(await size(), [1100, figure.layout.height, '1100']);
    });
  });
});
