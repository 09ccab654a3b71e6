import type * as tf from '@tensorflow/tfjs';
import type { Annotations } from 'plotly.js';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { type Loss, pathByRate, RATE } from '../network/loss-paths';
import { COLORS, type Figure } from './figure';
import { briefLoss, briefNumber, lossRange, lossRow, type Point, wordsAt } from './loss-plot';
import { stack } from './stack';

/**
 * Shows the loss after one step of plain gradient descent, by learning rate: too large a step crosses
 * the valley. The rate 0.5 is marked. The variables are restored bit for bit.
 *
 * @param loss returns the loss as a tensor of one number.
 * @param grads what `tf.variableGrads(loss)` returns as `grads`, before a step is taken.
 * @throws TypeError if `loss` is no such function, its value is not finite, or `grads` are no gradients.
 * @example
 * const { grads } = tf.variableGrads(loss);
 * figures.learningRates(loss, grads).data.length; // 2
 */
export function learningRates(loss: Loss, grads: tf.NamedTensorMap): Figure {
  const texts = messages().figures.learningRates;
  const { before, after, parameters, path } = pathByRate(loss, grads);
  const { positions, losses } = path;
  // As many decimals as tell them apart.
  const decimals = before.toFixed(2) === after.toFixed(2) ? 4 : 2;
  const [from, to] = [before, after].map(value => briefLoss(value, decimals)) as [string, string];
  const isLower = after < before;
  const [low, high] = lossRange(losses, before);
  // Above the points there is room beside a falling curve; if they are close, below the second.
  const isClose = Math.abs(before - after) < 0.15 * (high - low);
  const [start, end]: [Point, Point] = [
    [0, before],
    [RATE, after],
  ];
  const arrow: Partial<Annotations> = {
    ...{ ax: start[0], ay: start[1], x: end[0], y: end[1], text: '', showarrow: true },
    ...{ arrowcolor: COLORS.ink, arrowwidth: 3, arrowhead: 2, arrowsize: 0.9, standoff: 6 },
  };
  const isShown = after <= high;
  const notes = [
    wordsAt(start, 'left', from),
    ...(isShown ? [arrow, wordsAt(end, isLower ? 'left' : 'right', to, isClose)] : []),
  ];
  const at = (i: number) =>
    [briefLoss(itemAt(losses, i)), briefNumber(itemAt(positions, i))] as const;
  const heads = texts.head(grouped(parameters), RATE, from, to, isLower);
  const lowest = losses.indexOf(Math.min(...losses));
  return stack(
    [lossRow(heads, texts.axis, path, isShown ? [start, end] : [start], { notes })],
    { l: 62, shift: -54 },
    [
      messages().figures.inOneLine(heads),
      texts.words(...at(lowest), ...at(losses.length - 1)),
    ].join('\n'),
  );
}
