import type { Annotations, Layout, LayoutAxis } from 'plotly.js';
import { itemAt } from '../item-at';
import { note } from './figure';
import { pngAddress, type Rgb } from './png';

/** Many small pictures of one size as a single large one. */
export interface ImageGrid {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** The pixels, row after row. */
  readonly pixels: Uint8Array;
  /** The left and upper edge of each picture, in pixels. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}

interface GridOptions {
  /** Pictures a row. */
  readonly columns: number;
  /** Pixels between neighbours; none at the edges. */
  readonly gap: number;
  /** Pixels between rows; defaults to `gap`. */
  readonly rowGap?: number;
  /** The value that fills the gaps, 0 to 255. */
  readonly fill: number;
}

/**
 * Lays pictures out row by row, their pixels too: one picture with all of them takes a tenth of the
 * space of as many heatmaps in a figure.
 */
export function imageGrid(
  pictures: readonly ArrayLike<number>[],
  [height, width]: readonly [number, number],
  { columns, gap, rowGap = gap, fill }: GridOptions,
): ImageGrid {
  const rows = Math.ceil(pictures.length / columns);
  const gridWidth = columns * (width + gap) - gap;
  const gridHeight = rows * (height + rowGap) - rowGap;
  const pixels = new Uint8Array(gridWidth * gridHeight).fill(fill);
  const corners = pictures.map((picture, i) => {
    const left = (i % columns) * (width + gap);
    const top = Math.floor(i / columns) * (height + rowGap);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        pixels[(top + y) * gridWidth + left + x] = itemAt(picture, y * width + x);
      }
    }
    return [left, top] as const;
  });
  return { width: gridWidth, height: gridHeight, pixels, corners };
}

/** Makes a trace of a grid: a pixel is one unit of the axes, the upper left corner (0, 0). */
export const gridTrace = ({ pixels, width }: ImageGrid, palette?: readonly Rgb[]): object => ({
  type: 'image',
  source: pngAddress(pixels, width, palette),
  // Plotly counts from the middle of the first pixel.
  x0: 0.5,
  y0: 0.5,
  hoverinfo: 'skip',
});

/** Makes axes that show a grid, or the rows of pixels from `top` to `bottom`, with square pixels. */
export function gridAxes(
  { width, height }: Pick<ImageGrid, 'width' | 'height'>,
  [top, bottom]: readonly [top: number, bottom: number] = [0, height],
): Pick<Layout, 'xaxis' | 'yaxis'> {
  const bare: Partial<LayoutAxis> = {
    ...{ showgrid: false, zeroline: false, showticklabels: false, ticks: '' },
    ...{ constrain: 'domain', fixedrange: true },
  };
  return {
    xaxis: { ...bare, range: [0, width] },
    yaxis: { ...bare, range: [bottom, top], scaleanchor: 'x', constraintoward: 'top' },
  };
}

/** The size of a caption's letters, in pixels, and the number of its lines. */
export interface CaptionOptions {
  readonly size: number;
  readonly lines: number;
}

/** Works out how high a caption is, in pixels. */
export const captionHeight = ({ size, lines }: CaptionOptions): number =>
  Math.ceil(1.3 * size * lines) + 4;

/** Writes the label of a sample over its prediction. */
export const caption = (label?: number, prediction?: number): string =>
  `y= ${label}<br>y_pred=${prediction}`;

/** Writes captions above the pictures of a grid; `inset` moves them down, in pixels. */
export const captionsOf = (
  { corners }: ImageGrid,
  width: number,
  captions: readonly string[],
  { size, inset = 0 }: { size: number; inset?: number },
): Partial<Annotations>[] =>
  captions.map((text, i) => {
    const [x, y] = itemAt(corners, i);
    return note(text, { x: x + width / 2, y: y + inset, yanchor: 'bottom', font: { size } });
  });

/** So many pictures a row leave room for their captions on a phone, 390 pixels wide. */
const COLUMNS = 4;
/** Between neighbours, in parts of a picture. */
const GAP = 0.3;
/** The height of a picture if there is room for it, in pixels: in a single row, and in several. */
const [ALONE, IN_ROWS] = [105, 84];

/**
 * Lays grey pictures out row by row, each with a caption above it, below room for a title in pixels.
 * Captions keep their size while the pictures shrink with the figure, so the rows stand as far apart
 * as that needs.
 */
export function captionedGrid(
  pictures: readonly ArrayLike<number>[],
  [height, width]: readonly [number, number],
  captions: readonly string[],
  options: CaptionOptions & { readonly above: number },
): { data: object[]; layout: Partial<Layout> & { annotations: Partial<Annotations>[] } } {
  const columns = Math.min(COLUMNS, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const room = captionHeight(options);
  const above = options.above + room;
  // On a phone a picture is 72 pixels wide.
  const rowGap = Math.ceil((width * room) / 72);
  const gaps = { gap: Math.round(GAP * width), rowGap, fill: 255 };
  const grid = imageGrid(pictures, [height, width], { columns, ...gaps });
  return {
    data: [gridTrace(grid)],
    layout: {
      ...gridAxes(grid),
      height: Math.round(above + ((rows > 1 ? IN_ROWS : ALONE) / height) * grid.height + 10),
      margin: { l: 10, r: 10, t: above, b: 10 },
      annotations: captionsOf(grid, width, captions, options),
    },
  };
}
