/** Checks a drawing for features that make any digit hard to read. */
import { itemAt } from '../item-at';
import type { Ink } from './drawing';
import type { Box } from './mnist-picture';

/** Advice for drawing: larger, only a single digit, or lines instead of the background. */
export type Advice = 'larger' | 'single' | 'lines';

/** Smaller digits, as a share of the pad, become too thick after scaling. */
const SMALL = 0.35;

/** With two digits, each has at least this share of the ink. */
const PART = 0.2;

/** Lines cover less than this share of a large frame. */
const FULL = 0.6;

/** Returns the first problem of the ink in a box, or undefined if the ink looks like a digit. */
export function advice({ width, height, grey }: Ink, from: Box): Advice | undefined {
  const side = Math.max(width, height);
  const columns = Array.from({ length: from.width }, (_, x) => {
    let ink = 0;
    for (let y = 0; y < from.height; y++)
      ink += itemAt(grey, (from.top + y) * width + from.left + x);
    return ink;
  });
  const ink = columns.reduce((a, b) => a + b);
  const gap = columns.indexOf(0);
  if (gap >= 0) {
    const leftInk = columns.slice(0, gap).reduce((a, b) => a + b);
    if (Math.min(leftInk, ink - leftInk) > PART * ink) return 'single';
  }
  if (Math.max(from.width, from.height) < SMALL * side) return 'larger';
  const isLarge = Math.min(from.width, from.height) > side / 2;
  return isLarge && ink > FULL * from.width * from.height ? 'lines' : undefined;
}
