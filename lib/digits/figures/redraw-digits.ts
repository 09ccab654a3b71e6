import type { Layout, UpdateMenu } from 'plotly.js';
import { type Given, type Predicted, readPredicted } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { captionedGrid, COLUMNS as SHOWN } from './captioned-grid';
import { COLORS, type Figure, figure } from './figure';

/** Pixels between the digits of a draw, and between draws. */
const GAP = 10;

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
 * figure.text.split('\n')[1]; // '1 draw of four pictures; 3 of 4 right. Mistakes: y=3 y_pred=8'
 */
export function redrawDigits(
  images: Given,
  labels: Given,
  predictions: Given,
  { draws = 12, random = Math.random }: RedrawOptions = {},
): Figure {
  const { pictures, samples } = readPredicted({ images, labels, predictions });
  const picks = drawn(samples, draws, random);
  const [height] = pictures.size;
  /** The rows of pixels of a draw, from the bottom to the top. */
  const rowsOf = (draw: number): [number, number] => {
    const top = draw * (height + GAP);
    return [top + height, top];
  };
  const texts = messages().figures.redrawDigits;
  const { title } = texts;
  // The captions lie within the draw: Plotly hides those of pictures that are out of sight.
  const options = { title, gap: GAP, inset: 0.1 };
  const { data, layout, top, words } = captionedGrid(pictures, picks, options);
  const all = Array.from({ length: picks.length / SHOWN }, (_, draw) => draw);
  const wrong = words.filter((_, i) => picks[i]?.label !== picks[i]?.prediction);
  const buttons = all.map(i => {
    const next = (i + 1) % all.length;
    return redrawButton(i, next, rowsOf(next));
  });
  return figure(
    data,
    {
      ...layout,
      yaxis: { ...layout.yaxis, range: rowsOf(0) },
      height: top + 85 + 65,
      margin: { ...layout.margin, b: 65 },
      updatemenus: all.length > 1 ? buttons : [],
    },
    [title, texts.words(all.length, picks.length, wrong)].join('\n'),
  );
}

/** Draws four samples a draw, no two alike; fewer draws if there are too few samples. */
function drawn(samples: readonly Predicted[], draws: number, random: () => number): Predicted[] {
  const count = samples.length;
  if (count < SHOWN) throw new RangeError(messages().figures.redrawDigits.tooFew(SHOWN, count));
  const rest = [...samples];
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
function redrawButton(i: number, next: number, rows: [number, number]): Partial<UpdateMenu> {
  const change = {
    'yaxis.range': rows,
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
