import { type Given, type Judged, readJudged } from '../input/given';
import { messages } from '../language';
import { bars, brief, chances, inWords, likeliest, PROBABILITY_AXES } from './bars';
import { COLORS } from './colors';
import type { Figure } from './figure';
import { imageGrid } from './image-grid';
import { picturePlot } from './pictures';
import { stack } from './stack';

/** End of the pictures and start of the bars; even on a phone, the numbers above the bars fit. */
const [PICTURE, BARS] = [0.17, 0.28];

/**
 * Shows the probabilities of all digits for each sample, next to its picture.
 *
 * The predicted digit is blue if correct and orange if wrong; then the label is green.
 *
 * @param images as loaded, or as a tensor or lists, `[n, height, width]`, in [0, 255] or [0, 1]; a few, such as
 * 1 or 4.
 * @param labels the digit of each image, as loaded or as a tensor or list, `[n]`.
 * @param probabilities result of `predict`, `[n, classes]`, or lists, or a flat list; in [0, 1].
 * @example
 * const [images, labels] = [xTest.slice(0, 4), yTest.slice(0, 4)];
 * probabilityBars(images, labels, model.predict(images)).data.length; // 8
 * probabilityBars([[[255]]], [1], [[0.2, 0.8]]).text.split('\n')[1]; // 'y=1 y_pred=1: 1 (80.00%) · 0 (20.00%)'
 */
export function probabilityBars(images: Given, labels: Given, probabilities: Given): Figure {
  const { pictures, samples } = readJudged(images, labels, probabilities);
  const rightCount = samples.filter(({ label, prediction }) => label === prediction).length;
  const texts = messages().figures.probabilityBars;
  return stack(
    samples.map(({ i, label, prediction, probabilities }) => {
      const color = (digit: number) => {
        if (digit === prediction) return prediction === label ? COLORS.blue : COLORS.orange;
        return digit === label ? COLORS.green : COLORS.plain;
      };
      const options = { columns: 1, gap: 0, fill: 0 };
      const { trace } = imageGrid([pictures.pixels(i)], pictures.size, options);
      const colors = probabilities.map((_, digit) => color(digit));
      const beside = bars(probabilities.map(brief), colors, chances(probabilities), 10);
      return {
        heads: [[`y= ${label}　y_pred=${prediction}`]],
        plots: [
          picturePlot(trace, [0, PICTURE]),
          {
            traces: [{ ...beside, constraintext: 'none' }],
            ...{ x: { ...PROBABILITY_AXES.x, domain: [BARS, 1] }, y: PROBABILITY_AXES.y },
          },
        ],
        ...{ height: 88, under: 26 },
      };
    }),
    { l: 12 },
    [texts.title(rightCount, samples.length), ...samples.map(sampleInWords)].join('\n'),
  );
}

/** Describes the three most probable digits. */
const sampleInWords = ({ probabilities, label, prediction }: Judged): string =>
  `y=${label} y_pred=${prediction}: ${likeliest(probabilities).slice(0, 3).map(inWords).join(' · ')}`;
