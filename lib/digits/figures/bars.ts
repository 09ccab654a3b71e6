import { cautiousPercent } from '../format';
import { messages } from '../language';
import { CLEAR_TICKS } from './axes';

/** A horizontal axis of classes. */
export const DIGIT_AXIS = { dtick: 1, showgrid: false, zeroline: false, tickangle: 0 } as const;

/** Axes for the classes' probabilities, with room above 1 for numbers. */
export const PROBABILITY_AXES = {
  x: DIGIT_AXIS,
  y: { ...CLEAR_TICKS, range: [0, 1.25], tickvals: [0, 0.5, 1] },
};

/** Draws values as bars, optionally with text above each bar. */
export const bars = (
  y: number[],
  color: string | string[],
  above?: string[],
  size = 11,
): object => ({
  ...{ type: 'bar', y, marker: { color } },
  // Shows small probabilities such as 1.03e-8, because a softmax is never 0.
  hovertemplate: '%{x}: %{y:.3~g}<extra></extra>',
  ...(above && { text: above, textposition: 'outside', cliponaxis: false }),
  ...(above && { textangle: 0, textfont: { size } }),
});

/** Formats probabilities as whole per cents; empty for negligible values. */
export const chances = (probabilities: ArrayLike<number>): string[] =>
  Array.from(probabilities, p => (p < 0.005 ? '' : cautiousPercent(p, 0)));

/** Rounds a probability to four significant digits, however small. */
export const brief = (probability: number): number => Number(probability.toPrecision(4));

/** Lists classes with their probabilities, largest first. */
export const likeliest = (probabilities: ArrayLike<number>) =>
  Array.from(probabilities, (probability, digit) => ({ digit, probability })).sort(
    (a, b) => b.probability - a.probability,
  );

export const inWords = ({ digit, probability }: ReturnType<typeof likeliest>[number]): string =>
  messages().figures.chance(digit, cautiousPercent(probability));
