import type { Annotations, Data, LayoutAxis } from 'plotly.js';
import { cautiousPercent, roughPercent } from '../format';
import { itemAt } from '../item-at';
import { text } from '../language';
import { argMax, checkCounts, classNumbers } from './classes';
import { COLORS, type Figure, figure, nth } from './figure';
import type { Given } from './given';
import { picturesOf, pixelsOf } from './pictures';
import { probabilitiesOf } from './probabilities';
import { sheet, sheetTrace } from './sheet';

/** The height of the bars of a sample, and the room between them and the next, in pixels. */
const [BARS, GAP] = [110, 48];
const MARGIN = { l: 10, r: 15, t: 35, b: 30 };
/** Where the pictures end, and the bars begin: on a phone, too, there is room for a number over each. */
const [PICTURE, LEFT] = [0.26, 0.29];

/**
 * Shows what the network thinks of each sample: the probability of each digit, beside the picture.
 *
 * The digit that it chose is blue where it is right and orange where it is wrong; then the label is
 * green.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1]; a few,
 * such as 1 or 4.
 * @param labels the digit of each, as loaded or as a tensor or list, `[n]`.
 * @param probabilities what `predict` returns, `[n, classes]`, or lists, or all in a row; in [0, 1].
 * @throws TypeError where one of them is missing or no numbers.
 * @throws RangeError unless there is a label and a row of probabilities for each image.
 * @example
 * const [images, labels] = [xTest.slice(0, 4), yTest.slice(0, 4)];
 * probabilityBars(images, labels, predict(model, images)).data.length; // 8
 * probabilityBars([[[255]]], [1], [[0.2, 0.8]]).text.split('\n')[1]; // 'y=1 y_pred=1: 1 80.00%, 0 20.00%'
 */
export function probabilityBars(images: Given, labels: Given, probabilities: Given): Figure {
  const pictures = picturesOf(images);
  const { count, height, width } = pictures;
  const { classes, row: rowOf } = probabilitiesOf(probabilities, count);
  const digits = classNumbers(labels, 'labels', classes);
  checkCounts({ pictures: count, labels: digits.length });
  const total = count * (BARS + GAP) - GAP;
  const samples = Array.from({ length: count }, (_, i): Sample => {
    const row = rowOf(i);
    const top = 1 - (i * (BARS + GAP)) / total;
    const y: [number, number] = [Math.max(0, top - BARS / total), top];
    return { y, i, row, label: itemAt(digits, i), prediction: argMax(row) };
  });
  const shown = samples.map(({ i }) => {
    const page = sheet([pixelsOf(pictures, i)], [height, width], { columns: 1, gap: 0, fill: 0 });
    return { ...sheetTrace(page), xaxis: `x${nth(2 * i)}`, yaxis: `y${nth(2 * i)}` } as Data;
  });
  return figure(
    [...shown, ...samples.map(bars)],
    {
      ...Object.assign({}, ...samples.map(sample => axes(sample, [height, width]))),
      height: total + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      showlegend: false,
      annotations: samples.map(heading),
    },
    [
      text({ zh: '每个数字的概率', en: 'The probability of each digit' }),
      ...samples.map(inWords),
    ].join('\n'),
  );
}

interface Sample {
  /** Where it stands, in shares of the height. */
  readonly y: [number, number];
  readonly i: number;
  readonly row: readonly number[];
  readonly label: number;
  readonly prediction: number;
}

function bars({ i, row, label, prediction }: Sample): Data {
  const color = (digit: number) => {
    if (digit === prediction) return prediction === label ? COLORS.blue : COLORS.orange;
    return digit === label ? COLORS.green : '#9a9a9a';
  };
  return {
    type: 'bar',
    x: row.map((_, digit) => digit),
    y: row.map(probability => Number(probability.toPrecision(4))),
    text: row.map(roughPercent),
    textposition: 'outside',
    textangle: 0,
    textfont: { size: 11 },
    constraintext: 'none',
    cliponaxis: false,
    marker: { color: row.map((_, digit) => color(digit)) },
    hovertemplate: '%{x}: %{y:.4f}<extra></extra>',
    xaxis: `x${nth(2 * i + 1)}`,
    yaxis: `y${nth(2 * i + 1)}`,
  } as Data;
}

function axes(
  { i, y }: Sample,
  [height, width]: [number, number],
): Record<string, Partial<LayoutAxis>> {
  const [a, b] = [nth(2 * i), nth(2 * i + 1)];
  const anchored = (name: string) => name as LayoutAxis['anchor'];
  return {
    [`xaxis${a}`]: {
      anchor: anchored(`y${a}`),
      domain: [0, PICTURE],
      range: [0, width],
      constrain: 'domain',
      constraintoward: 'right',
      visible: false,
      fixedrange: true,
    },
    [`yaxis${a}`]: {
      anchor: anchored(`x${a}`),
      domain: y,
      range: [height, 0],
      scaleanchor: `x${a}` as LayoutAxis['scaleanchor'],
      constrain: 'domain',
      visible: false,
      fixedrange: true,
    },
    [`xaxis${b}`]: {
      anchor: anchored(`y${b}`),
      domain: [LEFT, 1],
      dtick: 1,
      tickangle: 0,
      fixedrange: true,
    },
    [`yaxis${b}`]: {
      anchor: anchored(`x${b}`),
      domain: y,
      // Room for the number over a bar of 1.
      range: [0, 1.18],
      tickvals: [0, 0.5, 1],
      ticktext: ['', '', ''],
      gridcolor: '#dddddd',
      fixedrange: true,
    },
  };
}

function heading({ y, label, prediction }: Sample): Partial<Annotations> {
  return {
    text: `y= ${label}　y_pred=${prediction}`,
    xref: 'paper',
    yref: 'paper',
    x: LEFT,
    xanchor: 'left',
    y: y[1],
    yanchor: 'bottom',
    showarrow: false,
    font: { size: 15 },
  };
}

/** Says which three digits are the likeliest. */
function inWords({ row, label, prediction }: Sample): string {
  const best = row
    .map((probability, digit) => ({ probability, digit }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, 3)
    .map(({ probability, digit }) => `${digit} ${cautiousPercent(probability)}`);
  return `y=${label} y_pred=${prediction}: ${best.join(', ')}`;
}
