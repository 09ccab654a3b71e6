import { inflateSync } from 'node:zlib';
import type { Figure } from '../../../lib/digits/figures/figure';

/** The pixels of a PNG without filters, a byte each, as rows. */
export function readPng(address: string): number[][] {
  const png = Buffer.from(address.replace(/^data:image\/png;base64,/, ''), 'base64');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const at = png.indexOf('IDAT');
  const bytes = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return Array.from({ length: height }, (_, y) =>
    Array.from(bytes.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))),
  );
}

/** The pixels of the i-th trace of a figure, which is a picture. */
export function pictureOf({ data }: Figure, i = 0): number[][] {
  return readPng((data[i] as { source: string }).source);
}

/** The part of a picture whose upper left corner is at (x, y). */
export const crop = (rows: number[][], x: number, y: number, width: number, height: number) =>
  rows.slice(y, y + height).map(row => row.slice(x, x + width));
