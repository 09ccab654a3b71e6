/** Finds what hangs together in a picture, and which of it is a digit. */
import { itemAt } from '../item-at';
import type { Ink } from './drawing';
import type { Box } from './mnist-picture';

/** Ink that hangs together. */
export interface Blob {
  readonly box: Box;
  readonly pixels: readonly number[];
  /** How many of them lie on the picture's edge. */
  readonly onEdge: number;
}

export function blobsOf({ width, height, grey }: Ink): Blob[] {
  const seen = new Uint8Array(grey.length);
  const blobs: Blob[] = [];
  for (let start = 0; start < grey.length; start++) {
    if (seen[start] || itemAt(grey, start) === 0) continue;
    seen[start] = 1;
    const pixels = [start];
    let [left, right, top, bottom, onEdge] = [width, 0, height, 0, 0];
    for (const i of pixels) {
      const [x, y] = [i % width, Math.floor(i / width)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) onEdge++;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column;
          if (seen[next] || itemAt(grey, next) === 0) continue;
          seen[next] = 1;
          pixels.push(next);
        }
      }
    }
    const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
    blobs.push({ box, pixels, onEdge });
  }
  return blobs;
}

/** A digit takes at least this share of the picture's longer side. */
const SMALLEST = 1 / 25;

/** Returns how much of half the square around it a blob covers: lines less than 1, a sheet of paper more. */
const fullness = ({ box, pixels }: Blob): number => (2 * pixels.length) / longer(box) ** 2;

/** A part of a digit, such as the bar of a 5, is no farther from the rest than this share of it. */
const GAP = 1 / 5;

/**
 * Chooses the largest digit, with its parts; one that is cut off at an edge, the nearer the edge, the less. A line along an
 * edge is none, nor is a frame around others.
 *
 * @param picture whose blobs they are
 */
export function digitAmong(blobs: readonly Blob[], picture: Pick<Ink, 'width' | 'height'>) {
  const shapes = blobs.filter(
    blob =>
      longer(blob.box) >= SMALLEST * longer(picture) &&
      fullness(blob) < 1 &&
      blob.onEdge <= longer(blob.box) / 2,
  );
  const digits = shapes.filter(
    ({ box }) =>
      !shapes.some(other => longer(other.box) > longer(box) / 3 && holds(box, other.box)),
  );
  const { width, height } = picture;
  const weight = (blob: Blob) => {
    const { box, onEdge } = blob;
    const [x, y] = [(2 * box.left + box.width) / width, (2 * box.top + box.height) / height];
    const aside = Math.max(Math.abs(x - 1), Math.abs(y - 1));
    return longer(box) * (1 - fullness(blob)) * (onEdge > 0 ? 0.4 * (1 - aside) : 1);
  };
  const main = digits.reduce<Blob | undefined>(
    (best, blob) => (best && weight(best) >= weight(blob) ? best : blob),
    undefined,
  );
  if (!main) return undefined;
  const size = longer(main.box);
  const isApart = ({ box }: Blob) => gap(main.box, box) > 0;
  const others = digits.filter(
    blob =>
      blob !== main && blob.onEdge === 0 && blob.box.height >= main.box.height / 2 && isApart(blob),
  );
  const parts = blobs.filter(
    blob =>
      blob === main ||
      (!others.includes(blob) &&
        blob.onEdge === 0 &&
        blob.pixels.length > 0.02 * main.pixels.length &&
        !holds(blob.box, main.box) &&
        gap(main.box, blob.box) < GAP * size),
  );
  return {
    pixels: parts.flatMap(part => part.pixels),
    weight: weight(main),
    others: others.length,
    isCut: main.onEdge > 0,
  };
}

const longer = ({ width, height }: Pick<Box, 'width' | 'height'>): number =>
  Math.max(width, height);

const holds = (a: Box, b: Box): boolean =>
  a.left < b.left &&
  a.top < b.top &&
  a.left + a.width > b.left + b.width &&
  a.top + a.height > b.top + b.height;

/** Returns how far apart two boxes are; 0 if they touch or overlap. */
function gap(a: Box, b: Box): number {
  const between = (from: number, size: number, other: number, its: number) =>
    Math.max(0, from - (other + its), other - (from + size));
  return Math.hypot(
    between(a.left, a.width, b.left, b.width),
    between(a.top, a.height, b.top, b.height),
  );
}
