import { text } from '../language';
import { captioned, captionHeight } from './captioned';
import { checkCounts, classNumbers } from './classes';
import { type Figure, figure, figureTitle, titleHeight } from './figure';
import type { Given } from './given';
import { picturesOf, pixelsOf } from './pictures';

/** Options of {@link digitRow}. */
export interface DigitRowOptions {
  /** The title over the digits, red on yellow. */
  readonly title: string;
  /** The digit that each picture shows, 0 to 9, as loaded or as a tensor or list, `[n]`. */
  readonly labels: Given;
  /** The digit that the model takes it for, such as `probabilities.argMax(1)`, `[n]`. */
  readonly predictions: Given;
}

const CAPTION = { size: 16, lines: 2 } as const;

/**
 * Shows a row of grey digits without axes, each with its label over the model's prediction; more than
 * four in several rows.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @throws TypeError where something is missing or no numbers.
 * @throws RangeError unless there is one label and one prediction for each image.
 * @example
 * const two = { title: 'Two digits', labels: [7, 2], predictions: [7, 1] };
 * digitRow(xTest.slice(0, 2), two).text; // 'Two digits\ny=7 y_pred=7 · y=2 y_pred=1'
 */
export function digitRow(images: Given, options: DigitRowOptions): Figure {
  const pictures = picturesOf(images);
  const { count, height, width } = pictures;
  const { title } = checkTitle(options);
  const labels = classNumbers(options.labels, 'labels');
  const predictions = classNumbers(options.predictions, 'predictions');
  checkCounts({ pictures: count, labels: labels.length, predictions: predictions.length });
  const places = Array.from({ length: count }, (_, i) => i);
  const { data, layout } = captioned(
    places.map(i => pixelsOf(pictures, i)),
    [height, width],
    places.map(i => `y= ${labels[i]}<br>y_pred=${predictions[i]}`),
    { ...CAPTION, above: titleHeight(title) },
  );
  const words = places.map(i => `y=${labels[i]} y_pred=${predictions[i]}`);
  return figure(
    data,
    {
      ...layout,
      annotations: [figureTitle(title, captionHeight(CAPTION)), ...layout.annotations],
    },
    `${title}\n${words.join(' · ')}`,
  );
}

/** In a browser no types are checked. */
function checkTitle(options: DigitRowOptions | undefined): DigitRowOptions {
  if (typeof options?.title === 'string') return options;
  throw new TypeError(
    text({
      zh: 'digitRow 的第二个参数应当是 { title, labels, predictions }。请写上标题、标签和预测。',
      en: 'Expected the second argument of digitRow to be { title, labels, predictions }. Write title, labels and predictions.',
    }),
  );
}
