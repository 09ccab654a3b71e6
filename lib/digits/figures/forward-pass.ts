import type * as tf from '@tensorflow/tfjs';
import type { Annotations, LayoutAxis } from 'plotly.js';
import { cautiousPercent, grouped, roughPercent } from '../format';
import { argMax } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { computeForwardPass, type ForwardPass } from '../network/passes';
import {
  above,
  axisPair,
  bars,
  brief,
  CLEAR_TICKS,
  COLORS,
  type Figure,
  figure,
  greyCells,
  inPlot,
  inWords,
  likeliest,
  note,
  onAxes,
  paddedRange,
  roundedTo,
  signed,
} from './figure';

/** Heights in pixels: the picture, a row of bars, and the room over one for marks and a heading. */
const [PICTURE_HEIGHT, BARS, HEADING] = [120, 105, 70];
const HEIGHT = PICTURE_HEIGHT + 3 * (HEADING + BARS);
const MARGIN = { l: 46, r: 12, t: 52, b: 30 };
/** The end of the picture and the start of the row of its pixels, in shares of the width. */
const [PICTURE, PIXELS] = [0.3, 0.34];

/** Works out which part of the height a row of bars has. */
function rowAbove(rowsBelow: number): [from: number, to: number] {
  const from = rowsBelow * (HEADING + BARS);
  return [from / HEIGHT, (from + BARS) / HEIGHT];
}

/**
 * Shows one picture on its way through the network: its pixels, the same as a row of numbers, the
 * activations of the hidden units, the logits, and the probabilities.
 *
 * @param model ends in a dense layer with softmax; what comes before may be anything.
 * @param image a single sample with its batch axis, `[1, height, width]`, float32, as the model takes it.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws TensorError if `image` is no tensor of numbers.
 * @throws ShapeError if the sample does not fit the model, or is not a single one.
 * @throws OutputLayerError if the model ends otherwise.
 * @example
 * forwardPass(model, xTest.slice(0, 1)).data.length; // 5
 */
export function forwardPass(model: tf.LayersModel, image: tf.Tensor): Figure {
  return drawForwardPass(computeForwardPass(model, image));
}

/** Draws what `computeForwardPass` returns. */
export function drawForwardPass(steps: ForwardPass): Figure {
  const { shape, input, hidden, logits, probabilities } = steps;
  const heads = headings(steps);
  const chosen = argMax(probabilities);
  const colors = Array.from(probabilities, (_, i) => (i === chosen ? COLORS.blue : COLORS.plain));
  const largest = Math.max(...logits.map(Math.abs));
  const decimals = largest < 1 ? 2 : largest < 100 ? 1 : 0;
  const overBars = Array.from(logits, value => signed(value, decimals));
  const logitRange = paddedRange([0, ...logits], 0.3);
  const axes = (n: number, x: Partial<LayoutAxis>, y: Partial<LayoutAxis>) => {
    const look = { gridcolor: COLORS.grid, zerolinecolor: COLORS.quiet };
    return axisPair(n, { ...look, ...x }, { ...look, ...y });
  };
  const bare = { showgrid: false, zeroline: false };
  const digits = { ...bare, dtick: 1 };
  return figure(
    [
      greyCells(shape, input),
      {
        ...greyCells([1, input.length], input),
        ...{ ...onAxes(2), hovertemplate: '%{x}: %{z}<extra></extra>' },
      },
      bars(3, Array.from(hidden, roundedTo(1000)), COLORS.blue),
      { ...bars(4, Array.from(logits, roundedTo(1000)), colors), ...above(overBars) },
      {
        ...bars(5, Array.from(probabilities, brief), colors),
        ...above(Array.from(probabilities, roughPercent)),
      },
    ],
    {
      height: HEIGHT + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      showlegend: false,
      bargap: 0.15,
      ...axes(
        1,
        { domain: [0, PICTURE], constrain: 'domain', constraintoward: 'left', visible: false },
        {
          ...{ domain: [(HEIGHT - PICTURE_HEIGHT) / HEIGHT, 1], autorange: 'reversed' },
          ...{ scaleanchor: 'x', constrain: 'domain', constraintoward: 'top', visible: false },
        },
      ),
      ...axes(
        2,
        { ...bare, domain: [PIXELS, 1] },
        {
          domain: [1 - 0.6 * (PICTURE_HEIGHT / HEIGHT), 1 - 0.3 * (PICTURE_HEIGHT / HEIGHT)],
          visible: false,
        },
      ),
      ...axes(3, bare, { ...CLEAR_TICKS, domain: rowAbove(2), zeroline: true }),
      ...axes(4, digits, {
        ...{ ...CLEAR_TICKS, domain: rowAbove(1), range: logitRange, zeroline: true },
      }),
      ...axes(5, digits, {
        ...{ ...CLEAR_TICKS, domain: rowAbove(0), range: [0, 1.25], tickvals: [0, 0.5, 1] },
      }),
      annotations: heads.map((lines, i) => heading(lines, i === 0 ? 1 : rowAbove(3 - i)[1])),
    },
    [...heads.map(messages().figures.inOneLine), ...likeliestOthers(probabilities)].join('\n'),
  );
}

const heading = (lines: readonly string[], y: number): Partial<Annotations> =>
  note(lines.join('<br>').replace(/\^(−?[\d.]+|z)/g, '<sup>$1</sup>'), {
    ...inPlot(0, 'left', y, 'bottom'),
    ...{ align: 'left', yshift: 4 },
  });

/** From here on the numbers of the fraction are too long for a line, and beyond reading. */
const FAR = 1e8;

/**
 * Says what each step is, with its numbers: two lines each, which fit into a figure on a phone. A power
 * is written `e^9.27`.
 */
function headings({ shape, input, hidden, logits, probabilities }: ForwardPass): string[][] {
  const unit = argMax(hidden);
  const digit = argMax(probabilities);
  const z = signed(itemAt(logits, digit));
  const powers = Array.from(logits, Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  const fraction = `e^${z} ÷ Σ e^z = ${power(itemAt(powers, digit))} ÷ ${power(sum)}`;
  const chance = cautiousPercent(itemAt(probabilities, digit));
  const lit = input.filter(value => value !== 0).length;
  const silent = hidden.filter(value => value === 0).length;
  const texts = messages().figures.forwardPass;
  return [
    texts.pixels(shape.join(' × '), grouped(input.length), lit),
    texts.hidden(grouped(hidden.length), silent, unit, itemAt(hidden, unit).toFixed(2)),
    texts.logits(logits.length, digit, z),
    [
      texts.probabilities(probabilities.length, digit),
      sum < FAR ? `${fraction} ${chance.replace(/^\d/, '= $&')}` : chance,
    ],
  ];
}

/** Says how likely the two next digits are. */
function likeliestOthers(probabilities: Float32Array): string[] {
  const [, ...others] = likeliest(probabilities).slice(0, 3);
  return others.length > 0 ? [messages().figures.forwardPass.others(others.map(inWords))] : [];
}

/** Writes a power as people read it: its thousands set apart, four digits if it is small. */
const power = (value: number) =>
  value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4)));
