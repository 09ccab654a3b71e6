import { text } from '../language';
import { checkCounts, classNumbers, DIGITS } from './classes';
import { type Figure, figure } from './figure';
import type { Given } from './given';
import { picturesOf, pixelsOf } from './pictures';
import { sheet, sheetAxes, sheetTrace } from './sheet';

/** Pixels between the digits. */
const GAP = 2;

/**
 * Shows a wall of digits, one row a class: how differently people write the same digit.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @param options.samples the first so many of each digit; defaults to 12.
 * @throws TypeError where either is missing or no numbers.
 * @throws RangeError unless there is one label for each image, from 0 to 9.
 * @example
 * digitWall(xTest, yTest).data.length; // 1
 * digitWall([[[0]], [[255]]], [7, 3]).data.length; // 1
 */
export function digitWall(
  images: Given,
  labels: Given,
  { samples = 12 }: { readonly samples?: number } = {},
): Figure {
  const pictures = picturesOf(images);
  const { count, height, width } = pictures;
  const classes = classNumbers(labels, 'labels');
  checkCounts({ pictures: count, labels: classes.length });
  const rows = firstOfEach(classes, samples);
  const blank = new Uint8Array(height * width);
  const shown = rows.flatMap(row =>
    Array.from({ length: samples }, (_, i) => {
      const at = row[i];
      return at === undefined ? blank : pixelsOf(pictures, at);
    }),
  );
  const wall = sheet(shown, [height, width], { columns: samples, gap: GAP, fill: 0 });
  const { xaxis, yaxis } = sheetAxes(wall);
  const counts = rows.map(row => row.length);
  return figure(
    [sheetTrace(wall)],
    {
      xaxis,
      yaxis: {
        ...yaxis,
        showticklabels: true,
        tickvals: rows.map((_, digit) => digit * (height + GAP) + height / 2),
        ticktext: rows.map((_, digit) => String(digit)),
        tickfont: { size: 18 },
        title: { text: text({ zh: '标签', en: 'Label' }) },
      },
      height: 400,
      margin: { l: 60, r: 20, t: 15, b: 15 },
    },
    text({
      zh: `数字墙：每行一个数字，从 0 到 9，张数依次为 ${counts.join('、')}。`,
      en: `A wall of digits: a row for each digit from 0 to 9, with ${counts.join(', ')} pictures.`,
    }),
  );
}

/** Finds the places of the first samples of each digit. */
function firstOfEach(labels: ArrayLike<number>, samples: number): number[][] {
  const places = Array.from(labels, (_, i) => i);
  return DIGITS.map(digit => places.filter(i => labels[i] === digit).slice(0, samples));
}
