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
 * Chooses the largest digit, with its parts. A line along an edge is none, nor is a frame around others.
 *
 * @param picture whose blobs they are
 */
export function digitAmong(blobs: readonly Blob[], picture: Size) {
  const shapes = blobs.filter(
    blob =>
      longer(blob.box) >= SMALLEST * longer(picture) &&
      fullness(blob) < 1 &&
      blob.onEdge <= longer(blob.box) / 2,
  );
  const isFrame = ({ box }: Blob) =>
    shapes.some(other => longer(other.box) > longer(box) / 3 && holds(box, other.box));
  const digits = shapes.filter(shape => !isFrame(shape));
  const weight = (blob: Blob) => weightIn(picture, blob);
  const [main] = [...digits].sort((a, b) => weight(b) - weight(a));
  if (!main) return undefined;
  const isOther = (blob: Blob) =>
    digits.includes(blob) && blob.box.height >= main.box.height / 2 && gap(main.box, blob.box) > 0;
  const within = blobs.filter(blob => blob !== main && blob.onEdge === 0);
  const parts = within.filter(
    blob =>
      !isOther(blob) &&
      blob.pixels.length > 0.02 * main.pixels.length &&
      !holds(blob.box, main.box) &&
      gap(main.box, blob.box) < GAP * longer(main.box),
  );
  return {
    pixels: [main, ...parts].flatMap(part => part.pixels),
    weight: weight(main),
    isOneOfSeveral: within.some(isOther),
    isCut: main.onEdge > 0,
  };
}

/** Returns how much a blob looks like the digit: large, of lines, and whole, or at least in the middle. */
function weightIn({ width, height }: Size, blob: Blob): number {
  const { box, onEdge } = blob;
  const [x, y] = [(2 * box.left + box.width) / width, (2 * box.top + box.height) / height];
  const aside = Math.max(Math.abs(x - 1), Math.abs(y - 1));
  return longer(box) * (1 - fullness(blob)) * (onEdge > 0 ? 0.4 * (1 - aside) : 1);
}

type Size = Pick<Box, 'width' | 'height'>;

const longer = ({ width, height }: Size): number => Math.max(width, height);

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
