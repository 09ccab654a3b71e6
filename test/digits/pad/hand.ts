/** Draws on a pad in a browser for the tests, and reads the texts of the pad. */
import type { CDPSession, Locator, Page } from 'playwright-core';
import { digitPad } from '../../../lib/digits/pad/digit-pad';
import { SIDE } from '../../../lib/digits/pad/drawing';
import { displayed } from '../notebook/support';

/** The output of a pad in a notebook. */
export const padBundle = (kind: Parameters<typeof digitPad>[0]) => displayed(() => digitPad(kind));

type Stroke = readonly (readonly [x: number, y: number])[];

/** Parses a stroke in the syntax of SVG's points, in units of the pad. */
export const strokeOf = (points: string): Stroke =>
  points.split(' ').map(point => point.split(',').map(Number) as [number, number]);

export const SEVEN = strokeOf('60,70 130,66 205,64 180,115 150,170 125,235');
export const ONE = strokeOf('150,45 145,140 138,240');

/** A pad in a page: the content of the shadow root, and the elements. */
export class PadOnPage {
  readonly canvas: Locator;
  readonly answer: Locator;
  readonly clear: Locator;
  readonly label: Locator;
  readonly line: Locator;
  readonly copy: Locator;
  /** The message about the line. */
  readonly said: Locator;
  constructor(
    readonly host: Locator,
    private readonly page: Page = host.page(),
  ) {
    this.canvas = host.locator('.draw canvas');
    this.answer = host.locator('.answer');
    this.clear = host.locator('.clear');
    this.label = host.locator('#label');
    this.line = host.locator('#line');
    this.copy = host.locator('.copy');
    this.said = host.locator('.said');
  }

  async drawByMouse(stroke: Stroke): Promise<void> {
    const [first, ...rest] = await this.places(stroke);
    if (!first) return;
    await this.page.mouse.move(first.x, first.y);
    await this.page.mouse.down();
    for (const { x, y } of rest) await this.page.mouse.move(x, y, { steps: 4 });
    await this.page.mouse.up();
  }

  async drawByTouch(stroke: Stroke, session: CDPSession): Promise<void> {
    const places = await this.places(stroke);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: typeof places) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    for (const [i, place] of places.entries()) {
      await touch(i === 0 ? 'touchStart' : 'touchMove', [place]);
    }
    await touch('touchEnd', []);
  }

  /** Draws with the arrow keys, in steps of a twenty-eighth of the pad, on the focused canvas. */
  async drawByKeys(...keys: (readonly [key: string, times: number])[]): Promise<void> {
    for (const [key, times] of keys) {
      for (let i = 0; i < times; i++) await this.page.keyboard.press(key);
    }
  }

  /** The ten percentages. */
  async percents(): Promise<number[]> {
    return (await this.host.locator('.percent').allTextContents()).map(text =>
      Number(/\d+/.exec(text)),
    );
  }

  /** How many pixels of the network's picture are brighter than half. */
  async bright(): Promise<number> {
    return (await this.levels()).filter((grey = 0) => grey > 127).length;
  }

  /** The grey of the 28 × 28 displayed pixels; undefined under the frame or the cross. */
  async levels(): Promise<(number | undefined)[]> {
    const side = 28 * 6;
    const rgba = await this.host
      .locator('.seen canvas')
      .evaluate((canvas: HTMLCanvasElement, side) => {
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        return [...context.getImageData(0, 0, side, side).data];
      }, side);
    return Array.from({ length: 784 }, (_, i) => {
      const corner = 6 * (side * Math.floor(i / 28) + (i % 28));
      const inner = [1, 4].flatMap(x => [1, 4].map(y => 4 * (corner + side * y + x)));
      const grey = inner.find(
        offset => rgba[offset] === rgba[offset + 1] && rgba[offset] === rgba[offset + 2],
      );
      return grey === undefined ? undefined : rgba[grey];
    });
  }

  private async places(stroke: Stroke): Promise<{ x: number; y: number }[]> {
    await this.canvas.scrollIntoViewIfNeeded();
    const box = (await this.canvas.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const zoom = box.width / SIDE;
    return stroke.map(([x, y]) => ({ x: box.x + x * zoom, y: box.y + y * zoom }));
  }
}
