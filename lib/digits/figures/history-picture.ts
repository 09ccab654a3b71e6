import type { LayoutAxis } from 'plotly.js';
import { type Figure, FONT_FAMILY } from './figure';
import {
  allCurves,
  type Curve,
  type CurveOptions,
  FRAME,
  type HistoryValues,
} from './history-curves';
import { marks } from './scale';

/** A picture as SVG for white paper, of a fixed height and as wide as the place that it is given. */
export interface Picture {
  readonly svg: string;
  /** In pixels. */
  readonly height: number;
  /** The same in words, for those who cannot see the picture. */
  readonly text: string;
}

/**
 * Draws what {@link historyCurves} shows as a picture, while training goes on: made in a
 * fraction of a millisecond, and shown by any browser without a script.
 *
 * @param history the epochs so far; it may be empty.
 * @param options what else is drawn: the values of the steps, another training beside this one.
 * @example
 * const { svg, text } = historyPicture({ loss: [0.33, 0.15] });
 * svg.startsWith('<svg'); // true
 * text; // 'Loss and accuracy during training\nLoss: training 0.3300 → 0.1500'
 */
export function historyPicture(history: HistoryValues, options: CurveOptions = {}): Picture {
  const { height, top, bottom } = FRAME;
  const figure = allCurves(history, options);
  const curves = shownIn(figure);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="${height}" font-family="${font}" font-size="14" fill="#222">`,
    // Lines keep their width when the panel is stretched.
    `<style>path{fill:none;vector-effect:non-scaling-stroke}@media(max-width:${WIDE - 1}px){.wide{display:none}}@media(min-width:${WIDE}px){.narrow{display:none}}</style>`,
    `<g class="wide">${legend(curves, 4)}</g><g class="narrow">${legend(curves, 2)}</g>`,
    `<svg y="${top}" width="100%" height="${height - top - bottom}" overflow="visible">`,
    ...['', '2'].map(panel => panelOf(figure, panel)),
    '</svg></svg>',
  ];
  return { svg: parts.join(''), height, text: figure.text };
}

const font = FONT_FAMILY.replaceAll('"', "'");

/** From this width on, in pixels, the legend stands in one row. */
const WIDE = 700;

/** A panel is drawn in thousandths of its width and height. */
const SIZE = 1000;

/** A picture has no legend to click: curves that wait for a click are left out. */
const shownIn = ({ data }: Figure): Curve[] =>
  (data as unknown as Curve[]).filter(({ visible }) => visible === true);

function panelOf(figure: Figure, panel: string): string {
  const { layout } = figure;
  const curves = shownIn(figure).filter(({ xaxis }) => xaxis === `x${panel}`);
  if (curves.length === 0) return '';
  const [x, y] = (['x', 'y'] as const).map(
    letter => (layout as Record<string, LayoutAxis>)[`${letter}axis${panel}`],
  ) as [LayoutAxis, LayoutAxis];
  const [from, to] = x.domain as [number, number];
  const across = (value: number) => place(value, x);
  const down = (value: number) => SIZE - place(value, y);
  const lines = curves.map(curve => {
    const spots = curve.x.map((value, i): Spot => [across(value), down(Number(curve.y[i]))]);
    return drawn(
      curve,
      spots.filter(spot => spot.every(Number.isFinite)),
    );
  });
  const rows = marks(scaleOf(y)).map(([value, label]) => {
    const at = `${down(value) / 10}%`;
    return `<line x2="100%" y1="${at}" y2="${at}" stroke="#ddd"/><text x="-6" y="${at}" dy=".35em" text-anchor="end">${label}</text>`;
  });
  const columns = marks(scaleOf(x)).map(([value, label]) => {
    const at = `${across(value) / 10}%`;
    return `<line x1="${at}" x2="${at}" y2="100%" stroke="#ddd"/><text x="${at}" y="100%" dy="1.4em" text-anchor="middle">${label}</text>`;
  });
  const title = layout.annotations?.[Number(panel || 1) - 1]?.text ?? '';
  return [
    `<svg x="${ofWidth(from)}" width="${ofWidth(to - from)}" height="100%" overflow="visible">`,
    ...rows,
    ...columns,
    `<text x="50%" y="100%" dy="2.5em" font-size="17" text-anchor="middle">${x.title.text}</text>`,
    `<text y="-8" font-size="17">${title.replaceAll('span', 'tspan')}</text>`,
    `<svg width="100%" height="100%" viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none">`,
    ...lines,
    '</svg></svg>',
  ].join('');
}

type Spot = readonly [x: number, y: number];

/** Draws a line through the spots, and markers: lines of no length, their ends round or square. */
function drawn(
  { line: { color, width, dash }, marker }: Curve,
  spots: readonly Spot[],
  markers = spots,
): string {
  if (spots.length === 0) return '';
  const dashes = dash === 'solid' ? '' : ` stroke-dasharray="${dash}"`;
  const cap = marker.symbol === 'circle' ? 'round' : 'square';
  return [
    width
      ? `<path d="M${spots.map(spot => spot.join(' ')).join(' ')}" stroke="${color}" stroke-width="${width}"${dashes}/>`
      : '',
    marker.size
      ? `<path d="${markers.map(spot => `M${spot}h0`).join('')}" stroke="${color}" stroke-width="${marker.size}" stroke-linecap="${cap}"/>`
      : '',
  ].join('');
}

/** Names the curves in rows, each with a piece of its line. */
const legend = (curves: readonly Curve[], columns: number): string =>
  curves
    .filter(({ showlegend }) => showlegend)
    .map((curve, i) => {
      const sample = drawn(curve, LINE, [[14, 0]]);
      const [x, y] = [4 + (96 / columns) * (i % columns), 16 + 22 * Math.floor(i / columns)];
      return `<svg x="${x}%" y="${y}" overflow="visible">${sample}<text x="36" dy=".35em">${curve.name}</text></svg>`;
    })
    .join('');

const LINE = [
  [0, 0],
  [28, 0],
] as const;

const scaleOf = ({ range: [from, to], dtick }: LayoutAxis) => ({ from, to, step: Number(dtick) });

/** Returns the place of a value on its axis, in whole thousandths: strings stay short. */
const place = (value: number, { range: [from, to] }: LayoutAxis) =>
  Math.round((SIZE * (value - from)) / (to - from));

/** A share of the picture's width, as SVG writes it. */
const ofWidth = (share: number) => `${(100 * share).toFixed(2)}%`;
