import { text } from '../language';
import { checkClasses, checkCounts, DIGITS } from './classes';
import { type Figure, figure } from './figure';
import { measure, type Pictures, pixelsOf } from './pictures';
import { sheet, sheetAxes, sheetTrace } from './sheet';

/** Pixels between the digits. */
const GAP = 2;

/**
 * Shows a wall of digits, one row a class: how differently people write the same digit.
 *
 * @param images as loaded, `[n, height, width]`.
 * @param labels the digit of each, 0 to 9.
 * @param options.samples the first so many of each digit; defaults to 12.
 * @throws RangeError unless there is one label for each image, from 0 to 9.
 * @example
 * const images = { shape: [2, 1, 1], data: [0, 255] };
 * digitWall(images, [7, 3]).data.length; // 1
 */
export function digitWall(
  images: Pictures,
  labels: ArrayLike<number>,
  { samples = 12 }: { readonly samples?: number } = {},
): Figure {
  const { count, height, width } = measure(images);
  checkCounts({ images: count, labels: labels.length });
  checkClasses(labels);
  const rows = firstOfEach(labels, samples);
  const blank = new Uint8Array(height * width);
  const pictures = rows.flatMap(row =>
    Array.from({ length: samples }, (_, i) => {
      const at = row[i];
      return at === undefined ? blank : pixelsOf(images, at);
    }),
  );
  const wall = sheet(pictures, [height, width], { columns: samples, gap: GAP, fill: 0 });
  const { xaxis, yaxis } = sheetAxes(wall);
  const shown = rows.map(row => row.length);
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
      height: 520,
      margin: { l: 60, r: 20, t: 15, b: 15 },
    },
    text({
      zh: `数字墙：每行一个数字，从 0 到 9，每个数字的张数依次为 ${shown.join('、')}。`,
      en: `A wall of digits: a row for each digit from 0 to 9, with ${shown.join(', ')} pictures.`,
    }),
  );
}

/** Finds the places of the first samples of each digit. */
function firstOfEach(labels: ArrayLike<number>, samples: number): number[][] {
  const places = Array.from(labels, (_, i) => i);
  return DIGITS.map(digit => places.filter(i => labels[i] === digit).slice(0, samples));
}
