import type { Annotations, Layout } from 'plotly.js';
import { roughPercent } from '../format';
import { certainty, type Given, type Judged, readJudged } from '../input/given';
import { messages } from '../language';
import {
  above,
  axisPair,
  bars,
  brief,
  COLORS,
  type Figure,
  figure,
  inPlot,
  inWords,
  likeliest,
  note,
  onAxes,
} from './figure';
import { imageGrid } from './image-grid';

/** The height of the bars of a sample, and the room between them and the next, in pixels. */
const [BARS, GAP] = [88, 48];
const MARGIN = { l: 10, r: 15, t: 35, b: 30 };
/** The end of the pictures and the start of the bars: even a phone has room for a number over each. */
const [PICTURE, LEFT] = [0.22, 0.32];

/**
 * Shows what the network thinks of each sample: the probability of each digit, beside the picture.
 *
 * The digit that it chose is blue if it is right and orange if it is wrong; then the label is
 * green.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1]; a few,
 * such as 1 or 4.
 * @param labels the digit of each, as loaded or as a tensor or list, `[n]`.
 * @param probabilities what `predict` returns, `[n, classes]`, or lists, or all in a row; in [0, 1].
 * @param options.leastCertain shows only so many of many, those of which the network is least certain.
 * @throws TypeError if one of them is missing or no numbers.
 * @throws RangeError unless there is a label and a row of probabilities for each image.
 * @example
 * const [images, labels] = [xTest.slice(0, 4), yTest.slice(0, 4)];
 * probabilityBars(images, labels, predict(model, images)).data.length; // 8
 * probabilityBars([[[255]]], [1], [[0.2, 0.8]]).text.split('\n')[1]; // 'y=1 y_pred=1: 1 (80.00%) · 0 (20.00%)'
 */
export function probabilityBars(
  images: Given,
  labels: Given,
  probabilities: Given,
  { leastCertain }: { readonly leastCertain?: number } = {},
): Figure {
  const { pictures, samples: all } = readJudged(images, labels, probabilities);
  const samples = leastCertain === undefined ? all : uncertain(all).slice(0, leastCertain);
  const total = samples.length * (BARS + GAP) - GAP;
  const domainOf = (row: number): [from: number, to: number] => {
    const top = 1 - (row * (BARS + GAP)) / total;
    return [Math.max(0, top - BARS / total), top];
  };
  const shown = samples.map(({ i }, row) => {
    const options = { columns: 1, gap: 0, fill: 0 };
    const { trace } = imageGrid([pictures.pixels(i)], pictures.size, options);
    return { ...trace, ...onAxes(2 * row + 1) };
  });
  const axes = samples.map((_, row) => axesOf(row, pictures.size, domainOf(row)));
  const right = samples.filter(({ label, prediction }) => label === prediction).length;
  const texts = messages().figures.probabilityBars;
  return figure(
    [...shown, ...samples.map(barsOf)],
    {
      ...Object.assign({}, ...axes),
      height: total + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      showlegend: false,
      annotations: samples.map((sample, row) => heading(sample, domainOf(row)[1])),
    },
    [texts.title(right, samples.length), ...samples.map(sampleInWords)].join('\n'),
  );
}

/** Sorts samples by the probability of their prediction, the smallest first. */
const uncertain = (samples: readonly Judged[]): Judged[] =>
  [...samples].sort((a, b) => certainty(a) - certainty(b));

function barsOf({ probabilities, label, prediction }: Judged, row: number): object {
  const color = (digit: number) => {
    if (digit === prediction) return prediction === label ? COLORS.blue : COLORS.orange;
    return digit === label ? COLORS.green : COLORS.plain;
  };
  return {
    ...bars(
      2 * row + 2,
      probabilities.map(brief),
      probabilities.map((_, digit) => color(digit)),
    ),
    ...above(probabilities.map(roughPercent)),
    x: probabilities.map((_, digit) => digit),
    constraintext: 'none',
  };
}

/** Lays out the axes of a picture, and of the bars beside it. */
function axesOf(
  row: number,
  [height, width]: readonly [number, number],
  domain: [from: number, to: number],
): Partial<Layout> {
  const hidden = { constrain: 'domain', visible: false } as const;
  const { xaxis: scaleanchor } = onAxes(2 * row + 1);
  return {
    ...axisPair(
      2 * row + 1,
      { ...hidden, domain: [0, PICTURE], range: [0, width], constraintoward: 'right' },
      { ...hidden, domain, range: [height, 0], scaleanchor },
    ),
    ...axisPair(
      2 * row + 2,
      { domain: [LEFT, 1], dtick: 1, tickangle: 0 },
      {
        domain,
        // Room for the number over a bar of 1.
        range: [0, 1.18],
        tickvals: [0, 0.5, 1],
        ticktext: ['0', '50%', '100%'],
        tickfont: { size: 11 },
        gridcolor: COLORS.grid,
      },
    ),
  };
}

const heading = ({ label, prediction }: Judged, y: number): Partial<Annotations> =>
  note(`y= ${label}　y_pred=${prediction}`, {
    ...inPlot(LEFT, 'left', y, 'bottom'),
    font: { size: 15 },
  });

/** Says which three digits are the likeliest. */
const sampleInWords = ({ probabilities, label, prediction }: Judged): string =>
  `y=${label} y_pred=${prediction}: ${likeliest(probabilities).slice(0, 3).map(inWords).join(' · ')}`;
