import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { setLanguage, tables } from '../../../lib/digits/language';
import type { Ink } from '../../../lib/digits/pad/drawing';
import { closePages, sharedBrowser } from '../../browser';
import { temporaryFolder } from '../../folder';
import { openOffline } from '../../publish/support';
import { ONE, PadOnPage, padBundle, SEVEN } from './hand';
import { inkOf, photoAsPng, type Scene } from './photo';

interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const lamp = (x: number, y: number) => 240 - 130 * x - 30 * y;
const onPaper: Scene = { paper: lamp, ink: (x, y) => 0.25 * lamp(x, y), grain: 8 };

/** A file of a grey picture. */
const png = (name: string, of: Ink, scene: Scene): File => ({
  ...{ name, mimeType: 'image/png' },
  buffer: Buffer.from(photoAsPng(of, scene), 'base64'),
});

const file = (name: string, content: string | Buffer, mimeType = 'image/png'): File => ({
  ...{ name, mimeType },
  buffer: Buffer.from(content),
});

/**
 * Has the browser write a picture as a camera would that was held askew: a JPEG of 12 MB, turned a
 * quarter to the left, with an orientation tag.
 */
async function jpeg(page: Page, of: File): Promise<File> {
  const base64 = await page.evaluate(async source => {
    const bytes = Uint8Array.from(atob(source), char => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = Object.assign(document.createElement('canvas'), { width: 2000, height: 2000 });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.rotate(-Math.PI / 2);
    context.drawImage(bitmap, -2000, 0, 2000, 2000);
    return canvas.toDataURL('image/jpeg', 1).replace(/^.*,/, '');
  }, of.buffer.toString('base64'));
  const bytes = Buffer.from(base64, 'base64');
  // Source: the standard Exif 2.32, 4.5 and 4.6.4: one entry, Orientation (0x0112), is 6.
  const note = Buffer.from(
    'ffe100224578696600004d4d002a00000008000101120003000000010006000000000000',
    'hex',
  );
  // A camera's own notes and previews, after the picture's end.
  const more = Buffer.alloc(12e6);
  const buffer = Buffer.concat([bytes.subarray(0, 2), note, bytes.subarray(2), more]);
  return { name: 'IMG_0007.JPG', mimeType: 'image/jpeg', buffer };
}

describe('a picture file on the pad', function () {
  this.timeout(120_000);
  this.retries(1);
  let page: Page;
  let pad: PadOnPage;
  let opened: Awaited<ReturnType<typeof openOffline>>;
  const { remarks, faults } = tables.en.pad.page.picture;

  before(async () => {
    setLanguage('en');
    const html = join(temporaryFolder(), 'pad.html');
    writeFileSync(html, `<meta charset="utf-8">${padBundle('trained')['text/html']}`);
    opened = await openOffline(await sharedBrowser(), html);
    page = opened.page;
    pad = new PadOnPage(page.locator('[data-digit-pad]'));
  });
  after(closePages);

  const answer = async () => (await pad.answer.textContent()) ?? '';
  const note = async () => (await pad.host.locator('.note').textContent()) ?? '';

  /** The message after files were processed. */
  async function faultText(): Promise<string> {
    const fault = pad.host.locator('.fault');
    const { reading } = tables.en.pad.page.picture;
    for (;;) {
      const text = (await fault.textContent()) ?? '';
      if (text !== reading) return text;
    }
  }
  async function choose(...files: File[]): Promise<string> {
    const choosing = page.waitForEvent('filechooser');
    await pad.host.locator('.open').focus();
    await page.keyboard.press('Enter');
    await (await choosing).setFiles(files);
    return faultText();
  }
  /** Hands over files as the mouse or the clipboard does. */
  async function hand(how: 'drop' | 'paste', ...files: File[]): Promise<string> {
    const inputs = files.map(({ buffer, ...rest }) => ({
      ...rest,
      base64: buffer.toString('base64'),
    }));
    const isLeft = await pad.canvas.evaluate(
      (canvas, { how, given }) => {
        const transfer = new DataTransfer();
        for (const { name, mimeType, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
          transfer.items.add(new File([bytes], name, { type: mimeType }));
        }
        const options = { bubbles: true, cancelable: true, composed: true };
        const event =
          how === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: transfer })
            : new ClipboardEvent('paste', { ...options, clipboardData: transfer });
        let isHeard = false;
        // JupyterLab would create a cell from the file.
        document.addEventListener(how, () => (isHeard = true), { once: true });
        return canvas.dispatchEvent(event) || isHeard;
      },
      { how, given: inputs },
    );
    assert.ok(!isLeft, 'the browser or JupyterLab would take the file');
    return faultText();
  }

  it('is chosen by the keyboard, a phone photo of 12 MB; it is turned upright, inverted, and read', async () => {
    const upright = png('seven.png', inkOf(SEVEN), onPaper);
    await choose(upright);
    const expected = await pad.levels();
    assert.equal(await choose(await jpeg(page, upright)), '');
    const levels = await pad.levels();
    const deviations = levels.filter((grey = 0, i) => Math.abs(grey - (expected[i] ?? 0)) > 60);
    assert.ok(deviations.length < 20, String(deviations.length));
    assert.match(await answer(), /says 7/);
    assert.equal(await note(), remarks.inverted);
    assert.equal(await pad.host.locator('.note').getAttribute('aria-live'), 'polite');
    await pad.drawByMouse([[20, 20]]);
    assert.equal(await note(), remarks.inverted, 'a line is drawn on top of it');
    await pad.clear.click();
    assert.equal(await note(), '');
    assert.match(await answer(), /^Draw a digit/);
  });

  it('is dropped, or pasted: a PNG of 28 × 28, white on black, which is left as it is', async () => {
    const small = { side: 28, size: 1, paper: () => 0, ink: () => 255 };
    for (const [how, digit, stroke] of [
      ['drop', 7, SEVEN],
      ['paste', 1, ONE],
    ] as const) {
      assert.equal(await hand(how, png('mnist.png', inkOf(stroke), small)), '');
      assert.match(await answer(), RegExp(`says ${digit}`));
      assert.ok(!(await note()).includes(remarks.inverted));
    }
  });

  it('is not taken where it is none, which is told, and the drawing stays', async () => {
    await pad.clear.click();
    await pad.drawByMouse(SEVEN);
    const [text, levels] = [await answer(), await pad.levels()];
    const seven = png('seven.png', inkOf(SEVEN), onPaper);
    const withName = (text: string, name: string) => text.replace('{name}', () => name);
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic0000mif1heic')]);
    for (const [expected, ...files] of [
      [withName(faults.other, 'notes.png'), file('notes.png', 'Seven, I think.')],
      [withName(faults.other, 'half.png'), file('half.png', seven.buffer.subarray(0, 20))],
      [withName(faults.other, 'IMG_1.HEIC'), file('IMG_1.HEIC', heic, 'image/heic')],
      [withName(faults.blank, '<b>$&.png'), png('<b>$&.png', inkOf(), { paper: lamp, ink: lamp })],
      [faults.many.replace('{count}', '2'), seven, seven],
      [faults.none],
    ] as [string, ...File[]][]) {
      assert.equal(await hand('drop', ...files).catch(() => hand('paste', ...files)), expected);
      assert.deepEqual([await answer(), await pad.levels()], [text, levels], expected);
    }
    assert.equal(await choose(seven), '', 'a picture thereafter takes the message away');
    assert.deepEqual([...opened.requests, ...opened.errors], []);
  });
});
