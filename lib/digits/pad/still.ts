/** Shows the pad where no script runs: two pictures, a drawing and the 28 × 28 that it becomes. */
import { pngAddress } from '../figures/png';
import { itemAt } from '../item-at';
import { Drawing, SIDE } from './drawing';
import { mnistPicture, PICTURE } from './mnist-picture';

/** The width of a pixel of the 28 × 28. */
const ZOOM = 5;

/** Draws both pictures, of a seven, as PNGs whose addresses hold them whole. */
export function still(): { pad: string; seen: string } {
  const { ink } = drawnSeven();
  const seen = mnistPicture(ink)?.pixels ?? new Float32Array(PICTURE * PICTURE);
  const side = PICTURE * ZOOM;
  const shrink = (at: number) => Math.floor(at / ZOOM);
  const enlarged = Float32Array.from({ length: side * side }, (_, i) =>
    itemAt(seen, shrink(i / side) * PICTURE + shrink(i % side)),
  );
  return { pad: pngAddress(bytes(ink.grey), SIDE), seen: pngAddress(bytes(enlarged), side) };
}

const bytes = (grey: Float32Array): Uint8Array =>
  Uint8Array.from(grey, value => Math.round(value * 255));

/** Draws a seven, as a hand would on the pad. */
function drawnSeven(): Drawing {
  const drawing = new Drawing();
  for (const [x, y] of [
    [72, 62],
    [140, 60],
    [205, 58],
    [182, 110],
    [150, 172],
    [124, 232],
  ] as const) {
    drawing.extend({ x, y });
  }
  return drawing;
}
