import type { Annotations, Data, Layout } from 'plotly.js';
import { itemAt } from '../item-at';
import { sheet, sheetAxes, sheetTrace } from './sheet';

/** So many pictures a row leave room for their captions on a phone, 390 pixels wide. */
export const COLUMNS = 4;
/** Between neighbours, in parts of a picture. */
export const GAP = 0.3;
/** The height of a picture where there is room for it, in pixels: in a single row, and in several. */
const [ALONE, IN_ROWS] = [105, 84];

/** Options of {@link captioned}. */
export interface CaptionOptions {
  /** The size of the captions' letters, in pixels. */
  readonly size: number;
  /** Lines of each caption. */
  readonly lines: number;
  /** Room above for a title, in pixels. */
  readonly above: number;
}

/** Works out how high a caption is, in pixels. */
export const captionHeight = ({ size, lines }: Pick<CaptionOptions, 'size' | 'lines'>): number =>
  Math.ceil(1.3 * size * lines) + 4;

/**
 * Lays grey pictures out row by row, each with a caption above it.
 *
 * Captions keep their size where the figure is narrow and its pictures shrink, so the rows stand as far
 * apart as that needs.
 *
 * @param pictures pixels row after row, all `[height, width]`.
 * @param captions with `<br>` between their lines, one a picture.
 */
export function captioned(
  pictures: readonly ArrayLike<number>[],
  [height, width]: readonly [number, number],
  captions: readonly string[],
  options: CaptionOptions,
): { data: Data[]; layout: Partial<Layout> & { annotations: Partial<Annotations>[] } } {
  const columns = Math.min(COLUMNS, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const room = captionHeight(options);
  // On a phone a picture is 72 pixels wide.
  const rowGap = Math.ceil((width * room) / 72);
  const page = sheet(pictures, [height, width], {
    columns,
    gap: Math.round(GAP * width),
    rowGap,
    fill: 255,
  });
  return {
    data: [sheetTrace(page)],
    layout: {
      ...sheetAxes(page),
      height: Math.round(
        options.above + room + ((rows > 1 ? IN_ROWS : ALONE) / height) * page.height + 10,
      ),
      margin: { l: 10, r: 10, t: options.above + room, b: 10 },
      annotations: captions.map((caption, i) => {
        const [x, y] = itemAt(page.corners, i);
        return {
          text: caption,
          x: x + width / 2,
          y,
          yanchor: 'bottom',
          showarrow: false,
          font: { size: options.size },
        };
      }),
    },
  };
}
