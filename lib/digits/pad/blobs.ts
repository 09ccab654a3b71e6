/** Finds connected ink in a picture, and selects the digit. */
import type { Ink } from './drawing';
import { type Box, boxAround, inked } from './mnist-picture';

/** A connected component of ink. */
export interface Blob {
  readonly box: Box;
  readonly pixels: readonly number[];
  /** Number of pixels on the picture's edge. */
  readonly onEdge: number;
}

export function blobsOf(ink: Ink): Blob[] {
  const { width, height } = ink;
  const remaining = new Set(inked(ink));
  const isOnEdge = (i: number) =>
    i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1;
  return Array.from(remaining).flatMap(start => {
    if (!remaining.delete(start)) return [];
    const pixels = [start];
    for (const i of pixels) {
      const x = i % width;
      for (const by of [-width, 0, width]) {
        if (remaining.delete(i + by)) pixels.push(i + by);
        if (x > 0 && remaining.delete(i + by - 1)) pixels.push(i + by - 1);
        if (x < width - 1 && remaining.delete(i + by + 1)) pixels.push(i + by + 1);
      }
    }
    return { box: boxAround(pixels, width), pixels, onEdge: pixels.filter(isOnEdge).length };
  });
}

/** Minimum size of a digit, as a share of the picture's longer side. */
const SMALLEST = 1 / 25;

/** Returns the pixel count relative to half of the bounding square: below 1 for lines, above 1 for a sheet of paper. */
const fullness = ({ box, pixels }: Blob): number => (2 * pixels.length) / longer(box) ** 2;

/** Maximum gap between parts of a digit, such as the bar of a 5, as a share of the digit's size. */
const GAP = 1 / 5;

/**
 * Returns the largest digit, including detached parts. Ignores lines along an edge and frames around other
 * blobs.
 *
 * @param picture the size of the whole picture
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

/** Returns the score of a blob as the main digit: larger and not cut off at the edge is better. */
const weight = ({ box, onEdge }: Blob): number => longer(box) * (onEdge > 0 ? 0.4 : 1);

type Size = Pick<Box, 'width' | 'height'>;

const longer = ({ width, height }: Size): number => Math.max(width, height);

const holds = (a: Box, b: Box): boolean =>
  a.left < b.left &&
  a.top < b.top &&
  a.left + a.width > b.left + b.width &&
  a.top + a.height > b.top + b.height;

/** Returns the distance between two boxes; 0 if the boxes touch or overlap. */
function gap(a: Box, b: Box): number {
  const across = Math.max(0, a.left - b.left - b.width, b.left - a.left - a.width);
  const down = Math.max(0, a.top - b.top - b.height, b.top - a.top - a.height);
  return Math.hypot(across, down);
}
