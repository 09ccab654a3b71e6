import type { Layout, LayoutAxis } from 'plotly.js';
import { COLORS } from './colors';

/** Returns Plotly's name of an axis: `x`, `x2`, `x3`, … */
const axisName = <Letter extends string>(letter: Letter, n: number): Letter =>
  (n === 1 ? letter : `${letter}${n}`) as Letter;

/** Returns the axes of a trace on the n-th pair. */
export const onAxes = (n: number) => ({ xaxis: axisName('x', n), yaxis: axisName('y', n) });

const AXIS = { fixedrange: true, gridcolor: COLORS.grid, zerolinecolor: COLORS.quiet };

/** Returns the layout of the n-th pair of axes, anchored to each other. */
export const axisPair = (
  n: number,
  x: Partial<LayoutAxis>,
  y: Partial<LayoutAxis>,
): Partial<Layout> => ({
  [axisName('xaxis', n)]: { ...AXIS, anchor: axisName('y', n), ...x },
  [axisName('yaxis', n)]: { ...AXIS, anchor: axisName('x', n), ...y },
});

/** Returns an axis title in the size of the text. */
export const titled = (text: string) => ({ title: { text, standoff: 4, font: { size: 14 } } });

/** Keeps the first y tick label off the first x label. */
export const CLEAR_TICKS = { ticks: 'outside', ticklen: 5, tickcolor: 'rgba(0, 0, 0, 0)' } as const;
