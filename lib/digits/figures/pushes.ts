import { type Given, readJudged } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { titled } from './axes';
import { bars, DIGIT_AXIS } from './bars';
import { COLORS } from './colors';
import type { Figure } from './figure';
import { roundedTo, signed } from './numbers';
import { singlePlot } from './stack';

/** A dummy picture, because the reader expects a picture per row of probabilities. */
const BLANK = [[[0]]];

/**
 * Shows the gradient of a picture's logits, p − y with the one-hot label y: a training step pushes the correct
 * output up, and all others down.
 *
 * @param probabilities result of `model.predict` for a single picture, `[1, classes]`; in [0, 1].
 * @param labels the picture's digit, as loaded or as a tensor or list, `[1]`.
 * @example
 * pushes(model.predict(xTest.slice(0, 1)), yTest.slice(0, 1)).data.length; // 1
 * pushes([[0.5, 0.25, 0.25]], [1]).text.split('\n')[1]; // 'up: 1 (−0.75); down: 0 (0.50), 2 (0.25)'
 */
export function pushes(probabilities: Given, labels: Given): Figure {
  const texts = messages().figures.pushes;
  const { label, probabilities: p } = itemAt(readJudged(BLANK, labels, probabilities).samples, 0);
  const gradients = p.map((p, digit) => roundedTo(1e4)(p - Number(digit === label)));
  const colors = gradients.map(value => (value < 0 ? COLORS.green : COLORS.blue));
  // An arrow shows the direction of the step.
  const arrows = gradients.map(value => (value < 0 ? '↑' : value > 0.0005 ? '↓' : ''));
  // Leaves space for a confident wrong answer.
  const range = Math.max(...gradients) > 0.3 ? [-1.9, 1.6] : [-1.45, 0.65];
  const push = signed(itemAt(gradients, label));
  const downs = gradients.flatMap((value, digit) =>
    digit === label ? [] : [`${digit} (${signed(value)})`],
  );
  return singlePlot(
    texts.head(label, push),
    {
      traces: [{ ...bars(gradients, colors, arrows, 17), constraintext: 'none' }],
      x: { ...DIGIT_AXIS, ...titled(texts.output) },
      y: { ...titled('p − y'), range, tickvals: [-1, 0, 1] },
    },
    { height: 150, under: 52, bargap: 0.25 },
    [texts.words(label, push, downs)],
  );
}
