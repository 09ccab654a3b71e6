import type { Annotations, Data, Layout } from 'plotly.js';
import { itemAt } from '../item-at';
import { text } from '../language';
import type { OneStep } from '../one-step';
import { COLORS, type Figure, figure, GREYS, roundedTo } from './figure';
import {
  around,
  arrow,
  axes,
  BARS,
  DIGITS,
  GREY,
  heading,
  INK,
  INNER,
  key,
  MARGIN,
  type Point,
  pictureAxes,
  sizes,
  value,
} from './one-step-layout';
import { lossWords, type StepWords, stepWords } from './one-step-words';

/**
 * Shows one step of learning: the probabilities of a picture beside its label, their difference, which
 * is the gradient of the logits, the loss along one weight as a valley, and the step of all parameters
 * with the loss before and after.
 *
 * @param step what `oneStep` returns.
 * @example
 * const step = digits.oneStep(model, xTrain.slice(0, 64), yTrain.slice(0, 64));
 * figures.oneStep(step).data.length; // 9
 */
export function oneStep(step: OneStep): Figure {
  if (!step?.picture?.probabilities) {
    throw new TypeError(
      text({
        zh: '这里应当是 digits.oneStep(model, x, y) 的结果：先写 const step = digits.oneStep(…)，再写 figures.oneStep(step)。',
        en: 'Expected what digits.oneStep(model, x, y) returns: first const step = digits.oneStep(…), then figures.oneStep(step).',
      }),
    );
  }
  const words = stepWords(step);
  const [before, after] = lossWords(step.loss, step.lossAfter);
  return figure(
    [picture(step), ...guess(step), gradient(step), ...valley(step), ...descent(step)],
    {
      height: INNER + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      bargap: 0.25,
      showlegend: false,
      ...pictureAxes(step),
      ...axes(2, {
        x: { ...DIGITS, domain: [BARS, 1] },
        y: { range: [0, 1.1], tickvals: [0, 0.5, 1] },
      }),
      ...axes(3, { x: DIGITS, y: { range: [-1.45, 0.65], tickvals: [-1, 0] } }),
      ...axes(4, {
        x: { title: words.weightAxis },
        y: { title: words.lossAxis, range: around(step.weight.curve.losses, step.loss) },
      }),
      ...axes(5, {
        x: { title: words.rateAxis },
        y: { title: words.lossAxis, range: around(step.path.losses, step.loss) },
      }),
      annotations: [
        ...words.heads.map(heading),
        key(words),
        ...downhill(step, words),
        arrow(5, [0, step.loss], [step.learningRate, step.lossAfter]),
        value(5, [0, step.loss], 'right', before),
        value(5, [step.learningRate, step.lossAfter], 'left', after),
      ],
    } as Partial<Layout>,
    words.lines.join('\n'),
  );
}

function picture({ picture: { shape, pixels } }: OneStep): Data {
  const [height, width] = sizes(shape, pixels.length);
  const greys = Array.from(pixels, roundedTo(100));
  return {
    type: 'heatmap',
    z: Array.from({ length: height }, (_, y) => greys.slice(y * width, (y + 1) * width)),
    colorscale: GREYS,
    showscale: false,
    hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
  } as Data;
}

/** The probabilities, each beside a bar of the one-hot label. */
function guess({ picture: { label, probabilities } }: OneStep): Data[] {
  const truth = Array.from(probabilities, (_, digit) => Number(digit === label));
  return [
    bars(2, Array.from(probabilities, roundedTo(1e4)), COLORS.blue),
    bars(2, truth, COLORS.green),
  ];
}

/** The gradient of each logit, with an arrow at each: the way that the step takes it. */
function gradient({ picture: { logitGradients } }: OneStep): Data {
  const values = Array.from(logitGradients, roundedTo(1e4));
  return {
    ...bars(
      3,
      values,
      values.map(value => (value < 0 ? COLORS.green : COLORS.blue)),
    ),
    text: values.map(value => (value < 0 ? '↑' : value > 0.0005 ? '↓' : '')),
    textposition: 'outside',
    textangle: 0,
    cliponaxis: false,
    constraintext: 'none',
    textfont: { size: 17 },
  } as Data;
}

/** The loss along one weight, its tangent, and the place where the network stands. */
function valley({ loss, weight: { value, gradient, curve } }: OneStep): Data[] {
  const half = 0.25 * length(curve.values);
  const tangent = [-half, half].map(added => [value + added, loss + gradient * added] as const);
  return [
    line(4, curve.values, curve.losses, { color: COLORS.blue, width: 2.5 }),
    line(
      4,
      tangent.map(([x]) => x),
      tangent.map(([, y]) => y),
      { color: GREY, width: 1.5, dash: 'dash' },
    ),
    dots(4, [value], [loss]),
  ];
}

/** The loss along the step of all parameters, and where it begins and ends. */
function descent({ loss, lossAfter, learningRate, path }: OneStep): Data[] {
  return [
    line(5, path.rates, path.losses, { color: COLORS.blue, width: 2.5 }),
    dots(5, [0, learningRate], [loss, lossAfter]),
  ];
}

function bars(axis: number, y: number[], color: string | string[]): Data {
  return {
    type: 'bar',
    y,
    marker: { color },
    hovertemplate: '%{x}: %{y}<extra></extra>',
    ...on(axis),
  } as Data;
}

function line(axis: number, x: readonly number[], y: readonly number[], line: object): Data {
  const rounded = roundedTo(1e5);
  return {
    type: 'scatter',
    mode: 'lines',
    x: x.map(rounded),
    y: y.map(rounded),
    line,
    hovertemplate: '%{x}: %{y}<extra></extra>',
    ...on(axis),
  } as Data;
}

function dots(axis: number, x: number[], y: number[]): Data {
  return {
    ...line(axis, x, y, {}),
    mode: 'markers',
    marker: { color: INK, size: 11 },
  } as Data;
}

const on = (axis: number) => ({ xaxis: `x${axis}`, yaxis: `y${axis}` });

/** From where we stand along the tangent to where it is lower: which way, not how far. */
function downhill({ loss, weight }: OneStep, words: StepWords): Partial<Annotations>[] {
  const { value: from, gradient, curve } = weight;
  if (gradient === 0) return [];
  const way = -Math.sign(gradient);
  const far = way * 0.16 * length(curve.values);
  const end: Point = [from + far, loss + gradient * far];
  const name = value(4, end, way > 0 ? 'right' : 'left', words.downhill);
  return [arrow(4, [from, loss], end), name];
}

const length = (values: readonly number[]) =>
  Math.abs(itemAt(values, values.length - 1) - itemAt(values, 0));
