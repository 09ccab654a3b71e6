import { checkCounts, DIGITS, type Given, readClasses, readPictures } from '../input/given';
import { messages } from '../language';
import { type Figure, figure } from './figure';
import { imageGrid } from './image-grid';
import { note } from './notes';

/** Digits per row, and pixels between them. */
const [SAMPLES, GAP] = [12, 2];

/**
 * Shows the first twelve digits of each class in a row, to compare handwriting.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each image, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @example
 * digitWall(xTest, yTest).data.length; // 1
 * digitWall([[[0]], [[255]]], [7, 3]).data.length; // 1
 */
export function digitWall(images: Given, labels: Given): Figure {
  const { count, size, pixels } = readPictures(images);
  const classes = Array.from(readClasses(labels, 'labels'));
  checkCounts({ pictures: count, labels: classes.length });
  const places = classes.map((_, i) => i);
  const rows = DIGITS.map(digit => places.filter(i => classes[i] === digit).slice(0, SAMPLES));
  const [height] = size;
  const cells = rows.flatMap(row => Array.from({ length: SAMPLES }, (_, i) => row[i]));
  const wall = cells.map(index => (index === undefined ? undefined : pixels(index)));
  const { trace, axes } = imageGrid(wall, size, { columns: SAMPLES, gap: GAP, fill: 0 });
  const { label, digitWall: words } = messages().figures;
  return figure(
    [trace],
    {
      ...axes,
      yaxis: {
        ...axes.yaxis,
        showticklabels: true,
        tickvals: DIGITS.map(digit => digit * (height + GAP) + height / 2),
        ticktext: DIGITS.map(String),
        tickfont: { size: 18 },
      },
      height: 415,
      margin: { l: 40, r: 20, t: 32, b: 13 },
      annotations: [
        note(label, { x: 0, y: 0, xanchor: 'left', yanchor: 'bottom', xshift: -24, yshift: 5 }),
      ],
    },
    [words.rows(rows.map(row => row.length)), ...variety(rows, pixels)].join('\n'),
  );
}

/** Describes the digit whose pictures differ most in their amount of ink, and the difference. */
function variety(
  rows: readonly (readonly number[])[],
  pixels: (i: number) => Uint8Array,
): string[] {
  const [most] = rows
    .map((row, digit) => {
      const ink = row.map(i => pixels(i).filter(level => level > 0).length);
      return { digit, least: Math.min(...ink), most: Math.max(...ink) };
    })
    .filter(({ least }) => least > 0 && Number.isFinite(least))
    .sort((a, b) => b.most / b.least - a.most / a.least);
  if (!most || most.most === most.least) return [];
  return [messages().figures.digitWall.variety(most.digit, most.least, most.most)];
}
