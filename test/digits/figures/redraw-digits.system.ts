import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { redrawDigits } from '../../../lib/digits/figures/redraw-digits';
import { itemAt } from '../../../lib/digits/item-at';
import { setLanguage } from '../../../lib/digits/language';
import { closePages, sharedBrowser } from '../../browser';
import { crop, pictureOf } from './support';

/** Sixty pictures of 4 × 4, the i-th of the grey i + 1; 7 is taken for 1. */
const images = {
  shape: [60, 4, 4],
  data: Uint8Array.from({ length: 960 }, (_, at) => Math.floor(at / 16) + 1),
};
const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 10);
const predictions = labels.map(label => (label === 7 ? 1 : label));

/** The same numbers every time, spread over [0, 1). */
function repeatable(): () => number {
  let i = 0;
  return () => (i++ * 0.618034) % 1;
}
const drawn = (draws?: number) =>
  redrawDigits(images, labels, predictions, { random: repeatable(), ...(draws ? { draws } : {}) });

/** The digits' greys on the sheet, draw after draw. */
function greys(figure = drawn()): number[] {
  const page = pictureOf(figure);
  const draws = (page.length + 10) / 14;
  return Array.from({ length: 4 * draws }, (_, i) => {
    const picture = crop(page, (i % 4) * 14, Math.floor(i / 4) * 14, 4, 4).flat();
    assert.equal(new Set(picture).size, 1, 'a whole picture');
    return itemAt(picture, 0);
  });
}

const captions = (figure = drawn()) =>
  (figure.layout.annotations ?? []).slice(1).map(({ text }) => String(text));

