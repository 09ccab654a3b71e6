import * as tf from '@tensorflow/tfjs';
import { cautiousPercent, grouped } from '../format';
import { argMax } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { forwardTo, requirePicture } from '../network/passes';
import { CLEAR_TICKS } from './axes';
import { bars, brief, chances, DIGIT_AXIS, inWords, likeliest, PROBABILITY_AXES } from './bars';
import { COLORS } from './colors';
import type { Figure } from './figure';
import { paddedRange, roundedTo, signed } from './numbers';
import { greyCells, picturePlot } from './pictures';
import { type Plot, type Row, stack } from './stack';

/**
 * Shows a picture's way through the network: pixels, the same pixels as a row of numbers, hidden activations,
 * logits and probabilities.
 *
 * @param model any model with a dense softmax output layer.
 * @param image a single sample with batch axis, `[1, height, width]`, float32, in the model's input format.
 * @throws ShapeError for several samples.
 * @throws OutputLayerError if the model has another output layer.
 * @example
 * forwardPass(model, xTest.slice(0, 1)).data.length; // 5
 */
export function forwardPass(model: tf.LayersModel, image: tf.Tensor): Figure {
  const steps = computeForwardPass(model, image);
  const { shape, input, hidden, logits, probabilities } = steps;
  const heads = headings(steps);
  const [pixels = [], units = [], values = [], softmax = []] = heads.map(lines =>
    lines.map(line => line.replace(/\^(−?[\d.]+|z)/g, '<sup>$1</sup>')),
  );
  const chosen = argMax(probabilities);
  const colors = Array.from(probabilities, (_, i) => (i === chosen ? COLORS.blue : COLORS.plain));
  const largest = Math.max(...logits.map(Math.abs));
  const decimals = largest < 1 ? 2 : largest < 100 ? 1 : 0;
  const overBars = Array.from(logits, value => signed(value, decimals));
  const runnersUp = likeliest(probabilities).slice(1, 3).map(inWords);
  const bare = { showgrid: false, zeroline: false };
  const row = '%{x}: %{z}<extra></extra>';
  const thousandths = (values: Float32Array) => Array.from(values, roundedTo(1000));
  const ofLogits = { ...CLEAR_TICKS, range: paddedRange([0, ...logits], 0.3) };
  const plotted = (head: string[], trace: object, axes: Pick<Plot, 'x' | 'y'>): Row => ({
    ...{ heads: [head], plots: [{ traces: [trace], ...axes }], height: 105, under: 30 },
  });
  return stack(
    [
      {
        heads: [pixels],
        plots: [
          picturePlot(greyCells(shape, input), [0, 0.3]),
          {
            traces: [{ ...greyCells([1, input.length], input), hovertemplate: row }],
            ...{ x: { ...bare, domain: [0.34, 1] }, y: { visible: false }, within: [0.4, 0.7] },
          },
        ],
        ...{ height: 120, under: 12 },
      },
      plotted(units, bars(thousandths(hidden), COLORS.blue), { x: bare, y: CLEAR_TICKS }),
      plotted(values, bars(thousandths(logits), colors, overBars), { x: DIGIT_AXIS, y: ofLogits }),
      plotted(
        softmax,
        bars(Array.from(probabilities, brief), colors, chances(probabilities)),
        PROBABILITY_AXES,
      ),
    ],
    { l: 46, shift: -38, bargap: 0.15 },
    [
      ...heads.map(messages().figures.inOneLine),
      ...(runnersUp.length > 0 ? [messages().figures.forwardPass.others(runnersUp)] : []),
    ].join('\n'),
  );
}

/** Computes pixels, hidden activations, $z = h W + b$, and $p = \mathrm{softmax}(z)$. */
function computeForwardPass(model: tf.LayersModel, image: tf.Tensor) {
  requirePicture(model, image, 'forwardPass(model, image)');
  return tf.tidy(() => {
    const { hidden, logits } = forwardTo(model, image)();
    const values = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
    return {
      shape: image.shape.slice(1),
      input: values(image),
      hidden: values(hidden),
      logits: values(logits),
      probabilities: values(logits.softmax()),
    };
  });
}

/** Limit above which the numbers of the fraction no longer fit into a line. */
const FAR = 1e8;

/** Describes each step with its numbers, in two lines that fit on a phone. A power is written `e^9.27`. */
function headings(steps: ReturnType<typeof computeForwardPass>): string[][] {
  const { shape, input, hidden, logits, probabilities } = steps;
  const unit = argMax(hidden);
  const digit = argMax(probabilities);
  const z = signed(itemAt(logits, digit));
  const powers = Array.from(logits, Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  const fraction = `e^${z} ÷ Σ e^z ≈ ${power(itemAt(powers, digit))} ÷ ${power(sum)}`;
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

/** Formats a power: grouped thousands, or four digits if small. */
const power = (value: number) =>
  value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4)));
