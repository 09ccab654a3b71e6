/** Figures in a browser, on a phone too. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useDevice } from '../../../lib/digits/device/use';
import { redrawDigits, unitsBorn } from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { setLanguage } from '../../../lib/digits/language';
import { closePages, sharedBrowser } from '../../browser';
import { drawings } from './cases';
import { greyAt, greyPictures, notes, pictureOf } from './support';

/** Words of a figure, and the box that they fill on the screen, in pixels. */
interface Words {
  readonly words: string;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/** So much of a box, in pixels, is air beside the letters, and above and below them. */
const [AIR, LEADING] = [1, 4];

const overlap = ({ box: a }: Words, { box: b }: Words) =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > AIR &&
  Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > LEADING;

describe('figures in a browser', () => {
  let page: Page;

  before(async () => {
    await useDevice('cpu');
    page = await (await sharedBrowser()).newPage();
    await page.setContent('<!doctype html><body style="margin: 0"><div id="figure"></div>');
    await page.addScriptTag({ path: require.resolve('plotly.js-dist') });
  });
  after(closePages);

  /** Draws a figure as a notebook saves it: what is no JSON is lost. */
  const draw = ({ data, layout, config }: Figure) =>
    page.evaluate(json => {
      const { data, layout, config } = JSON.parse(json);
      const { Plotly } = window as unknown as { Plotly: typeof import('plotly.js') };
      return Plotly.newPlot('figure', data, layout, config).then(() => {});
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

  /** The colours of an image at some places, as the browser sees them: red, green, blue, opacity. */
  const seen = (source: string, places: readonly (readonly [x: number, y: number])[]) =>
    page.evaluate(
      async ([source, places]) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const { width, height } = image;
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        return places.map(([x, y]) => Array.from(context.getImageData(x, y, 1, 1).data));
      },
      [source, places] as const,
    );

  for (const language of ['zh', 'en'] as const) {
    it(`keep their words within them and apart, on a phone, in ${language}`, async () => {
      const width = 390;
      await page.setViewportSize({ width, height: 800 });
      setLanguage(language);
      const faults: string[] = [];
      for (const [name, make] of Object.entries(await drawings())) {
        const figure = make();
        await draw(figure);
        const words = await wordsInSight();
        assert.ok(words.length > 0 || name === 'digitWall of one', name);
        const height = Number(figure.layout.height);
        for (const [i, each] of words.entries()) {
          const [left, top, right, bottom] = each.box;
          if (left < -AIR || top < -AIR || right > width + AIR || bottom > height + AIR) {
            faults.push(`${name}: "${each.words}" is cut off`);
          }
          for (const other of words.slice(i + 1)) {
            if (overlap(each, other)) {
              faults.push(`${name}: "${each.words}" lies on "${other.words}"`);
            }
          }
        }
      }
      assert.deepEqual(faults, []);
    });
  }

  it('unitsBorn goes to a step by its slider, and on by its button, round and round', async () => {
    await page.setViewportSize({ width: 390, height: 600 });
    const at = (step: number) => ({ step, weights: [new Float32Array(784).fill(step)] });
    const snapshots = [0, 10, 100].map(at);
    await draw(unitsBorn({ size: [28, 28], snapshots }));
    const expectStep = async (step: number, row: number) => {
      await page
        .locator('.annotation-text')
        .filter({ hasText: new RegExp(`^Step ${step}\\D`) })
        .waitFor();
      assert.equal(await page.locator('.updatemenu-button').count(), 1);
      const state = await page.evaluate(() => {
        const { layout } = document.querySelector('#figure') as unknown as Pick<Figure, 'layout'>;
        return [layout.yaxis?.range?.[1], layout.sliders?.[0]?.active];
      });
      assert.deepEqual(state, [30 * row, row]);
    };
    await expectStep(100, 2);
    for (const [row, step] of [0, 10, 100, 0].entries()) {
      await page.locator('.updatemenu-button').click();
      await expectStep(step, row % 3);
    }
    const rail = (await page.locator('.slider-rail-touch-rect').boundingBox()) ?? assert.fail();
    await page.mouse.click(rail.x + rail.width / 2, rail.y + rail.height / 2);
    await expectStep(10, 1);
  });

  describe('redrawDigits', () => {
    const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 10);
    let figure: Figure;
    let captions: string[];
    before(() => {
      figure = redrawDigits(greyPictures(60), labels, labels, { draws: 3 });
      captions = notes(figure).map(text => text.replace('<br>', ''));
    });
    const button = () => page.locator('.updatemenu-button');
    const expected = (draw: number) => captions.slice(4 * draw + 1, 4 * draw + 5);
    const inSight = async () => (await page.locator('.annotation-text').allTextContents()).slice(1);
    const press = async (next: number) => {
      await button().click();
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
      const sheet = pictureOf(figure);
      for (let presses = 0; presses <= 3; presses++) {
        const shown = presses % 3;
        assert.deepEqual(await inSight(), expected(shown), `after ${presses} presses`);
        const plot = await page.locator('.plot .image, .im image').first().boundingBox();
        assert.ok(plot);
        const png = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
        const middles = [2, 16, 30, 44].map(x => [plot.x + (x * plot.width) / 46, 150] as const);
        assert.deepEqual(
          (await seen(png, middles)).map(([grey]) => grey),
          [0, 14, 28, 42].map(x => greyAt(sheet, x, 14 * shown, 4)),
        );
        assert.equal(await button().count(), 1, 'one button at a time');
        await press((presses + 1) % 3);
      }
    });

    it('stays whole in JupyterLab, where it takes the place of its saved picture', async () => {
      await page.setViewportSize({ width: 800, height: 400 });
      await page.evaluate(() => {
        const picture = document.createElement('p');
        picture.style.height = '350px';
        document.querySelector('#figure')?.replaceChildren(picture);
      });
      await draw(figure);
      /** What JupyterLab calls once it has drawn, and when the page changes its width. */
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
      assert.deepEqual(await size(), [800, figure.layout.height, '800']);
    });
  });
});
