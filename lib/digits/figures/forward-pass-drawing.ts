import type { Annotations, Data, LayoutAxis } from 'plotly.js';
import { cautiousPercent, grouped } from '../format';
import type { ForwardPass } from '../forward-pass';
import { itemAt } from '../item-at';
import { text } from '../language';
import { argMax } from './classes';
import { COLORS, type Figure, figure, GREYS, roundedTo } from './figure';

/** Which part of the height each step has, from the top. */
const STEPS = {
  pixels: [0.79, 1],
  hidden: [0.53, 0.68],
  logits: [0.27, 0.42],
  probabilities: [0, 0.16],
} as const;
/** Where the picture ends, and the row of its pixels begins. */
const [PICTURE, PIXELS] = [0.2, 0.24];

/**
 * Shows one picture on its way through the network: its pixels, the same as a row of numbers, the
 * activations of the hidden units, the logits, and the probabilities.
 *
 * @param steps what `computeForwardPass` returns.
 */
export function drawForwardPass(steps: ForwardPass): Figure {
  const { shape, input, hidden, logits, probabilities } = steps;
  const words = headings(steps);
  const grey = {
    type: 'heatmap',
    zmin: 0,
    zmax: 1,
    colorscale: GREYS,
    showscale: false,
  };
  const [height = 1, width = 1] = shape;
  const pixels = Array.from(input, roundedTo(100));
  const rows = Array.from({ length: height }, (_, y) => pixels.slice(y * width, (y + 1) * width));
  const chosen = argMax(probabilities);
  const colors = (values: ArrayLike<number>) =>
    Array.from(values, (_, i) => (i === chosen ? COLORS.blue : '#9a9a9a'));
  return figure(
    [
      { ...grey, z: rows, hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>' } as Data,
      {
        ...grey,
        z: [pixels],
        xaxis: 'x2',
        yaxis: 'y2',
        hovertemplate: '%{x}: %{z}<extra></extra>',
      } as Data,
      { ...bars(3, Array.from(hidden, roundedTo(1000))), marker: { color: COLORS.blue } } as Data,
      numbered(
        bars(4, Array.from(logits, roundedTo(1000))),
        Array.from(logits, signed),
        colors(logits),
      ),
      numbered(
        bars(5, Array.from(probabilities, roundedTo(1e6))),
        Array.from(probabilities, cautiousPercent),
        colors(probabilities),
      ),
    ],
    {
      height: 760,
      margin: { l: 50, r: 15, t: 40, b: 30 },
      showlegend: false,
      bargap: 0.15,
      xaxis: { ...plain('y'), domain: [0, PICTURE], constrain: 'domain', visible: false },
      yaxis: {
        ...plain('x'),
        domain: [...STEPS.pixels],
        autorange: 'reversed',
        scaleanchor: 'x',
        constrain: 'domain',
        visible: false,
      },
      xaxis2: { ...plain('y2'), domain: [PIXELS, 1], showgrid: false, zeroline: false },
      yaxis2: { ...plain('x2'), domain: [0.86, 0.94], visible: false },
      xaxis3: { ...plain('y3'), showgrid: false, zeroline: false },
      yaxis3: { ...plain('x3'), domain: [...STEPS.hidden], zeroline: true },
      xaxis4: { ...plain('y4'), dtick: 1, showgrid: false, zeroline: false },
      yaxis4: { ...plain('x4'), domain: [...STEPS.logits], range: padded(logits), zeroline: true },
      xaxis5: { ...plain('y5'), dtick: 1, showgrid: false, zeroline: false },
      yaxis5: {
        ...plain('x5'),
        domain: [...STEPS.probabilities],
        range: [0, 1.25],
        tickvals: [0, 0.5, 1],
      },
      annotations: [
        heading(words.pixels, 0, 1),
        heading(words.hidden, 0, STEPS.hidden[1]),
        heading(words.logits, 0, STEPS.logits[1]),
        heading(words.probabilities, 0, STEPS.probabilities[1]),
      ],
    },
    Object.values(words).join('\n'),
  );
}

/** Says what each step is, with its numbers. */
function headings({ shape, input, hidden, logits, probabilities }: ForwardPass) {
  const lit = input.filter(value => value !== 0).length;
  const silent = hidden.filter(value => value === 0).length;
  const unit = argMax(hidden);
  const top = itemAt(hidden, unit).toFixed(2);
  const digit = argMax(probabilities);
  const z = signed(itemAt(logits, digit));
  const powers = Array.from(logits, Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  const fraction = `e^${z} ÷ Σ e^z = ${brief(itemAt(powers, digit))} ÷ ${brief(sum)}`;
  const chance = `${sum < 1e12 ? `${fraction} = ` : ''}${cautiousPercent(itemAt(probabilities, digit))}`;
  return {
    pixels: text({
      zh: `① ${shape.join(' × ')} 个像素，排成一行就是 ${input.length} 个数，其中 ${lit} 个不是 0`,
      en: `① ${shape.join(' × ')} pixels, in a row ${input.length} numbers, of which ${lit} are not 0`,
    }),
    hidden: text({
      zh: `② 隐含层的 ${hidden.length} 个激活值：${silent} 个是 0，最大的是第 ${unit} 个，${top}`,
      en: `② ${hidden.length} hidden activations: ${silent} are 0, the largest is that of unit ${unit}, ${top}`,
    }),
    logits: text({
      zh: `③ 输出层的 ${logits.length} 个 logits，可正可负：最大的是数字 ${digit} 的，${z}`,
      en: `③ ${logits.length} logits, positive or negative: the largest is that of digit ${digit}, ${z}`,
    }),
    probabilities: text({
      zh: `④ softmax 得到 ${probabilities.length} 个概率：${chance}`,
      en: `④ softmax makes them ${probabilities.length} probabilities: ${chance}`,
    }),
  };
}

/** Writes two decimals, and a minus sign as wide as a plus. */
const signed = (value: number) => value.toFixed(2).replace('-', '−');

/** Writes a power as people read it: its thousands set apart, four digits where it is small. */
const brief = (value: number) =>
  value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4)));

function bars(axis: number, y: number[]): object {
  return {
    type: 'bar',
    y,
    xaxis: `x${axis}`,
    yaxis: `y${axis}`,
    hovertemplate: '%{x}: %{y}<extra></extra>',
  };
}

function numbered(trace: object, words: string[], color: string[]): Data {
  return {
    ...trace,
    text: words,
    textposition: 'outside',
    textangle: 0,
    textfont: { size: 12 },
    cliponaxis: false,
    marker: { color },
  } as Data;
}

/** Finds the range of the values, with room for a number at both ends. */
function padded(values: ArrayLike<number>): [number, number] {
  const [low, high] = [Math.min(0, ...Array.from(values)), Math.max(0, ...Array.from(values))];
  const room = 0.3 * (high - low || 1);
  return [low - room, high + room];
}

const plain = (anchor: string): Partial<LayoutAxis> => ({
  anchor: anchor as LayoutAxis['anchor'],
  fixedrange: true,
  gridcolor: '#dddddd',
  zerolinecolor: '#767676',
});

const heading = (words: string, x: number, y: number): Partial<Annotations> => ({
  text: words.replace(/\^(−?[\d.]+|z)/g, '<sup>$1</sup>'),
  xref: 'paper',
  yref: 'paper',
  x,
  xanchor: 'left',
  y,
  yanchor: 'bottom',
  yshift: 4,
  align: 'left',
  showarrow: false,
});
