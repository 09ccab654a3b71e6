import { cautiousPercent } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { Nudge } from '../network/nudge';
import { bars, PROBABILITY_AXES } from './bars';
import { COLORS, DIVERGING } from './colors';
import type { Figure } from './figure';
import { colored } from './notes';
import { roundedTo } from './numbers';
import { greyCells, picturePlot } from './pictures';
import { stack } from './stack';

/**
 * Shows a nudged picture: the picture, the magnified small change that changes the network's answer, the
 * changed picture, and the probabilities before and after. Orange pixels become brighter, blue pixels darker.
 *
 * @param found result of `digits.nudge`.
 * @example
 * figures.nudge(digits.nudge(model, xTest.slice(0, 1))).data.length; // 5
 */
export function nudge(found: Nudge): Figure {
  // Browsers do not check types.
  if (!found?.pixels) throw new TypeError(messages().figures.notComputed('nudge'));
  const { shape, pixels, change, largest, from, to, probabilities } = found;
  const texts = messages().figures.nudge;
  const greys = { zmin: Math.min(0, ...pixels.before), zmax: Math.max(1, ...pixels.before) };
  const percents = (p: Float32Array) => [from, to].map(k => cautiousPercent(itemAt(p, k)));
  const { plain, blue } = COLORS;
  const lines = [
    texts.pBefore(from, to, percents(probabilities.before)),
    texts.pAfter(from, to, percents(probabilities.after)),
  ];
  const key = lines.map((line, i) => `${colored('■', i ? blue : plain)} ${line}`);
  const clearly = (sign: number) => change.filter(value => value * sign >= largest / 10).length;
  // Within 3 pixels of an edge, where MNIST is nearly always black.
  const width = shape[1] ?? 0;
  const isRim = (i: number) =>
    Math.min(i, change.length - 1 - i) < 3 * width || (i + 3) % width < 6;
  const rim = change.some((value, i) => isRim(i) && Math.abs(value) >= largest / 10);
  const ink = pixels.before.reduce((sum, value) => sum + value, 0);
  return stack(
    [
      {
        heads: [texts.before(from), texts.change(format(1 / largest)), texts.after(to)],
        plots: [
          { ...greyCells(shape, pixels.before), ...greys },
          {
            ...greyCells(shape, change, 1e4),
            ...{ colorscale: DIVERGING, zmin: -largest, zmax: largest },
          },
          { ...greyCells(shape, pixels.after), ...greys },
        ].map((picture, i) => picturePlot(picture, [i / 3, i / 3 + 0.3])),
        ...{ height: 112, under: 8 },
      },
      {
        heads: [[texts.scale(format(largest)), ...(rim ? [texts.rim] : []), ...key]],
        plots: [
          {
            traces: [
              bars(Array.from(probabilities.before, roundedTo(1e4)), plain),
              bars(Array.from(probabilities.after, roundedTo(1e4)), blue),
            ],
            ...{ x: PROBABILITY_AXES.x, y: { ...PROBABILITY_AXES.y, range: [0, 1.02] } },
          },
        ],
        ...{ height: 130, under: 30 },
      },
    ],
    { l: 34, bargap: 0.2 },
    [
      texts.title(from, to),
      texts.size(format(largest), format(found.total), format(ink)),
      texts.places(clearly(1), clearly(-1)),
      ...(rim ? [texts.rim] : []),
      ...lines,
    ].join('\n'),
  );
}

/** Formats a number with two digits, such as 0.12 or 8.3; numbers from 10 up as integers. */
const format = (value: number): string =>
  value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
