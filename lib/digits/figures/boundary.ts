import type { LayoutAxis } from 'plotly.js';
import { itemAt } from '../item-at';
import { messages } from '../language';
import recorded from './boundary.json';
import { COLORS, colorScale } from './colors';
import type { Figure } from './figure';
import { type Plot, stack } from './stack';

/** The plane extends from −1 to 1; the network is evaluated at SIDE × SIDE points. */
const SIDE = 41;
const GRID = Array.from({ length: SIDE }, (_, i) => (2 * i) / (SIDE - 1) - 1);

/** Weights and biases of two dense layers: hidden, then output. */
type Layers = readonly [number[][], number[], number[][], number[]];

/** Returns the network's output function: positive for circles, negative for squares. */
function outputOf([w1, b1, w2, [bias = 0]]: Layers, bend: (z: number) => number) {
  return (x: number, y: number): number =>
    b1.reduce((sum, b, unit) => {
      const z = x * Number(w1[0]?.[unit]) + y * Number(w1[1]?.[unit]) + b;
      return sum + bend(z) * Number(w2[unit]?.[0]);
    }, bias);
}

/**
 * Shows points of two classes that no straight line separates, and the boundaries found by two dense layers
 * with four hidden units and one output: straight without relu, bent with relu.
 *
 * The weights were trained once and recorded.
 *
 * @example
 * boundary().data.length; // 6
 */
export function boundary(): Figure {
  const texts = messages().figures.boundary;
  const { points, withoutRelu, withRelu } = recorded;
  const panels = [
    { words: texts.withoutRelu, output: outputOf(withoutRelu as never, z => z) },
    { words: texts.withRelu, output: outputOf(withRelu as never, z => Math.max(0, z)) },
  ].map(({ words, output }, i) => {
    const isWrong = ([x = 0, y = 0, kind]: readonly number[]) => output(x, y) > 0 !== (kind === 1);
    const wrong = points.filter(isWrong).length;
    const domain: [number, number] = [i / 2, i / 2 + 0.47];
    const marks = [0, 1].map(kind => {
      const classPoints = points.filter(point => point[2] === kind);
      return {
        ...{ type: 'scatter', mode: 'markers', hoverinfo: 'skip' },
        x: classPoints.map(point => itemAt(point, 0)),
        y: classPoints.map(point => itemAt(point, 1)),
        marker: {
          ...{ size: 8, symbol: kind === 1 ? 'circle' : 'square-open' },
          color: classPoints.map(point => (isWrong(point) ? COLORS.orange : COLORS.ink)),
        },
      };
    });
    const plot: Plot = {
      ...{ traces: [regions(output), ...marks], ratio: 1 },
      x: { ...PLANE, domain, constraintoward: 'left' },
      y: { ...PLANE, constraintoward: 'top' },
    };
    return { head: [words, texts.wrong(wrong, points.length)], plot };
  });
  const heads = panels.map(({ head }) => head);
  return stack(
    [
      { heads, plots: panels.map(({ plot }) => plot), height: 170, under: 0 },
      { heads: [texts.key], plots: [], height: 0, under: 4 },
    ],
    { l: 12 },
    [texts.title, ...heads.map(messages().figures.inOneLine), ...texts.key].join('\n'),
  );
}

const PLANE: Partial<LayoutAxis> = {
  ...{ range: [-1, 1], constrain: 'domain', showgrid: false, zeroline: false, ticks: '' },
  ...{ showticklabels: false, showline: true, mirror: true, linecolor: COLORS.grid },
};

/** Colours the region classified as circles, and draws its boundary. */
const regions = (output: (x: number, y: number) => number): object => ({
  ...{ type: 'contour', x: GRID, y: GRID, showscale: false, hoverinfo: 'skip' },
  z: GRID.map(y => GRID.map(x => Number(output(x, y).toPrecision(3)))),
  contours: { start: 0, end: 0, size: 1, coloring: 'fill' },
  colorscale: colorScale('rgba(0, 114, 178, 0)', 'rgba(0, 114, 178, 0.2)'),
  line: { color: COLORS.blue, width: 2.5 },
});
