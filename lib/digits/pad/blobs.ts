/** Finds what hangs together in a picture, and which of it is a digit. */
import type { Ink } from './drawing';
import { type Box, boxAround, inked } from './mnist-picture';

/** Ink that hangs together. */
export interface Blob {
  readonly box: Box;
  readonly pixels: readonly number[];
  /** How many of them lie on the picture's edge. */
  readonly onEdge: number;
}

export function blobsOf(ink: Ink): Blob[] {
  const { width, height } = ink;
  const left = new Set(inked(ink));
  const isOnEdge = (i: number) =>
    i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1;
  return Array.from(left).flatMap(start => {
    if (!left.delete(start)) return [];
    const pixels = [start];
    for (const i of pixels) {
      const x = i % width;
      for (const by of [-width, 0, width]) {
        if (left.delete(i + by)) pixels.push(i + by);
        if (x > 0 && left.delete(i + by - 1)) pixels.push(i + by - 1);
        if (x < width - 1 && left.delete(i + by + 1)) pixels.push(i + by + 1);
      }
    }
    return { box: boxAround(pixels, width), pixels, onEdge: pixels.filter(isOnEdge).length };
  });
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
    isOneOfSeveral: within.some(isOther),
    isCut: main.onEdge > 0,
  };
}

/** Returns how much a blob looks like the digit: large, and rather whole than cut off at the edge. */
const weight = ({ box, onEdge }: Blob): number => longer(box) * (onEdge > 0 ? 0.4 : 1);

type Size = Pick<Box, 'width' | 'height'>;

const longer = ({ width, height }: Size): number => Math.max(width, height);

const holds = (a: Box, b: Box): boolean =>
  a.left < b.left &&
  a.top < b.top &&
  a.left + a.width > b.left + b.width &&
  a.top + a.height > b.top + b.height;

/** Returns how far apart two boxes are; 0 if they touch or overlap. */
function gap(a: Box, b: Box): number {
  const across = Math.max(0, a.left - b.left - b.width, b.left - a.left - a.width);
  const down = Math.max(0, a.top - b.top - b.height, b.top - a.top - a.height);
  return Math.hypot(across, down);
}
