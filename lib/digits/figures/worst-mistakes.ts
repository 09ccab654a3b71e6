import { cautiousPercent, grouped } from '../format';
import { certainty, type Given, readJudged } from '../input/given';
import { messages } from '../language';
import { captionedGrid } from './captioned-grid';
import { type Figure, figure } from './figure';
import { inPlot, note } from './notes';

const MAX_MISTAKES = 12;

/**
 * Shows the network's most confident mistakes, each with its label, the prediction and the prediction's
 * probability.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1].
 * @param labels the digit of each image, as loaded or as a tensor or list, `[n]`.
 * @param probabilities result of `predict`, `[n, classes]`, or lists, or a flat list; in [0, 1].
 * @example
 * const images = [[[0]], [[255]]];
 * worstMistakes(images, [0, 1], [[0.9, 0.1], [0.8, 0.2]]).text; // 'A single mistake: y=1 y_pred=0: 80.00%'
 */
export function worstMistakes(images: Given, labels: Given, probabilities: Given): Figure {
  const { pictures, samples } = readJudged(images, labels, probabilities);
  const mistakes = samples
    .filter(({ label, prediction }) => label !== prediction)
    .sort((a, b) => certainty(b) - certainty(a));
  const texts = messages().figures.worstMistakes;
  if (mistakes.length === 0) {
    const hidden = { visible: false, fixedrange: true };
    const words = note(texts.none, inPlot(0.5, 'center', 0.5, 'middle'));
    const layout = { xaxis: hidden, yaxis: hidden, height: 120, annotations: [words] };
    return figure([], layout, texts.none);
  }
  const worst = mistakes.slice(0, MAX_MISTAKES).map(mistake => {
    return { ...mistake, certainty: cautiousPercent(certainty(mistake)) };
  });
  const { data, layout, words } = captionedGrid(pictures, worst);
  const counts = [mistakes.length, grouped(mistakes.length), worst.length] as const;
  const [surest = '', least = ''] = [worst[0]?.certainty, worst.at(-1)?.certainty];
  return figure(data, layout, texts.words(...counts, surest, least) + words.join(' · '));
}
