/** Photos of a digit for the tests: ink on paper, in the light, the grain and the surroundings that they name. */
import { pngAddress } from '../../../lib/digits/figures/png';
import { itemAt } from '../../../lib/digits/item-at';
import { Drawing, type Ink } from '../../../lib/digits/pad/drawing';
import type { Pixels } from '../../../lib/digits/pad/picture-file';

type Light = (x: number, y: number) => number;

export interface Scene {
  readonly side?: number;
  /** The digit's size and middle, as shares of the picture. */
  readonly size?: number;
  readonly middle?: readonly [x: number, y: number];
  /** The grey of the paper, 0 to 255, at each position, x and y in [0, 1]; and the grey of the ink. */
  readonly paper: Light;
  readonly ink: Light;
  /** An object that covers the paper, or `undefined`. */
  readonly table?: (x: number, y: number) => number | undefined;
  /** The standard deviation of the grain. */
  readonly grain?: number;
}

/** Draws the strokes of a digit on the pad. */
export function inkOf(...strokes: (readonly (readonly [x: number, y: number])[])[]): Ink {
  const drawing = new Drawing();
  for (const stroke of strokes) {
    stroke.forEach(([x, y], i) => {
      drawing[i === 0 ? 'begin' : 'extend']({ x, y });
    });
  }
  return drawing.ink;
}

/** Takes a photo of a square of ink on the paper. */
export function photo(of: Ink, scene: Scene): Pixels {
  const { side = 240, size = 0.5, middle = [0.5, 0.5], paper, ink, table, grain = 0 } = scene;
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side];
    const [column, row] = [(x - middle[0]) / size + 0.5, (y - middle[1]) / size + 0.5];
    const isOn = Math.min(column, row) >= 0 && Math.max(column, row) < 1;
    const index = Math.floor(row * of.height) * of.width + Math.floor(column * of.width);
    const share = isOn ? itemAt(of.grey, index) : 0;
    const light = table?.(x, y) ?? paper(x, y) * (1 - share) + ink(x, y) * share;
    data.fill(light + grain * Math.sqrt(12) * (Math.random() - 0.5), 4 * i, 4 * i + 3);
  }
  return { width: side, height: side, data };
}

/** The same as a grey PNG, in base64. */
export function photoAsPng(of: Ink, scene: Scene): string {
  const { data, width } = photo(of, scene);
  const grey = Uint8Array.from({ length: data.length / 4 }, (_, i) => itemAt(data, 4 * i));
  return pngAddress(grey, width).replace(/^.*,/, '');
}
