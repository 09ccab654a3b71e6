import { cautiousPercent, grouped } from '../format';
import { itemAt } from '../item-at';
import { text } from '../language';
import { captioned } from './captioned';
import { argMax, checkCounts, classNumbers } from './classes';
import { type Figure, figure, plainly } from './figure';
import type { Given } from './given';
import { picturesOf, pixelsOf } from './pictures';
import { type Probabilities, probabilitiesOf } from './probabilities';

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
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each, as loaded or as a tensor or list, `[n]`.
 * @param probabilities what `predict` returns, `[n, classes]`, or lists, or all in a row; in [0, 1].
 * @param options.count how many to show; defaults to 12.
 * @throws TypeError where one of them is missing or no numbers.
 * @throws RangeError unless there is a label and a row of probabilities for each image.
 * @example
 * const images = [[[0]], [[255]]];
 * worstMistakes(images, [0, 1], [[0.9, 0.1], [0.8, 0.2]]).text.split('\n')[1]; // 'y=1 y_pred=0: 80.00%'
 */
export function worstMistakes(
  images: Given,
  labels: Given,
  probabilities: Given,
  { count = 12 }: { readonly count?: number } = {},
): Figure {
  const pictures = picturesOf(images);
  const { count: samples, height, width } = pictures;
  const guesses = probabilitiesOf(probabilities, samples);
  const classes = classNumbers(labels, 'labels', guesses.classes);
  checkCounts({ pictures: samples, labels: classes.length });
  const mistakes = surestMistakes(classes, guesses);
  if (mistakes.length === 0) return noMistakes();
  const shown = mistakes.slice(0, Math.max(1, count));
  const { data, layout } = captioned(
    shown.map(({ at }) => pixelsOf(pictures, at)),
    [height, width],
    shown.map(caption),
    { size: 14, lines: 3, above: 10 },
  );
  return figure(
    data,
    layout,
    [
      mistakes.length === 1
        ? text({ zh: '只认错一个：', en: 'A single mistake:' })
        : text({
            zh: `认错 ${grouped(mistakes.length)} 个，网络最有把握的 ${shown.length} 个是：`,
            en: `${grouped(mistakes.length)} mistakes; the ${shown.length} of which the network was surest:`,
          }),
      ...shown.map(
        ({ label, prediction, certainty }) =>
          `y=${label} y_pred=${prediction}: ${cautiousPercent(certainty)}`,
      ),
    ].join('\n'),
  );
}

/** Finds all mistakes, the surest first. */
function surestMistakes(labels: ArrayLike<number>, probabilities: Probabilities): Mistake[] {
  return Array.from(labels, (label, at) => {
    const row = probabilities.row(at);
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

const caption = ({ label, prediction, certainty }: Mistake): string =>
  `y= ${label}<br>y_pred=${prediction}<br>${plainly(cautiousPercent(certainty))}`;
