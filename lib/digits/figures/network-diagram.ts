import type * as tf from '@tensorflow/tfjs';
import type { Annotations, Data } from 'plotly.js';
import { grouped } from '../format';
import { checkModel } from '../input/ready';
import { itemAt } from '../item-at';
import { text } from '../language';
import { COLORS, type Figure, figure, plainly } from './figure';
import { networkRows, type Row } from './network-rows';

/** So many units a row shows in full; of more it shows so many at either end. */
const MOST = 10;
const ENDS = 4;
/** The share of the width for the drawing; the words stand beside it, on a phone too. */
const DRAWING = 0.43;

/**
 * Draws a network as it is built, from its input down: the units of each layer and what feeds them, its
 * type, activation and output shape, and how its parameters are counted.
 *
 * @param model a built Sequential stack of any layers; its first knows the shape of its input.
 * @throws TypeError for a model of another kind.
 * @example
 * networkDiagram(model).text.split('\n')[3]; // 'dense (Dense, relu): (None, 128), 784 × 128 + 128 = 100,480 parameters'
 */
export function networkDiagram(model: tf.LayersModel): Figure {
  checkModel(model, 'networkDiagram(model)');
  const rows = networkRows(model);
  const total = text({
    zh: `参数总数：${grouped(model.countParams())}`,
    en: `Total parameters: ${grouped(model.countParams())}`,
  });
  const last = rows.length - 1;
  return figure(
    [...rows.slice(1).map((row, i) => links(itemAt(rows, i), row, i)), ...rows.map(dots)],
    {
      height: 60 + 92 * rows.length,
      margin: { l: 10, r: 10, t: 10, b: 45 },
      xaxis: { domain: [0, DRAWING], range: [-5.2, 5.2], visible: false, fixedrange: true },
      yaxis: { range: [last + 0.5, -0.5], visible: false, fixedrange: true },
      annotations: [
        ...rows.map(words),
        ...rows.flatMap(ellipsis),
        {
          ...beside,
          text: `<b>${total}</b>`,
          yref: 'paper',
          y: 0,
          yanchor: 'top',
          yshift: -4,
        },
      ],
      showlegend: false,
    },
    [text({ zh: '网络的结构', en: 'The network' }), ...rows.map(inWords), total].join('\n'),
  );
}

/** Lists the places, from left to right, of the units that are shown. */
function places({ units }: Row): number[] {
  if (units <= MOST) return Array.from({ length: units }, (_, i) => i - (units - 1) / 2);
  const end = Array.from({ length: ENDS }, (_, i) => i + 1.5);
  return [...end.map(x => -x).reverse(), ...end];
}

function dots(row: Row, y: number, rows: readonly Row[]): Data {
  const x = places(row);
  const isOutput = y === rows.length - 1 && row.units <= MOST && !row.pictures;
  return {
    type: 'scatter',
    mode: 'text+markers',
    x,
    y: x.map(() => y),
    text: x.map((_, unit) => {
      // The units of the output stand for the classes.
      if (isOutput) return String(unit);
      return row.pictures && x.length === 1 ? row.size : '';
    }),
    textfont: { size: isOutput ? 10 : 11, color: row.trained ? 'white' : '#222222' },
    marker: {
      symbol: row.pictures ? 'square' : 'circle',
      size: row.pictures && x.length === 1 ? 52 : 14,
      color: row.trained ? COLORS.blue : '#ffffff',
      line: { color: row.trained ? COLORS.blue : '#767676', width: 1.5 },
    },
    hoverinfo: 'skip',
  } as Data;
}

/** Joins what feeds to what is fed: all to all, or one to one as far as there are as many of both. */
function links(above: Row, row: Row, y: number): Data {
  const [from, to] = [places(above), places(row)];
  const most = Math.max(from.length, to.length);
  const part = (of: number[], i: number) => itemAt(of, Math.floor((i * of.length) / most));
  const pairs = row.readsAll
    ? from.flatMap(a => to.map(b => [a, b]))
    : Array.from({ length: most }, (_, i) => [part(from, i), part(to, i)]);
  return {
    type: 'scatter',
    mode: 'lines',
    x: pairs.flatMap(([a, b]) => [a, b, null]),
    y: pairs.flatMap(() => [y, y + 1, null]),
    line: { color: '#c4c4c4', width: row.readsAll ? 0.7 : 1.2 },
    hoverinfo: 'skip',
  } as Data;
}

function ellipsis({ units }: Row, y: number): Partial<Annotations>[] {
  if (units <= MOST) return [];
  return [{ text: '<b>…</b>', x: 0, y, font: { size: 18 }, showarrow: false, yshift: 5 }];
}

const beside = {
  xref: 'paper',
  x: DRAWING + 0.02,
  xanchor: 'left',
  align: 'left',
  showarrow: false,
} as const;

function words({ title, shape, parameters }: Row, y: number): Partial<Annotations> {
  const lines = [
    ...titleLines(title).map(line => `<b>${plainly(line)}</b>`),
    y === 0
      ? text({ zh: `形状 ${shape}`, en: `shape ${shape}` })
      : text({ zh: `输出形状 ${shape}`, en: `output shape ${shape}` }),
    // The sum, and below it what it comes to.
    ...(parameters
      ? [
          text({ zh: `${parameters} 个参数`, en: `${parameters} parameters` }).replace(
            ' =',
            '<br>=',
          ),
        ]
      : []),
  ];
  return { ...beside, text: lines.join('<br>'), y };
}

/** Breaks a long title before the type of the layer. */
const titleLines = (title: string): string[] =>
  title.length > 24 ? title.replace(' (', '\n(').split('\n') : [title];

function inWords({ title, shape, parameters }: Row): string {
  return [
    `${title}${text({ zh: '：', en: ': ' })}${shape}`,
    ...(parameters ? [text({ zh: `${parameters} 个参数`, en: `${parameters} parameters` })] : []),
  ].join(text({ zh: '，', en: ', ' }));
}
