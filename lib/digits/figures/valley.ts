import type * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { type Loss, steepestWeight } from '../network/loss-paths';
import { COLORS, type Figure, roundedTo, signed } from './figure';
import { briefLoss, briefNumber, line, lossRow, wordsAt } from './loss-plot';
import { stack } from './stack';

/**
 * Shows the loss along one weight of the last dense layer, the weight with the steepest gradient: a
 * valley, the current point in it, and the tangent there. The weight is restored bit for bit.
 *
 * @param model has a dense layer, and was given to `loss`.
 * @param loss returns the loss as a tensor of one number.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws TypeError if `loss` is no such function, or its value is not finite.
 * @throws RangeError if the model has no dense layer.
 * @example
 * const loss = () => tf.losses.softmaxCrossEntropy(labels, logits(x)) as tf.Scalar;
 * figures.valley(model, loss).data.length; // 3
 */
export function valley(model: tf.LayersModel, loss: Loss): Figure {
  const texts = messages().figures.valley;
  const {
    input,
    output,
    fromPixel,
    value,
    gradient,
    loss: here,
    path,
  } = steepestWeight(model, loss);
  const { positions, losses } = path;
  const [first, last] = [0, losses.length - 1].map(i => itemAt(losses, i));
  const lowest = losses.indexOf(Math.min(...losses));
  // The curve is seen to fall and to rise again.
  const isValley = [first, last].every(end => Number(end) > itemAt(losses, lowest) + 0.001);
  const slope = signed(roundedTo(1e3)(gradient), 3);
  const from = (fromPixel ? texts.pixel : texts.unit)(input);
  const half = 0.25 * (itemAt(positions, positions.length - 1) - itemAt(positions, 0));
  const tangent = [-half, half].map(by => [value + by, here + gradient * by] as const);
  const dashed = { color: COLORS.quiet, width: 1.5, dash: 'dash' };
  const heads = texts.head(from, output, slope, isValley);
  const at = (i: number) =>
    [briefLoss(itemAt(losses, i)), briefNumber(itemAt(positions, i))] as const;
  return stack(
    [
      lossRow(heads, texts.axis, path, [[value, here]], {
        over: [line(tangent, dashed)],
        notes: [wordsAt([value, here], gradient < 0 ? 'left' : 'right', texts.here)],
      }),
    ],
    { l: 62, shift: -54 },
    [
      messages().figures.inOneLine(heads),
      texts.words(briefLoss(here), briefNumber(value), ...at(lowest)),
    ].join('\n'),
  );
}
