import type { LayoutAxis } from 'plotly.js';
import { type Figure, FONT_FAMILY } from './figure';
import { allCurves, type Curve, type CurveOptions, type HistoryValues } from './history-curves';
import { marks } from './scale';

/** An SVG picture for white paper with a fixed height and flexible width. */
export interface Picture {
  readonly svg: string;
  /** Height in pixels. */
  readonly height: number;
  /** Text version for readers who cannot see the picture. */
  readonly text: string;
}

/**
 * Draws the curves of {@link historyCurves} as a picture during training, in a fraction of a millisecond;
 * browsers show it without a script.
 *
 * @param history the epochs so far, possibly none.
 * @param options step values, and another training for comparison.
 * @example
 * const { svg, text } = historyPicture({ loss: [0.33, 0.15] });
 * svg.startsWith('<svg'); // true
 * text; // 'Loss and accuracy during training\nLoss: training 0.3300 → 0.1500'
 */
export function historyPicture(history: HistoryValues, options: CurveOptions = {}): Picture {
  const figure = allCurves(history, options);
  const { height = 0, margin: { t: top = 0, b: bottom = 0 } = {} } = figure.layout;
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

/** Minimum width in pixels for a legend in a single row. */
const WIDE = 700;

/** Coordinates of a panel are thousandths of its width and height. */
const SIZE = 1000;

/** Skips curves hidden until a click, because a picture has no clickable legend. */
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
  const across = (value: number) => thousandths(value, x);
  const down = (value: number) => SIZE - thousandths(value, y);
  const lines = curves.map(curve => {
    const spots = curve.x.map((value, i): Spot => [across(value), down(Number(curve.y[i]))]);
    return svgCurve(
      curve,
      spots.filter(spot => spot.every(Number.isFinite)),
    );
  });
  const rows = marks(scaleOf(y)).map(([value, label]) => {
    const position = `${down(value) / 10}%`;
    return `<line x2="100%" y1="${position}" y2="${position}" stroke="#ddd"/><text x="-6" y="${position}" dy=".35em" text-anchor="end">${label}</text>`;
  });
  const columns = marks(scaleOf(x)).map(([value, label]) => {
    const position = `${across(value) / 10}%`;
    return `<line x1="${position}" x2="${position}" y2="100%" stroke="#ddd"/><text x="${position}" y="100%" dy="1.4em" text-anchor="middle">${label}</text>`;
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

/** Draws a line through points, and markers as zero-length lines with round or square ends. */
function svgCurve(
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

/** Draws the legend in rows, each entry with a piece of its line. */
const legend = (curves: readonly Curve[], columns: number): string =>
  curves
    .filter(({ showlegend }) => showlegend)
    .map((curve, i) => {
      const sample = svgCurve(curve, LINE, [[14, 0]]);
      const [x, y] = [4 + (96 / columns) * (i % columns), 16 + 22 * Math.floor(i / columns)];
      return `<svg x="${x}%" y="${y}" overflow="visible">${sample}<text x="36" dy=".35em">${curve.name}</text></svg>`;
    })
    .join('');

const LINE = [
  [0, 0],
  [28, 0],
] as const;

const scaleOf = ({ range: [from, to], dtick }: LayoutAxis) => ({ from, to, step: Number(dtick) });

/** Returns a value's axis position in whole thousandths, for short strings. */
const thousandths = (value: number, { range: [from, to] }: LayoutAxis) =>
  Math.round((SIZE * (value - from)) / (to - from));

/** Formats a share of the picture's width for SVG. */
const ofWidth = (share: number) => `${(100 * share).toFixed(2)}%`;
