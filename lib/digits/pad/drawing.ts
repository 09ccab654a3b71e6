/** A drawing on the pad: strokes of the pen, and the resulting ink. */
import { fromBase64, toBase64 } from '../format';
import { itemAt } from '../item-at';

/** The pad's side, in pad units and in pixels of ink. */
export const SIDE = 280;

/** The pen's line width in pad units: a tenth of a full-size digit. */
export const PEN = 24;

/** A point on the pad, both coordinates in [0, {@link SIDE}], from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A grey picture, row by row, from 0 (no ink) to 1 (full ink). */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly grey: Float32Array;
}

export interface DrawingContent {
  readonly strokes: readonly (readonly Point[])[];
  /** The picture below the strokes, a byte per pixel, in base64. */
  readonly picture?: string | undefined;
  readonly note: string;
}

/** A drawing of strokes, on black or on a grey picture. */
export class Drawing {
  strokes: Point[][] = [];
  readonly ink: Ink = { width: SIDE, height: SIDE, grey: new Float32Array(SIDE * SIDE) };
  /** The picture below the strokes, a byte per pixel. */
  picture: Uint8Array | undefined;
  /** Message about the picture, possibly empty. */
  note = '';

  begin(at: Point): void {
    this.strokes.push([at]);
    addLine(this.ink, at, at);
  }

  /** Extends the stroke to `to`, or starts a stroke if the pen was up. */
  extend(to: Point): void {
    const stroke = this.strokes.at(-1);
    const from = stroke?.at(-1);
    if (stroke && from) {
      stroke.push(to);
      addLine(this.ink, from, to);
    } else {
      this.begin(to);
    }
  }

  /** Replaces the drawing by a picture of {@link SIDE} × {@link SIDE}, a byte per pixel. */
  take(picture: Uint8Array, note: string): void {
    this.clear();
    this.picture = picture;
    this.note = note;
    this.ink.grey.set(Float32Array.from(picture, byte => byte / 255));
  }

  clear(): void {
    this.strokes = [];
    this.ink.grey.fill(0);
    this.picture = undefined;
    this.note = '';
  }

  get content(): DrawingContent {
    const { strokes, picture, note } = this;
    return { strokes, picture: picture && toBase64(picture), note };
  }

  load({ strokes, picture, note }: DrawingContent): void {
    this.clear();
    if (picture !== undefined) this.take(new Uint8Array(fromBase64(picture)), note);
    for (const [first, ...others] of strokes) {
      if (first) this.begin(first);
      for (const point of others) this.extend(point);
    }
  }
}

/** Draws a line with round ends. An edge pixel's grey is the covered share. */
function addLine({ width, height, grey }: Ink, from: Point, to: Point): void {
  const reach = PEN / 2 + 1;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(width, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(height, Math.ceil(Math.max(from.y, to.y) + reach));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const away = distance({ x: x + 0.5, y: y + 0.5 }, from, to);
      const covered = Math.min(1, Math.max(0, PEN / 2 + 0.5 - away));
      const pixel = y * width + x;
      if (covered > itemAt(grey, pixel)) grey[pixel] = covered;
    }
  }
}

function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  const along = length2 && ((point.x - from.x) * dx + (point.y - from.y) * dy) / length2;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}
