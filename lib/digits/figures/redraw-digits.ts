import { type Given, type Predicted, readPredicted } from '../input/given';
import { messages } from '../language';
import { captionedGrid, COLUMNS as SHOWN } from './captioned-grid';
import { type Figure, figure } from './figure';
import { sheetOf } from './sheet';

/** Pixels between the digits of a draw, and between draws. */
const GAP = 10;

/** After so many draws the button begins again. */
const DRAWS = 12;

/**
 * Shows four digits at random, each with its label over the prediction, and a button that shows four
 * others, without the kernel and without a script of this project.
 *
 * All draws lie on one sheet, of which the figure shows one.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @param predictions the digit that the network takes each for, such as `probabilities.argMax(1)`.
 * @throws TypeError if one of them is missing or no numbers.
 * @throws RangeError unless there is a label and a prediction for each of at least four images.
 * @example
 * const images = tf.zeros([4, 28, 28]);
 * const figure = redrawDigits(images, [0, 1, 2, 3], [0, 1, 2, 8]);
 * figure.text.split('\n')[1]; // '1 draw of four pictures; 3 of 4 right. Mistakes: y=3 y_pred=8'
 */
export function redrawDigits(images: Given, labels: Given, predictions: Given): Figure {
  const { pictures, samples } = readPredicted({ images, labels, predictions });
  const picks = drawn(samples);
  const texts = messages().figures.redrawDigits;
  const { title } = texts;
  // The captions lie within the draw: Plotly hides those of pictures that are out of sight.
  const options = { title, gap: GAP, inset: 0.1 };
  const { data, layout, top, words } = captionedGrid(pictures, picks, options);
  const [height] = pictures.size;
  const parts = picks.length / SHOWN;
  const button = { ...BELOW, font: { size: 15 }, label: texts.button };
  const sheet = sheetOf({ parts, shown: 0, pitch: height + GAP, height, button });
  const wrong = words.filter((_, i) => picks[i]?.label !== picks[i]?.prediction);
  return figure(
    data,
    {
      ...layout,
      yaxis: { ...layout.yaxis, range: sheet.range },
      height: top + 85 + 65,
      margin: { ...layout.margin, b: 65 },
      updatemenus: parts > 1 ? sheet.updatemenus : [],
    },
    [title, texts.words(parts, picks.length, wrong)].join('\n'),
  );
}

const BELOW = { x: 0.5, xanchor: 'center', y: 0, yanchor: 'top', pad: { t: 15 } } as const;

/** Draws four samples a draw, no two alike; fewer draws if there are too few samples. */
function drawn(samples: readonly Predicted[]): Predicted[] {
  const count = samples.length;
  if (count < SHOWN) throw new RangeError(messages().figures.redrawDigits.tooFew(SHOWN, count));
  const rest = [...samples];
  const length = SHOWN * Math.max(1, Math.min(DRAWS, Math.floor(count / SHOWN)));
  return Array.from({ length }, () =>
    rest.splice(Math.floor(Math.random() * rest.length), 1),
  ).flat();
}
