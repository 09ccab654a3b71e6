import type { Layout, UpdateMenu } from 'plotly.js';
import { type Given, readPredicted } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { COLORS, type Figure, figure } from './figure';
import { caption, captionHeight, captionsOf, gridAxes, gridTrace, imageGrid } from './image-grid';
import { figureTitle, titleHeight } from './title';

const SHOWN = 4;
/** Pixels between the digits of a draw, and between draws. */
const GAP = 10;

const CAPTION = { size: 16, lines: 2 } as const;

/** Options of {@link redrawDigits}. */
export interface RedrawOptions {
  /** The number of draws before the button begins again; defaults to 12. */
  readonly draws?: number;
  /** Returns a new number in [0, 1) at each call; defaults to `Math.random`. */
  readonly random?: () => number;
}

/**
 * Shows four digits at random, each with its label over the prediction, and a button that shows four
 * others, without the kernel and without a script of this project.
 *
 * All draws lie on one sheet, of which the figure shows one. Each draw has a button of its own, and
 * one button is visible at a time: it moves the sheet on and makes way for the next.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @param predictions the digit that the network takes each for, such as `probabilities.argMax(1)`.
 * @throws TypeError if one of them is missing or no numbers.
 * @throws RangeError unless there is a label and a prediction for each of at least four images.
 * @example
 * const images = tf.zeros([4, 28, 28]);
 * const figure = redrawDigits(images, [0, 1, 2, 3], [0, 1, 2, 8], { random: () => 0 });
 * figure.text.split('\n')[1]; // '1: y=0 y_pred=0 · y=1 y_pred=1 · y=2 y_pred=2 · y=3 y_pred=8'
 */
export function redrawDigits(
  images: Given,
  givenLabels: Given,
  givenPredictions: Given,
  { draws = 12, random = Math.random }: RedrawOptions = {},
): Figure {
  const given = { images, labels: givenLabels, predictions: givenPredictions };
  const { pictures, labels, predictions } = readPredicted(given);
  const picks = drawn(pictures.count, draws, random);
  const [height, width] = pictures.size;
  const options = { columns: SHOWN, gap: GAP, fill: 255 };
  const page = imageGrid(picks.map(pictures.pixels), pictures.size, options);
  const rowsOf = (draw: number) => {
    const top = draw * (height + GAP);
    return [top, top + height] as const;
  };
  const captions = picks.map(at => caption(labels[at], predictions[at]));
  const { title } = messages().figures.redrawDigits;
  const top = titleHeight(title) + captionHeight(CAPTION);
  const all = Array.from({ length: picks.length / SHOWN }, (_, draw) => draw);
  const words = all.map(draw => {
    const four = picks.slice(draw * SHOWN, (draw + 1) * SHOWN);
    return `${draw + 1}: ${four.map(at => `y=${labels[at]} y_pred=${predictions[at]}`).join(' · ')}`;
  });
  const buttons = all.map(i => {
    const next = (i + 1) % all.length;
    return redrawButton(i, next, rowsOf(next));
  });
  return figure(
    [gridTrace(page)],
    {
      ...gridAxes(page, rowsOf(0)),
      height: top + 110 + 65,
      margin: { l: 10, r: 10, t: top, b: 65 },
      annotations: [
        figureTitle(title, captionHeight(CAPTION)),
        // Within the draw: Plotly hides the captions of those that are out of sight.
        ...captionsOf(page, width, captions, { size: CAPTION.size, inset: 0.1 }),
      ],
      updatemenus: all.length > 1 ? buttons : [],
    },
    [title, ...words].join('\n'),
  );
}

/** Draws the places of four samples a draw, no two alike; fewer draws if there are too few samples. */
function drawn(count: number, draws: number, random: () => number): number[] {
  if (count < SHOWN) throw new RangeError(messages().figures.redrawDigits.tooFew(SHOWN, count));
  const rest = Array.from({ length: count }, (_, i) => i);
  const length = SHOWN * Math.max(1, Math.min(draws, Math.floor(count / SHOWN)));
  // The first steps of a Fisher–Yates shuffle.
  return Array.from({ length }, (_, i) => {
    const j = i + Math.floor(random() * (count - i));
    const pick = itemAt(rest, j);
    rest[j] = itemAt(rest, i);
    return pick;
  });
}

/** Makes the button that stands while the i-th draw is shown, and shows the next. */
function redrawButton(
  i: number,
  next: number,
  [top, bottom]: readonly [number, number],
): Partial<UpdateMenu> {
  const change = {
    'yaxis.range': [bottom, top],
    [`updatemenus[${i}].visible`]: false,
    [`updatemenus[${next}].visible`]: true,
  } as Partial<Layout>;
  return {
    type: 'buttons',
    visible: i === 0,
    showactive: false,
    ...{ x: 0.5, xanchor: 'center', y: 0, yanchor: 'top', pad: { t: 15 } },
    bgcolor: '#eef6fb',
    bordercolor: COLORS.blue,
    font: { size: 15 },
    buttons: [
      { label: messages().figures.redrawDigits.button, method: 'relayout', args: [change] },
    ],
  };
}
