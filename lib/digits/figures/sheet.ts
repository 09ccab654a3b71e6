import type { Data, LayoutAxis } from 'plotly.js';
import { pngAddress, type Rgb } from './png';

/** Many small pictures of one size as a single large one. */
export interface Sheet {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** The pixels, row after row. */
  readonly pixels: Uint8Array;
  /** The left and upper edge of each picture, in pixels. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}

/** Options of {@link sheet}. */
export interface SheetOptions {
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
 * Lays pictures out row by row.
 *
 * One picture with all of them takes a tenth of the space of as many heatmaps in a figure.
 *
 * @param pictures pixels row after row, all `[height, width]`.
 */
export function sheet(
  pictures: readonly ArrayLike<number>[],
  [height, width]: readonly [number, number],
  { columns, gap, rowGap = gap, fill }: SheetOptions,
): Sheet {
  const rows = Math.ceil(pictures.length / columns);
  const [sheetWidth, sheetHeight] = [
    columns * (width + gap) - gap,
    rows * (height + rowGap) - rowGap,
  ];
  const pixels = new Uint8Array(sheetWidth * sheetHeight).fill(fill);
  const corners = pictures.map((picture, i) => {
    const [left, top] = [
      (i % columns) * (width + gap),
      Math.floor(i / columns) * (height + rowGap),
    ];
    Array.from(picture).forEach((pixel, at) => {
      const [x, y] = [left + (at % width), top + Math.floor(at / width)];
      pixels[y * sheetWidth + x] = pixel;
    });
    return [left, top] as const;
  });
  return { width: sheetWidth, height: sheetHeight, pixels, corners };
}

/** Makes a trace of a sheet: a pixel is one unit of the axes, the upper left corner (0, 0). */
export function sheetTrace({ pixels, width }: Sheet, palette?: readonly Rgb[]): Data {
  return {
    type: 'image',
    source: pngAddress(pixels, width, palette),
    // Plotly counts from the middle of the first pixel.
    x0: 0.5,
    y0: 0.5,
    hoverinfo: 'skip',
  } as Data;
}

/** Makes axes that show a sheet, or the part of it in `x` and `y`, with square pixels. */
export function sheetAxes(
  { width, height }: { readonly width: number; readonly height: number },
  { x = [0, width], y = [0, height] }: { x?: [number, number]; y?: [number, number] } = {},
): { xaxis: Partial<LayoutAxis>; yaxis: Partial<LayoutAxis> } {
  const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: '' } as const;
  return {
    xaxis: { ...bare, range: x, constrain: 'domain', fixedrange: true },
    yaxis: {
      ...bare,
      range: [y[1], y[0]],
      scaleanchor: 'x',
      constrain: 'domain',
      constraintoward: 'top',
      fixedrange: true,
    },
  };
}
