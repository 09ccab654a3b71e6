import { type Given, type Predicted, readPredicted } from '../input/given';
import { messages } from '../language';
import { captionedGrid, COLUMNS as SHOWN } from './captioned-grid';
import { type Figure, figure } from './figure';
import { sheetOf } from './sheet';

/** Pixels between the digits of a draw, and between draws. */
const GAP = 10;

/** Number of draws before the button starts again. */
const DRAWS = 12;

/**
 * Shows four random digits, each with its label and prediction, and a button for four others, without the
 * kernel and without a script of this project.
 *
 * All draws are on a tall sheet; the figure shows one at a time.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each image, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @param predictions the network's digits, such as `probabilities.argMax(1)`.
 * @example
 * const images = tf.zeros([4, 28, 28]);
 * const figure = redrawDigits(images, [0, 1, 2, 3], [0, 1, 2, 8]);
 * figure.text.split('\n')[1]; // '1 draw of four pictures; 3 of 4 right. Mistakes: y=3 y_pred=8'
 */
export function redrawDigits(images: Given, labels: Given, predictions: Given): Figure {
  const { pictures, samples } = readPredicted({ images, labels, predictions });
  const picks = sampleDraws(samples);
  const texts = messages().figures.redrawDigits;
  const { title } = texts;
  // Captions must lie within the draw, because Plotly hides captions of pictures outside the visible range.
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

/** Draws four different samples per draw; makes fewer draws if there are too few samples. */
function sampleDraws(samples: readonly Predicted[]): Predicted[] {
  const count = samples.length;
  if (count < SHOWN) throw new RangeError(messages().figures.redrawDigits.tooFew(SHOWN, count));
  const rest = [...samples];
  const length = SHOWN * Math.max(1, Math.min(DRAWS, Math.floor(count / SHOWN)));
  return Array.from({ length }, () =>
    rest.splice(Math.floor(Math.random() * rest.length), 1),
  ).flat();
}
