import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { pngAddress } from '../../../lib/digits/figures/png';
import { itemAt } from '../../../lib/digits/item-at';
import { closePages, sharedBrowser } from '../../browser';
import { readPng } from './support';

const pictures = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc.tuple(
      fc.constant(width),
      fc.uint8Array({ minLength: width * height, maxLength: width * height }),
    ),
  );

describe('pngAddress', () => {
  it('keeps every pixel', () => {
    fc.assert(
      fc.property(pictures, ([width, pixels]) => {
        const rows = readPng(pngAddress(pixels, width));
        assert.deepEqual(rows.flat(), Array.from(pixels));
        assert.ok(rows.every(row => row.length === width));
      }),
    );
  });

  describe('in a browser', () => {
    let browser: Browser;
    before(async () => {
      browser = await sharedBrowser();
    });
    after(closePages);

    /** What a browser sees in the picture: red, green, blue and opacity of each pixel. */
    async function seen(address: string): Promise<number[]> {
      const page = await browser.newPage();
      return page.evaluate(async source => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const { width, height } = image;
        const context = Object.assign(document.createElement('canvas'), {
          width,
          height,
        }).getContext('2d') as CanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        return Array.from(context.getImageData(0, 0, width, height).data);
      }, address);
    }

    it('is read as greys', async () => {
      assert.deepEqual(
        await seen(pngAddress(Uint8Array.of(0, 128, 255, 7), 2)),
        [0, 128, 255, 7].flatMap(grey => [grey, grey, grey, 255]),
      );
    });

    it('is read as the colours of a palette', async () => {
      const colors = [
        [0, 114, 178],
        [255, 255, 255],
        [213, 94, 0],
      ] as const;
      assert.deepEqual(
        await seen(pngAddress(Uint8Array.of(2, 0, 1), 3, colors)),
        [2, 0, 1].flatMap(i => [...itemAt(colors, i), 255]),
      );
    });
  });
});
