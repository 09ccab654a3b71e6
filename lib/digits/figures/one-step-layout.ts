/** Where the parts of the figure of one step stand: one below the other, so that it fits a phone. */
import type { Annotations, LayoutAxis } from 'plotly.js';
import type { OneStep } from '../one-step';
import { COLORS } from './figure';
import type { StepWords } from './one-step-words';

/** Height of each part, and the room below it for its axis and the next heading, in pixels. */
const ROWS = [
  [110, 80],
  [100, 74],
  [150, 98],
  [150, 0],
] as const;
export const MARGIN = { l: 58, r: 18, t: 72, b: 46 };
export const INNER = ROWS.reduce((sum, [height, below]) => sum + height + below, 0);
/** Where the picture ends, and the bars beside it begin. */
export const [PICTURE, BARS] = [0.2, 0.3];
export const GREY = '#767676';
/** Of what moves: the colours are taken. */
export const INK = '#222222';

/** Which part of the height the i-th part has, as Plotly counts: from the bottom. */
function rows(i: number): [number, number] {
  const above = ROWS.slice(0, i).reduce((sum, [height, below]) => sum + height + below, 0);
  return [1 - (above + ROWS[i as 0][0]) / INNER, 1 - above / INNER];
}

export const DIGITS = { dtick: 1, showgrid: false, zeroline: false, tickangle: 0 } as const;

interface AxisOptions extends Omit<Partial<LayoutAxis>, 'title'> {
  readonly title?: string;
}

/** The two axes with a number, in the part of the height that is theirs. */
export function axes(axis: number, { x, y }: { x: AxisOptions; y: AxisOptions }) {
  const shared = ({ title, ...rest }: AxisOptions) => ({
    ...{ fixedrange: true, gridcolor: '#dddddd', zerolinecolor: GREY, ...rest },
    ...(title ? { title: { text: title, standoff: 4, font: { size: 14 } } } : {}),
  });
  return {
    [`xaxis${axis}`]: { anchor: `y${axis}`, zeroline: false, ...shared(x) },
    [`yaxis${axis}`]: { anchor: `x${axis}`, domain: rows(axis - 2), ...shared(y) },
  };
}

export function pictureAxes({ picture: { shape, pixels } }: OneStep) {
  const [height, width] = sizes(shape, pixels.length);
  const bare = { visible: false, fixedrange: true, constrain: 'domain', constraintoward: 'left' };
  return {
    xaxis: { ...bare, anchor: 'y', domain: [0, PICTURE], range: [-0.5, width - 0.5] },
    yaxis: {
      ...bare,
      constraintoward: 'middle',
      anchor: 'x',
      domain: rows(0),
      range: [height - 0.5, -0.5],
      ...(height > 1 ? { scaleanchor: 'x' } : {}),
    },
  };
}

/** The range of the losses; where they grow beyond use, the place where we stand stays readable. */
export function around(losses: readonly number[], loss: number): [number, number] {
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  const room = 0.15 * (high - low || 1);
  return [low - room, high + room];
}

/** Reads rows and columns from a shape; a sample that is no picture is shown as a square, or a row. */
export function sizes(shape: readonly number[], length: number): [height: number, width: number] {
  const [height = 1, width = length] = shape;
  if (shape.length > 1 && height * width === length) return [height, width];
  const side = Math.sqrt(length);
  return Number.isInteger(side) ? [side, side] : [1, length];
}

export const heading = (text: string, i: number): Partial<Annotations> => ({
  ...{ text, xref: 'paper', x: 0, xanchor: 'left', xshift: -50, align: 'left', showarrow: false },
  ...{ yref: 'paper', y: rows(i)[1], yanchor: 'bottom', yshift: i === 0 ? 24 : 6 },
});

/** Says which bars are which, above them. */
export const key = ({ probability, oneHot }: StepWords): Partial<Annotations> => ({
  text: `<span style="color:${COLORS.blue}">■</span> ${probability}　<span style="color:${COLORS.green}">■</span> ${oneHot}`,
  ...{ xref: 'paper', x: BARS, xanchor: 'left', showarrow: false },
  ...{ yref: 'paper', y: 1, yanchor: 'bottom' },
});

export type Point = readonly [x: number, y: number];

/** Draws an arrow from one point of an axis' panel to another. */
export function arrow(axis: number, [ax, ay]: Point, [x, y]: Point): Partial<Annotations> {
  return {
    ...({ xref: `x${axis}`, yref: `y${axis}`, axref: `x${axis}`, ayref: `y${axis}` } as object),
    ...{ x, y, ax, ay, text: '' },
    showarrow: true,
    arrowcolor: INK,
    arrowwidth: 3,
    arrowhead: 2,
    arrowsize: 0.9,
    standoff: 6,
  };
}

/** Writes words beside a point; `anchor` is the side of the words that is near it. */
export function value(
  axis: number,
  [x, y]: Point,
  anchor: 'left' | 'right',
  words: string,
): Partial<Annotations> {
  return {
    ...({ xref: `x${axis}`, yref: `y${axis}` } as object),
    ...{ x, y, text: words, showarrow: false, xanchor: anchor },
    xshift: anchor === 'left' ? 10 : -12,
    // The curve falls to the right: above it, and below it, there is room.
    yanchor: anchor === 'left' ? 'bottom' : 'top',
  };
}
