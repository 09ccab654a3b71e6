import { escaped } from '../format';
import { messages } from '../language';
import { FONT_FAMILY } from './figure';
import { marks, type Scale } from './scale';
import {
  type CurveOptions,
  FRAME,
  type HistoryValues,
  historyWords,
  type Look,
  type Panel,
  trainingPanels,
} from './training-panels';

/** A picture as SVG, of a fixed height and as wide as the place that it is given. */
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
  const panels = trainingPanels(history, options);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="${height}" font-family="${font}" font-size="14" fill="#222">`,
    // Lines keep their width when the panel is stretched.
    `<style>path{fill:none;vector-effect:non-scaling-stroke}@media(max-width:${WIDE - 1}px){.wide{display:none}}@media(min-width:${WIDE}px){.narrow{display:none}}</style>`,
    '<rect width="100%" height="100%" fill="white"/>',
    `<g class="wide">${legend(panels, 4)}</g><g class="narrow">${legend(panels, 2)}</g>`,
    `<svg y="${top}" width="100%" height="${height - top - bottom}" overflow="visible">`,
    ...panels.map(panelOf),
    '</svg></svg>',
  ];
  return { svg: parts.join(''), height, text: historyWords(history, options) };
}

const font = FONT_FAMILY.replaceAll('"', "'");

/** From this width on, in pixels, the legend stands in one row. */
const WIDE = 700;

/** A panel is drawn in thousandths of its width and height. */
const SIZE = 1000;

function panelOf({ title, from: start, domain: [from, to], x, y, series }: Panel): string {
  const across = (value: number) => place(value, x);
  const down = (value: number) => SIZE - place(value, y);
  const curves = series.map(({ look, x, y }) => {
    const spots = x.map((value, i) => [across(value), down(y[i] ?? Number.NaN)] as const);
    return drawn(
      look,
      spots.filter(spot => spot.every(Number.isFinite)),
    );
  });
  const rows = marks(y).map(([value, label]) => {
    const at = `${down(value) / 10}%`;
    return `<line x2="100%" y1="${at}" y2="${at}" stroke="#ddd"/><text x="-6" y="${at}" dy=".35em" text-anchor="end">${label}</text>`;
  });
  const columns = marks(x).map(([value, label]) => {
    const at = `${across(value) / 10}%`;
    return `<line x1="${at}" x2="${at}" y2="100%" stroke="#ddd"/><text x="${at}" y="100%" dy="1.4em" text-anchor="middle">${label}</text>`;
  });
  return [
    `<svg x="${ofWidth(from)}" width="${ofWidth(to - from)}" height="100%" overflow="visible">`,
    ...rows,
    ...columns,
    `<text x="50%" y="100%" dy="2.5em" font-size="17" text-anchor="middle">${messages().figures.history.epoch}</text>`,
    `<text y="-8" font-size="17">${escaped(title)}${start && ` <tspan font-size="13">${start}</tspan>`}</text>`,
    `<svg width="100%" height="100%" viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none">`,
    ...curves,
    '</svg></svg>',
  ].join('');
}

type Spot = readonly [x: number, y: number];

/** Draws a line through the spots, and a marker at each: a line of no length, its ends round or square. */
function drawn({ color, line, dash, marker, size }: Look, spots: readonly Spot[]): string {
  if (spots.length === 0) return '';
  const at = spots.map(spot => spot.join(' '));
  const dashes = dash ? ` stroke-dasharray="${dash}"` : '';
  const cap = marker === 'circle' ? 'round' : 'square';
  return [
    line ? `<path d="M${at.join(' ')}" stroke="${color}" stroke-width="${line}"${dashes}/>` : '',
    marker
      ? `<path d="${at.map(spot => `M${spot}h0`).join('')}" stroke="${color}" stroke-width="${size}" stroke-linecap="${cap}"/>`
      : '',
  ].join('');
}

/** Names the series in rows, each with a piece of its line. */
function legend([panel]: Panel[], columns: number): string {
  const named = (panel?.series ?? []).filter(({ rank }) => rank !== undefined);
  const at = (x: number): Spot => [x, 0];
  return named
    .sort((a, b) => Number(a.rank) - Number(b.rank))
    .map(({ name, look: { marker, size, ...line }, look }, i) => {
      const sample = drawn(line, [at(0), at(28)]) + drawn({ ...look, line: 0 }, [at(14)]);
      const [x, y] = [4 + (96 / columns) * (i % columns), 16 + 22 * Math.floor(i / columns)];
      return `<svg x="${x}%" y="${y}" overflow="visible">${sample}<text x="36" dy=".35em">${escaped(name)}</text></svg>`;
    })
    .join('');
}

/** Returns the place of a value on its axis, in whole thousandths: strings stay short. */
const place = (value: number, { from, to }: Scale) =>
  Math.round((SIZE * (value - from)) / (to - from));

/** A share of the picture's width, as SVG writes it. */
const ofWidth = (share: number) => `${(100 * share).toFixed(2)}%`;
