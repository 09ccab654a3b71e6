/** Shows the pad where no script runs: two pictures, a drawing and the 28 × 28 that it becomes. */
import { pngAddress } from '../figures/png';
import { itemAt } from '../item-at';
import { type Drawing, SIDE } from './drawing';
import { mnistPicture, PICTURE } from './mnist-picture';

/** The width of a pixel of the 28 × 28. */
const ZOOM = 5;

/** PNGs, as addresses that hold them whole. */
export interface Still {
  readonly pad: string;
  readonly seen: string;
}

/** Draws both pictures. */
export function still({ ink }: Drawing): Still {
  const seen = mnistPicture(ink)?.pixels ?? new Float32Array(PICTURE * PICTURE);
  return {
    pad: pngAddress(bytes(ink.grey), SIDE),
    seen: pngAddress(bytes(enlarged(seen)), PICTURE * ZOOM),
  };
}

const bytes = (grey: Float32Array): Uint8Array =>
  Uint8Array.from(grey, value => Math.round(value * 255));

function enlarged(picture: Float32Array): Float32Array {
  const side = PICTURE * ZOOM;
  const shrink = (at: number) => Math.floor(at / ZOOM);
  return Float32Array.from({ length: side * side }, (_, i) =>
    itemAt(picture, shrink(i / side) * PICTURE + shrink(i % side)),
  );
}
