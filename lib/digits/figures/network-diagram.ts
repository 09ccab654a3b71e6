import type * as tf from '@tensorflow/tfjs';
import type { Annotations } from 'plotly.js';
import { grouped, pythonShape } from '../format';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { kerasLayerNames, outputShape } from '../network/summary';
import { COLORS } from './colors';
import { type Figure, figure } from './figure';
import { escapePlotly, note } from './notes';

/** Maximum units of a complete row; longer rows show only some units at both ends. */
const [MAX_UNITS, ENDS] = [10, 4];
/** Width of the text next to the drawing, in pixels; on a phone the drawing has the same width. */
const WORDS = 172;
/** Layers whose units are all connected to all previous units or pictures. */
const READS_ALL = /^(Dense|Conv|SeparableConv|SimpleRNN|LSTM|GRU)/;

/**
 * Draws a network from its input down: the units of each layer and their connections, type, activation, output
 * shape, and the calculation of the parameter count.
 *
 * @param model a built Sequential model of any layers, with a known input shape.
 * @example
 * networkDiagram(model).text.split('\n')[3]; // 'dense (Dense, relu): (None, 128), 784 × 128 + 128 = 100,480 parameters'
 */
export function networkDiagram(model: tf.LayersModel): Figure {
  checkModel(model, 'networkDiagram(model)');
  const rows = rowsOf(model);
  const texts = messages().figures.networkDiagram;
  const total = texts.total(grouped(model.countParams()));
  const last = rows.length - 1;
  return figure(
    [...rows.slice(1).map((row, i) => links(itemAt(rows, i), row, i)), ...rows.map(dots)],
    {
      height: 60 + 92 * rows.length,
      margin: { l: 10, r: WORDS, t: 10, b: 45 },
      xaxis: { range: [-5, 5], visible: false, fixedrange: true },
      yaxis: { range: [last + 0.5, -0.5], visible: false, fixedrange: true },
      annotations: [
        ...rows.map(words),
        ...rows.flatMap(ellipsis),
        beside(`<b>${total}</b>`, { yref: 'paper', y: 0, yanchor: 'top', yshift: -4 }),
      ],
      showlegend: false,
    },
    [
      texts.title,
      ...rows.map(({ title, shape, sum }) =>
        texts.row(title, [shape, ...(sum ? [texts.parameters(sum)] : [])]),
      ),
      total,
    ].join('\n'),
  );
}

/** Lists the rows of the drawing: the input, then the layers. */
function rowsOf(model: tf.LayersModel) {
  const texts = messages().figures.networkDiagram;
  const input = model.inputs?.[0]?.shape;
  const received = model.getClassName();
  if (received !== 'Sequential' || !input) throw new TypeError(texts.notSequential(received));
  const layers = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const names = kerasLayerNames(layers);
  const first = { title: texts.input, shape: pythonShape(input), sum: '', ...unitsOf(input) };
  return [
    { ...first, isTrained: false, readsAll: false },
    ...layers.map((layer, i) => {
      const type = layer.getClassName();
      const { activation } = layer.getConfig();
      const kind = typeof activation === 'string' && activation ? `${type}, ${activation}` : type;
      return {
        title: `${names[i]} (${kind})`,
        shape: outputShape(layer),
        sum: sumOfParameters(layer),
        ...unitsOf(layer.outputShape as tf.Shape),
        isTrained: layer.countParams() > 0,
        // Otherwise each unit reads only the corresponding unit above.
        readsAll: READS_ALL.test(type),
      };
    }),
  ];
}

type Row = ReturnType<typeof rowsOf>[number];

/**
 * Returns units and their size: `[null, height, width, channels]` is a picture per channel, `[null, units]` are
 * units without a size.
 */
function unitsOf(shape: tf.Shape) {
  const size = shape.length > 2 ? shape.slice(1, 3).join(' × ') : '';
  return { size, units: shape.length === 3 ? 1 : (shape.at(-1) ?? 1) };
}

/** Formats the parameter count as a sum: `784 × 128 + 128 = 100,480`; empty without parameters. */
function sumOfParameters(layer: tf.layers.Layer): string {
  const sizes = layer.weights.map(({ shape }) => shape.join(' × '));
  return sizes.length ? `${sizes.join(' + ')} = ${grouped(layer.countParams())}` : '';
}

/** Lists the horizontal positions of the visible units. */
function places({ units }: Row): number[] {
  if (units <= MAX_UNITS) return Array.from({ length: units }, (_, i) => i - (units - 1) / 2);
  const end = Array.from({ length: ENDS }, (_, i) => i + 1.5);
  return [...end.map(x => -x).reverse(), ...end];
}

function dots(row: Row, y: number, rows: readonly Row[]): object {
  const x = places(row);
  const isPicture = row.size !== '' && x.length === 1;
  const isOutput = y === rows.length - 1 && row.units <= MAX_UNITS && row.size === '';
  return {
    type: 'scatter',
    mode: 'text+markers',
    x,
    y: x.map(() => y),
    // Output units are labelled by class.
    text: x.map((_, unit) => (isOutput ? String(unit) : isPicture ? row.size : '')),
    textfont: { size: isOutput ? 10 : 11, color: row.isTrained ? 'white' : COLORS.ink },
    marker: {
      symbol: row.size ? 'square' : 'circle',
      size: isPicture ? 52 : 12,
      color: row.isTrained ? COLORS.blue : '#ffffff',
      line: { color: row.isTrained ? COLORS.blue : COLORS.quiet, width: 1.5 },
    },
    hoverinfo: 'skip',
  };
}

/** Connects units with their inputs: all to all, or one to one for equal counts. */
function links(above: Row, row: Row, y: number): object {
  const [from, to] = [places(above), places(row)];
  const most = Math.max(from.length, to.length);
  const part = (units: number[], i: number) => itemAt(units, Math.floor((i * units.length) / most));
  const pairs = row.readsAll
    ? from.flatMap(a => to.map(b => [a, b]))
    : Array.from({ length: most }, (_, i) => [part(from, i), part(to, i)]);
  return {
    type: 'scatter',
    mode: 'lines',
    x: pairs.flatMap(([a, b]) => [a, b, null]),
    y: pairs.flatMap(() => [y, y + 1, null]),
    // Connections without weights are dotted.
    line: { color: '#c4c4c4', ...(row.readsAll ? { width: 0.7 } : { width: 1.2, dash: 'dot' }) },
    hoverinfo: 'skip',
  };
}

const ellipsis = ({ units }: Row, y: number): Partial<Annotations>[] =>
  units <= MAX_UNITS ? [] : [note('<b>…</b>', { x: 0, y, font: { size: 18 }, yshift: 5 })];

const beside = (text: string, place: Partial<Annotations>): Partial<Annotations> =>
  note(text, { xref: 'paper', x: 1, xshift: 8, xanchor: 'left', align: 'left', ...place });

function words({ title, shape, sum }: Row, y: number): Partial<Annotations> {
  const { inputShape, outputShape, parameters } = messages().figures.networkDiagram;
  // A long title is broken before the layer's type.
  const titleLines = title.length > 22 ? title.replace(' (', '\n(').split('\n') : [title];
  const lines = [
    ...titleLines.map(line => `<b>${escapePlotly(line)}</b>`),
    (y === 0 ? inputShape : outputShape)(shape),
    // The result goes to the line below the sum.
    ...(sum ? [parameters(sum).replace(' =', '<br>=')] : []),
  ];
  return beside(lines.join('<br>'), { y });
}
