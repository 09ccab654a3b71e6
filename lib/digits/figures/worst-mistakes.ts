import type { Annotations } from 'plotly.js';
import { cautiousPercent } from '../format';
import { itemAt } from '../item-at';
import { text } from '../language';
import { argMax, checkClasses, checkCounts, classesOf, rowOf } from './classes';
import { type Figure, figure } from './figure';
import { measure, type Pictures, pixelsOf } from './pictures';
import { sheet, sheetAxes, sheetTrace } from './sheet';

/** Pictures a row. */
const COLUMNS = 6;

interface Mistake {
  /** The place of the sample. */
  readonly at: number;
  readonly label: number;
  readonly prediction: number;
  /** The probability that the network gave to its prediction. */
  readonly certainty: number;
}

/**
 * Shows the mistakes of which the network was surest, each with its label, the prediction and the
 * probability that the network gave to it.
 *
 * @param images as loaded, `[n, height, width]`.
 * @param labels the digit of each.
 * @param probabilities what `predict` returns, sample after sample, `n × classes` values.
 * @param options.count how many to show; defaults to 12.
 * @throws RangeError unless there is a label and a row of probabilities for each image.
 * @example
 * const images = { shape: [2, 1, 1], data: [0, 255] };
 * worstMistakes(images, [0, 1], [0.9, 0.1, 0.8, 0.2]).text.split('\n')[1]; // 'y=1 y_pred=0: 80.00 %'
 */
export function worstMistakes(
  images: Pictures,
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { count = 2 * COLUMNS }: { readonly count?: number } = {},
): Figure {
  const { count: samples, height, width } = measure(images);
  checkCounts({ images: samples, labels: labels.length });
  const classes = classesOf(probabilities, samples);
  checkClasses(labels, classes);
  const mistakes = surestMistakes(labels, probabilities, classes);
  if (mistakes.length === 0) return noMistakes();
  const shown = mistakes.slice(0, count);
  const rows = Math.ceil(shown.length / COLUMNS);
  const page = sheet(
    shown.map(({ at }) => pixelsOf(images, at)),
    [height, width],
    {
      columns: COLUMNS,
      gap: Math.round(0.3 * width),
      rowGap: Math.round(0.75 * height),
      fill: 255,
    },
  );
  return figure(
    [sheetTrace(page)],
    {
      ...sheetAxes(page),
      height: 60 + 180 * rows,
      margin: { l: 10, r: 10, t: 80, b: 10 },
      annotations: shown.map((mistake, i) => caption(mistake, itemAt(page.corners, i), width)),
    },
    [
      text({
        zh: `认错 ${mistakes.length} 个；网络最有把握的 ${shown.length} 个错误：`,
        en: `${mistakes.length} mistakes; the ${shown.length} of which the network was surest:`,
      }),
      ...shown.map(
        ({ label, prediction, certainty }) =>
          `y=${label} y_pred=${prediction}: ${cautiousPercent(certainty)}`,
      ),
    ].join('\n'),
  );
}

/** Finds all mistakes, the surest first. */
function surestMistakes(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
): Mistake[] {
  return Array.from(labels, (label, at) => {
    const row = rowOf(probabilities, at, classes);
    const prediction = argMax(row);
    return { at, label, prediction, certainty: itemAt(row, prediction) };
  })
    .filter(({ label, prediction }) => label !== prediction)
    .sort((a, b) => b.certainty - a.certainty);
}

function noMistakes(): Figure {
  const words = text({ zh: '一个也没有认错。', en: 'There is not a single mistake.' });
  const hidden = { visible: false, fixedrange: true };
  return figure(
    [],
    {
      xaxis: hidden,
      yaxis: hidden,
      height: 120,
      annotations: [
        { text: words, xref: 'paper', yref: 'paper', x: 0.5, y: 0.5, showarrow: false },
      ],
    },
    words,
  );
}

function caption(
  { label, prediction, certainty }: Mistake,
  [x, y]: readonly [number, number],
  width: number,
): Partial<Annotations> {
  return {
    text: `y= ${label}<br>y_pred=${prediction}<br>${cautiousPercent(certainty)}`,
    x: x + width / 2,
    y,
    yanchor: 'bottom',
    showarrow: false,
    font: { size: 14 },
  };
}
