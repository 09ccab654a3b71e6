import type { LayoutAxis, Shape } from 'plotly.js';
import { grouped } from '../format';
import { type Given, readPictures } from '../input/given';
import { messages } from '../language';
import { COLORS, colorScale, GREYS } from './colors';
import type { Figure } from './figure';
import { inPlot, note } from './notes';
import { roundedTo } from './numbers';
import { picturePlot, rowsOf } from './pictures';
import { stack } from './stack';

/**
 * Rows and columns of numbers. An MNIST digit is 20 pixels high, and 15 columns of 12-pixel numbers fit on a
 * phone, 390 pixels wide.
 */
const [ROWS, COLUMNS] = [20, 15];
/** End of the picture and start of the text, in shares of the width. */
const [SPLIT, WORDS] = [0.38, 0.42];

/**
 * Shows a digit above its pixel values, each number at the position of its pixel. For a large picture, only the
 * 20 × 15 pixels around the ink are shown, in a blue frame.
 *
 * @param image a single picture as loaded, or as a tensor or lists, `[1, height, width]`, in [0, 255] or [0,
 * 1]; the numbers are the input values.
 * @example
 * pixelNumbers(xTest.slice(0, 1)).data.length; // 2
 * pixelNumbers([[[0, 255]]]).data.length; // 2
 */
export function pixelNumbers(image: Given): Figure {
  const { count, size, scale, pixels } = readPictures(image);
  if (count !== 1) {
    throw new RangeError(messages().input.severalPictures(grouped(count), 'testImages'));
  }
  const texts = messages().figures.pixelNumbers;
  const levels = pixels(0);
  const [height, width] = size;
  const rows = rowsOf(Array.from(levels), width);
  const lit = [...levels.keys()].filter(pixel => levels[pixel]);
  const inkRows = endsOf(height, lit, pixel => Math.floor(pixel / width));
  const inkColumns = endsOf(width, lit, pixel => pixel % width);
  const [top, bottom] = around(inkRows, height, ROWS);
  const [left, right] = around(inkColumns, width, COLUMNS);
  const framed = rows.slice(top, bottom).map(row => row.slice(left, right));
  const isWhole = bottom - top === height && right - left === width;
  const isAllFramed = framed.flat().filter(Boolean).length === lit.length;
  const rest = isAllFramed ? texts.restIsZero : texts.restIsLeftOut;
  const framing = isWhole ? [] : ['', texts.framed, rest];
  const format = (level: number) => inThreeCharacters(level / scale);
  const inputValue = (level: number) => rounded(level / scale);
  const sizes = `${height} × ${width}`;
  const location = lit.length > 0 ? texts.place(...inkRows, ...inkColumns) : '';
  const frame: Partial<Shape> = {
    ...{ type: 'rect', x0: left - 0.5, x1: right - 0.5, y0: top - 0.5, y1: bottom - 0.5 },
    line: { color: '#56B4E9', width: 2 },
  };
  const hovertemplate = texts.hover;
  const shared = { type: 'heatmap', zmin: 0, zmax: 255, showscale: false, hovertemplate };
  const overview = {
    ...shared,
    z: rows,
    text: rows.map(row => row.map(format)),
    colorscale: GREYS,
  };
  return stack(
    [
      {
        plots: [picturePlot(overview, [0, SPLIT], 'right')],
        ...{ height: 140, over: 10, under: 30 },
        notes: [
          note([texts.size(sizes), texts.ends(inputValue(255)), ...framing].join('<br>'), {
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
                // A light blue, to keep the numbers readable.
                colorscale: colorScale('white', '#8fc4e8'),
                text: framed.map(row => row.map(format)),
                texttemplate: '%{text}',
                // Without a size, Plotly uses the largest that fits the cells.
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
    texts.words(sizes, inputValue(255), lit.length, inputValue(Math.max(...levels))) + location,
  );
}

type Ends = [first: number, last: number];

/** Returns the first and last row or column with ink; for an empty picture, all rows or columns. */
function endsOf(length: number, lit: readonly number[], placeOf: (pixel: number) => number): Ends {
  const ink = lit.map(placeOf);
  return ink.length > 0 ? [Math.min(...ink), Math.max(...ink)] : [0, length - 1];
}

/** Returns a range of at most `most`, centred on the ink. */
function around([first, last]: Ends, length: number, most: number): [from: number, to: number] {
  const side = Math.min(most, length);
  const from = Math.min(length - side, Math.max(0, Math.round((first + last + 1 - side) / 2)));
  return [from, from + side];
}

/** Formats a pixel's input value in at most three characters: 253, or .99. */
function inThreeCharacters(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const decimals = value.toFixed(2);
  return decimals === '1.00' ? '1.0' : decimals.replace(/^0/, '');
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
