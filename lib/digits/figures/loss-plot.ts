/** A curve of losses with points on it, which the valley of a weight and the learning rates share. */
import { grouped } from '../format';
import { messages } from '../language';
import type { LossPath } from '../network/loss-paths';
import { COLORS, note, paddedRange, roundedTo } from './figure';
import type { Plot, Row } from './stack';

export type Point = readonly [x: number, y: number];

/** A row that shows losses as a curve, and points on it, the first of which is the current loss. */
export function lossRow(
  heads: readonly string[],
  title: string,
  { positions, losses }: LossPath,
  points: readonly [Point, ...Point[]],
  { over = [], notes = [] }: { over?: readonly object[]; notes?: Plot['notes'] },
): Row {
  const curve = positions.map((value, i): Point => [value, Number(losses[i])]);
  return {
    heads: [heads],
    plots: [
      {
        traces: [
          ...over,
          line(curve, { color: COLORS.blue, width: 2.5 }),
          { ...line(points, {}), mode: 'markers', marker: { color: COLORS.ink, size: 11 } },
        ],
        x: { ...titled(title), zeroline: false },
        y: { ...titled(messages().figures.loss), range: lossRange(losses, points[0][1]) },
        notes,
      },
    ],
    ...{ height: 190, under: 56 },
  };
}

export const line = (points: readonly Point[], line: object): object => ({
  ...{ type: 'scatter', mode: 'lines', line },
  x: points.map(([x]) => roundedTo(1e5)(x)),
  y: points.map(([, y]) => roundedTo(1e5)(y)),
  hovertemplate: '%{x}: %{y}<extra></extra>',
});

export const titled = (text: string) => ({ title: { text, standoff: 4, font: { size: 14 } } });

/** Finds the range of the losses; even if they grow beyond use, the current loss stays readable. */
export function lossRange(losses: readonly number[], loss: number): [number, number] {
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  return paddedRange([low, Math.max(high, low + 0.01)], 0.15);
}

/** Writes words beside a point, and above or below it; `anchor` is the side of the words that is near it. */
export const wordsAt = ([x, y]: Point, anchor: 'left' | 'right', words: string, isBelow = false) =>
  note(words, {
    ...{ x, y, xanchor: anchor, xshift: anchor === 'left' ? 8 : -8 },
    ...(isBelow ? { yanchor: 'top', yshift: -4 } : { yanchor: 'bottom', yshift: 2 }),
  });

/** Writes a loss; the logarithm of a probability that float32 rounds to 0 is infinite, and 0 times that is NaN. */
export function briefLoss(loss: number, decimals = 2): string {
  if (!Number.isFinite(loss)) return '∞';
  return loss >= 1000 ? grouped(Math.round(loss)) : loss.toFixed(decimals);
}

export const briefNumber = (value: number, digits = 2): number => Number(value.toPrecision(digits));
