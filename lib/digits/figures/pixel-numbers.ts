import type { LayoutAxis, Shape } from 'plotly.js';
import { grouped } from '../format';
import { type Given, readPictures } from '../input/given';
import { messages } from '../language';
import { COLORS, type Figure, GREYS, inPlot, note, picturePlot, roundedTo, rowsOf } from './figure';
import { stack } from './stack';

/**
 * Rows and columns of numbers. A digit of MNIST is 20 pixels high, and numbers of 12 pixels in 15 columns
 * fit a phone, 390 pixels wide.
 */
const [ROWS, COLUMNS] = [20, 15];
/** The end of the picture and the start of the words, in shares of the width. */
const [SPLIT, WORDS] = [0.38, 0.42];

/**
 * Shows a digit above the numbers that it is made of, each number in the place of its pixel. Of a large
 * picture it shows the 20 × 15 around the ink, in a blue frame.
 *
 * @param image a single picture as loaded, or as a tensor or lists, `[1, height, width]`, in [0, 255] or
 * [0, 1]; the numbers are those given.
 * @throws TypeError if it is missing or no numbers.
 * @throws RangeError unless it is a single picture.
 * @example
 * pixelNumbers(xTest.slice(0, 1)).data.length; // 2
 * pixelNumbers([[[0, 255]]]).data.length; // 2
 */
export function pixelNumbers(image: Given): Figure {
  const { count, size, scale, pixels } = readPictures(image);
  if (count !== 1) {
    throw new RangeError(messages().input.severalPictures(grouped(count), 'testX'));
  }
  const texts = messages().figures.pixelNumbers;
  const levels = pixels(0);
  const [height, width] = size;
  const rows = rowsOf(Array.from(levels), width);
  const lit = [...levels.keys()].filter(at => levels[at]);
  const inkRows = endsOf(height, lit, at => Math.floor(at / width));
  const inkColumns = endsOf(width, lit, at => at % width);
  const [top, bottom] = around(inkRows, height, ROWS);
  const [left, right] = around(inkColumns, width, COLUMNS);
  const framed = rows.slice(top, bottom).map(row => row.slice(left, right));
  const isWhole = bottom - top === height && right - left === width;
  const isAllFramed = framed.flat().filter(Boolean).length === lit.length;
  const rest = isAllFramed ? texts.restIsZero : texts.restIsLeftOut;
  const framing = isWhole ? [] : ['', texts.framed, rest];
  const written = (level: number) => inThreeCharacters(level / scale);
  const given = (level: number) => rounded(level / scale);
  const sizes = `${height} × ${width}`;
  const place = lit.length > 0 ? texts.place(...inkRows, ...inkColumns) : '';
  const frame: Partial<Shape> = {
    ...{ type: 'rect', x0: left - 0.5, x1: right - 0.5, y0: top - 0.5, y1: bottom - 0.5 },
    line: { color: '#56B4E9', width: 2 },
  };
  const hovertemplate = texts.hover;
  const shared = { type: 'heatmap', zmin: 0, zmax: 255, showscale: false, hovertemplate };
  const whole = { ...shared, z: rows, text: rows.map(row => row.map(written)), colorscale: GREYS };
  return stack(
    [
      {
        plots: [picturePlot(whole, [0, SPLIT], 'right')],
        ...{ height: 140, over: 10, under: 30 },
        notes: [
          note([texts.size(sizes), texts.ends(given(255)), ...framing].join('<br>'), {
            ...{ ...inPlot(WORDS, 'left', 1, 'top'), align: 'left' },
          }),
        ],
      },
      {
        plots: [
          {
            traces: [
              {
                ...{ ...shared, z: framed, y0: top, x0: left },
                // So light a blue that the numbers stay readable on it.
                colorscale: [
                  [0, 'white'],
                  [1, '#8fc4e8'],
                ],
                text: framed.map(row => row.map(written)),
                texttemplate: '%{text}',
                // Without a size, so that Plotly takes the largest that fits the cells.
                textfont: { color: COLORS.ink },
              },
            ],
            ratio: 0.8,
            x: { ...COUNTED, side: 'top' },
            y: { ...COUNTED, autorange: 'reversed', constraintoward: 'top' },
          },
        ],
        ...{ height: 412, under: 16 },
      },
    ],
    {
      l: 18,
      shapes: isWhole ? [] : [frame],
    },
    texts.words(sizes, given(255), lit.length, given(Math.max(...levels))) + place,
  );
}

type Ends = [first: number, last: number];

/** Finds the first and the last row or column with ink; those of all if there is none. */
function endsOf(length: number, lit: readonly number[], placeOf: (at: number) => number): Ends {
  const ink = lit.map(placeOf);
  return ink.length > 0 ? [Math.min(...ink), Math.max(...ink)] : [0, length - 1];
}

/** Finds the stretch, `most` long at most, whose middle is that of the ink. */
function around([first, last]: Ends, length: number, most: number): [from: number, to: number] {
  const side = Math.min(most, length);
  const from = Math.min(length - side, Math.max(0, Math.round((first + last + 1 - side) / 2)));
  return [from, from + side];
}

/** Writes a pixel as it was given, in three characters at most: 253, or .99. */
function inThreeCharacters(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const written = value.toFixed(2);
  return written === '1.00' ? '1.0' : written.replace(/^0/, '');
}

const rounded = roundedTo(100);

const COUNTED: Partial<LayoutAxis> = {
  constrain: 'domain',
  tick0: 0,
  dtick: 1,
  ticks: '',
  tickfont: { size: 10, color: COLORS.quiet },
  showgrid: false,
  zeroline: false,
};
