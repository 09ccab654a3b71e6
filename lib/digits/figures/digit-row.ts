import { type Given, readPredicted } from '../input/given';
import { messages } from '../language';
import { captionedGrid } from './captioned-grid';
import { type Figure, figure } from './figure';

/**
 * Shows grey digits in a row without axes, each with its label and the model's prediction; more than four
 * digits take several rows.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param options.title text above the digits, red on yellow.
 * @param options.labels the digit of each picture, 0 to 9, as loaded or as a tensor or list, `[n]`.
 * @param options.predictions the model's digits, such as `probabilities.argMax(1)`, `[n]`.
 * @example
 * const two = { title: 'Two digits', labels: [7, 2], predictions: [7, 1] };
 * digitRow(xTest.slice(0, 2), two).text; // 'Two digits\n1 of 2 right: y=7 y_pred=7 · y=2 y_pred=1'
 */
export function digitRow(
  images: Given,
  options: { readonly title: string; readonly labels: Given; readonly predictions: Given },
): Figure {
  // Browsers do not check types.
  if (typeof options?.title !== 'string') throw new TypeError(messages().figures.digitRow.noTitle);
  const { title } = options;
  const { pictures, samples } = readPredicted({ ...options, images });
  const { data, layout, words } = captionedGrid(pictures, samples, { title });
  const rightCount = samples.filter(({ label, prediction }) => label === prediction).length;
  const count = messages().figures.rightOf(rightCount, samples.length);
  return figure(data, layout, `${title}\n${count}${messages().figures.colon}${words.join(' · ')}`);
}
