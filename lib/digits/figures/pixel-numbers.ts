import type { Data, LayoutAxis } from 'plotly.js';
import { text } from '../language';
import { type Figure, figure, GREYS, roundedTo } from './figure';
import type { Given } from './given';
import { onlyPicture, type Pictures } from './pictures';

/** Rows and columns of numbers: on a phone, 390 pixels wide, so many can be read, and a digit of MNIST fits. */
const SIDE = 20;
/** In pixels, from the top: the picture, room for the columns' numbers, the numbers. */
const [PICTURE, GAP, NUMBERS] = [140, 30, 360];
const HEIGHT = PICTURE + GAP + NUMBERS;
/** Where the picture ends, and the words begin. */
const [SPLIT, WORDS] = [0.42, 0.46];

/**
 * Shows a digit above the numbers that it is made of, each number in the place of its pixel. Of a large
 * picture it shows the 20 × 20 around the ink, in a blue frame.
 *
 * @param image a single picture as loaded, or as a tensor or lists, `[1, height, width]`, in [0, 255] or
 * [0, 1]; the numbers are those given.
 * @throws TypeError where it is missing or no numbers.
 * @throws RangeError unless it is a single picture.
 * @example
 * pixelNumbers(xTest.slice(0, 1)).data.length; // 2
 * pixelNumbers([[[0, 255]]]).data.length; // 2
 */
export function pixelNumbers(image: Given): Figure {
  const picture = onlyPicture(image);
  const { pixels, height, width } = picture;
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from(pixels.subarray(y * width, (y + 1) * width)),
  );
  const [top, bottom] = around(rows.map(row => Math.max(...row)));
  const [left, right] = around(
    rows.reduce((most, row) => most.map((v, x) => Math.max(v, row[x] ?? 0))),
  );
  const shown = (of: (level: number) => number | string) =>
    rows.slice(top, bottom).map(row => row.slice(left, right).map(of));
  const written = writer(picture);
  const shared = { type: 'heatmap', zmin: 0, zmax: 255, showscale: false, y0: 0, x0: 0 };
  const hovertemplate = text({
    zh: '第 %{y} 行，第 %{x} 列：%{text}<extra></extra>',
    en: 'row %{y}, column %{x}: %{text}<extra></extra>',
  });
  const [whole, numbers] = [
    {
      ...shared,
      z: rows,
      text: rows.map(row => row.map(written)),
      hovertemplate,
      colorscale: GREYS,
    },
    {
      ...{ ...shared, z: shown(Number), y0: top, x0: left },
      ...{ xaxis: 'x2', yaxis: 'y2', hovertemplate },
      // So light a blue that the numbers stay readable on it.
      colorscale: [
        [0, 'white'],
        [1, '#8fc4e8'],
      ],
      text: shown(written),
      texttemplate: '%{text}',
      // Without a size, so that Plotly takes the largest that fits the cells.
      textfont: { color: '#222222' },
    },
  ] as unknown as [Data, Data];
  const isPart = bottom - top < height || right - left < width;
  const rest = rows.flatMap((row, y) =>
    row.filter((_, x) => y < top || y >= bottom || x < left || x >= right),
  );
  return figure(
    [whole, numbers],
    {
      height: HEIGHT + 35,
      margin: { l: 30, r: 12, t: 15, b: 20 },
      xaxis: { ...hidden('y'), domain: [0, SPLIT], constraintoward: 'right' },
      yaxis: {
        ...{ ...hidden('x'), ...downwards, domain: [1 - PICTURE / HEIGHT, 1] },
        ...{ scaleanchor: 'x', constraintoward: 'top' },
      },
      xaxis2: { ...counted('y2'), side: 'top' },
      yaxis2: {
        ...{ ...counted('x2'), ...downwards, domain: [0, NUMBERS / HEIGHT] },
        ...{ scaleanchor: 'x2', scaleratio: 0.9, constraintoward: 'top' },
      },
      shapes: isPart
        ? [
            {
              ...{ type: 'rect', x0: left - 0.5, x1: right - 0.5, y0: top - 0.5, y1: bottom - 0.5 },
              line: { color: '#56B4E9', width: 2 },
            },
          ]
        : [],
      annotations: [
        {
          text: lines(picture, isPart, Math.max(0, ...rest)).join('<br>'),
          ...{ xref: 'paper', yref: 'paper', x: WORDS, y: 1, xanchor: 'left', yanchor: 'top' },
          ...{ align: 'left', showarrow: false },
        },
      ],
    },
    inWords(picture),
  );
}

/** Finds the stretch, {@link SIDE} long at most, whose middle is that of the ink. */
function around(most: readonly number[]): [from: number, to: number] {
  const length = Math.min(SIDE, most.length);
  const ink = most.flatMap((level, at) => (level > 0 ? [at] : []));
  const middle = ((ink[0] ?? 0) + (ink.at(-1) ?? most.length - 1) + 1) / 2;
  const from = Math.min(most.length - length, Math.max(0, Math.round(middle - length / 2)));
  return [from, from + length];
}

/** Writes a pixel as it was given, in three characters at most: 253, or .99. */
function writer({ scale }: Pictures): (level: number) => string {
  return level => {
    const value = level / scale;
    if (Number.isInteger(value)) return String(value);
    const written = value.toFixed(2);
    return written === '1.00' ? '1.0' : written.replace(/^0/, '');
  };
}

function lines({ height, width, scale }: Pictures, isPart: boolean, rest: number): string[] {
  const white = rounded(255 / scale);
  const [size, all] = [`${height} × ${width}`, rest === 0];
  const ends = {
    zh: [`${size} 个数：`, `0 是黑，${white} 是白。`],
    en: [`${size} numbers:`, `0 is black, ${white} is white.`],
  };
  const part = {
    zh: ['', '下面是蓝框里的数，', all ? '框外都是 0。' : '框外的没有列出。'],
    en: ['', 'Below: the framed part.', all ? 'All others are 0.' : 'The others are left out.'],
  };
  const both = (language: 'zh' | 'en') =>
    [...ends[language], ...(isPart ? part[language] : [])].join('\n');
  return text({ zh: both('zh'), en: both('en') }).split('\n');
}

function inWords({ pixels, height, width, scale }: ReturnType<typeof onlyPicture>): string {
  const lit = pixels.filter(value => value > 0);
  const [white, largest] = [255, Math.max(0, ...lit)].map(level => rounded(level / scale));
  return text({
    zh: `一张图就是 ${height} × ${width} 个数：0 是黑，${white} 是白。其中 ${lit.length} 个不是 0，最大的是 ${largest}。`,
    en: `A picture is ${height} × ${width} numbers: 0 is black, ${white} is white. Of these, ${lit.length} are not 0, and the largest is ${largest}.`,
  });
}

const rounded = roundedTo(100);

const downwards = { autorange: 'reversed' } as const;

const hidden = (anchor: 'x' | 'y'): Partial<LayoutAxis> => ({
  anchor,
  constrain: 'domain',
  visible: false,
  fixedrange: true,
});

const counted = (anchor: 'x2' | 'y2'): Partial<LayoutAxis> => ({
  anchor,
  constrain: 'domain',
  tick0: 0,
  dtick: 1,
  ticks: '',
  tickfont: { size: 10, color: '#767676' },
  showgrid: false,
  zeroline: false,
  fixedrange: true,
});