describe('redrawDigits', () => {
  afterEach(() => setLanguage('en'));

  it('draws twelve times four, no digit twice, each with its own label over the prediction', () => {
    const all = greys();
    assert.equal(new Set(all).size, 48);
    assert.deepEqual(
      captions(),
      all.map(grey => `y= ${labels[grey - 1]}<br>y_pred=${predictions[grey - 1]}`),
    );
  });

  it('draws others when it is called again', () => {
    const [one, two] = [0, 1].map(() => redrawDigits(images, labels, predictions));
    assert.notDeepEqual(greys(one), greys(two));
  });

  it('draws from all of the images, each as often as the others', () => {
    const all = Array.from({ length: 200 }, () =>
      greys(redrawDigits(images, labels, predictions, { draws: 1 })),
    ).flat();
    const counts = Array.from({ length: 60 }, (_, i) => all.filter(grey => grey === i + 1).length);
    // 800 draws of 60 pictures: 13 each, with a deviation of 3.5.
    assert.ok(Math.min(...counts) >= 1 && Math.max(...counts) < 40, counts.join(' '));
  });

  it('goes through as many draws as there are images for', () => {
    const nine = { shape: [9, 4, 4], data: images.data.slice(0, 144) };
    const figure = redrawDigits(nine, labels.slice(0, 9), predictions.slice(0, 9));
    assert.equal(captions(figure).length, 8);
  });

  it('needs no button where there is one draw', () => {
    assert.deepEqual(drawn(1).layout.updatemenus, []);
  });

  it('is titled as the original is, red on yellow, size 20, in both languages', () => {
    const title = () => drawn().layout.annotations?.[0] ?? {};
    assert.equal(title().text, 'Recognising any four of the<br>test set, drawn at random');
    assert.deepEqual(
      [title().font?.color, title().font?.size, title().bgcolor],
      ['red', 20, 'yellow'],
    );
    setLanguage('zh');
    assert.equal(title().text, '随机取出测试集中的<br>任意4个数据进行识别');
    assert.equal(drawn().layout.updatemenus?.[0]?.buttons?.[0]?.label, '再抽四张');
  });

  it('can be read without being seen, draw by draw', () => {
    const lines = drawn().text.split('\n');
    assert.equal(lines.length, 13);
    assert.match(lines[12] ?? '', /^12: y=\d y_pred=\d( · y=\d y_pred=\d){3}$/);
  });

  it('wants four images, and a label and a prediction for each', () => {
    const three = { shape: [3, 1, 1], data: [0, 0, 0] };
    assert.throws(
      () => redrawDigits(three, [0, 0, 0], [0, 0, 0]),
      /^RangeError: Expected at least 4 pictures to draw from but received 3\. Pass the whole test set\.$/,
    );
    assert.throws(() => redrawDigits(images, labels, [1]), /60 pictures, 60 labels, 1 prediction/);
    setLanguage('zh');
    assert.throws(
      () => redrawDigits(three, [0, 0, 0], [0, 0, 0]),
      /至少有 4 张图片可抽，收到的是 3 张/,
    );
  });

  describe('in a browser', () => {
    let browser: Browser;
    let page: Page;
    before(async () => {
      browser = await sharedBrowser();
    });
    beforeEach(async () => {
      page = await browser.newPage({ viewport: { width: 800, height: 400 } });
      await page.setContent('<!doctype html><body style="margin: 0"><div id="figure"></div>');
      await page.addScriptTag({ path: require.resolve('plotly.js-dist') });
    });
    afterEach(() => page.close());
    after(closePages);

    /** Draws the figure as a notebook saves it: what is no JSON is lost. */
    const draw = () =>
      page.evaluate(json => {
        const { data, layout, config } = JSON.parse(json);
        const { Plotly } = window as unknown as { Plotly: typeof import('plotly.js') };
        return Plotly.newPlot('figure', data, layout, config).then(() => {});
      }, JSON.stringify(drawn()));

    /** The captions in sight, without the title. */
    const inSight = async () => {
      const texts = await page.locator('.annotation-text').allTextContents();
      return texts.slice(1);
    };
    const expected = (draw: number) =>
      captions()
        .slice(4 * draw, 4 * draw + 4)
        .map(text => text.replace('<br>', ''));
    /** The grey at the middle of each of the four places, as it is on the screen. */
    const shown = async () => {
      const png = (await page.screenshot()).toString('base64');
      const plot = await page.locator('.plot .image, .im image').first().boundingBox();
      assert.ok(plot);
      return page.evaluate(
        async ({ png, left, width, y }) => {
          const image = new Image();
          image.src = `data:image/png;base64,${png}`;
          await image.decode();
          const context = Object.assign(document.createElement('canvas'), {
            width: image.width,
            height: image.height,
          }).getContext('2d') as CanvasRenderingContext2D;
          context.drawImage(image, 0, 0);
          const unit = width / 46;
          return [2, 16, 30, 44].map(x => context.getImageData(left + x * unit, y, 1, 1).data[0]);
        },
        { png, left: plot.x, width: plot.width, y: 150 },
      );
    };

    it('shows four others at each press, all twelve draws, and then the first again', async () => {
      await draw();
      const button = page.locator('.updatemenu-button');
      for (let press = 0; press <= 12; press++) {
        const draw = press % 12;
        assert.deepEqual(await inSight(), expected(draw), `after ${press} presses`);
        assert.deepEqual(await shown(), greys().slice(4 * draw, 4 * draw + 4));
        assert.equal(await button.count(), 1, 'one button at a time');
        await button.click();
        // The press changes the figure a little later.
        await page.waitForFunction(
          first => document.querySelectorAll('.annotation-text')[1]?.textContent !== first,
          null,
        );
        await page.waitForTimeout(50);
      }
    });

    it('stays whole in JupyterLab, where it takes the place of its saved picture', async () => {
      await page.evaluate(() => {
        const picture = document.createElement('p');
        picture.style.height = '350px';
        document.querySelector('#figure')?.append(picture);
      });
      await draw();
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
      const { height } = drawn().layout;
      await page.locator('.updatemenu-button').click();
      await page.waitForFunction(
        text => document.querySelectorAll('.annotation-text')[1]?.textContent === text,
        expected(1)[0],
      );
      assert.deepEqual(await size(), [800, height, '800']);
      await page.setViewportSize({ width: 600, height: 400 });
      await resize();
      assert.deepEqual(await size(), [600, height, '600']);
    });
  });
});
