import type { Annotations, LayoutAxis } from 'plotly.js';
import { kerasMetricName } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { axisPair, CLEAR_TICKS, onAxes } from './axes';
import { COLORS } from './colors';
import { type Figure, figure } from './figure';
import longRun from './long-run.json';
import { escapePlotly, inDomain, note } from './notes';
import originalRun from './original-run.json';
import { epochScale, lossScale, type Scale, shareScale } from './scale';
import type { StepMeans } from './step-means';

/** Values by name, one per epoch, as in the `history` of `fit`. */
export type HistoryValues = Readonly<Record<string, ArrayLike<number>>>;

/** A training for comparison: a result of `fit`, or `ORIGINAL_RUN`. */
export interface Run {
  /** Name in the figure; defaults to "earlier run". */
  readonly name?: string;
  readonly history: HistoryValues;
}

/**
 * Five epochs of the original tutorial: the same network in Python's Keras, trained on a GPU. `fit` can draw
 * them next to a training's curves.
 *
 * @example
 * ORIGINAL_RUN.history.val_loss; // [0.1854, 0.1362, 0.1133, 0.107, 0.0891]
 */
export const ORIGINAL_RUN: Run = {
  get name() {
    return messages().figures.history.originalRun;
  },
  history: originalRun,
};

/**
 * Twenty recorded epochs of the lesson's network: training continues to improve, validation does not.
 *
 * @example
 * LONG_RUN.history.val_loss?.[5]; // 0.0845
 */
export const LONG_RUN: Run = { history: longRun };

export interface CurveOptions {
  /** Values of the steps, drawn as a thin line. */
  readonly steps?: StepMeans | undefined;
  /** Another training, drawn black and dotted; the legend shows or hides it. */
  readonly beside?: Run | undefined;
  /** Number of epochs on the axis; defaults to the existing epochs. */
  readonly epochs?: number;
}

/** A curve as a Plotly trace; width 0 hides the line or the markers. */
export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly xaxis: string;
  readonly mode: string;
  readonly line: { readonly color: string; readonly width: number; readonly dash: string };
  readonly marker: { readonly symbol: 'circle' | 'square'; readonly size: number };
  readonly showlegend: boolean;
  readonly visible: true | 'legendonly';
}

function look(color: string, width: number, size: number, dash = 'solid', symbol = 'circle') {
  const mode = [...(width > 0 ? ['lines'] : []), ...(size > 0 ? ['markers'] : [])].join('+');
  return { mode, line: { color, width, dash }, marker: { color, symbol, size } };
}

const STEPS = look('#5c9fcb', 1, 0);
const TRAINING = look(COLORS.blue, 2, 8);
const TRAINING_POINTS = look(COLORS.blue, 0, 9);
const VALIDATION = look(COLORS.purple, 2, 8, '7px,4px', 'square');
/** Small and on top, so overlapping runs stay visible. */
const BESIDE = look(COLORS.ink, 1.5, 4, '2px,3px');
const BESIDE_VALIDATION = look(COLORS.ink, 1.5, 4, '2px,3px', 'square');

/**
 * Shows the loss and the first metric over the epochs, for training and validation.
 *
 * @param history the `history` of a result of `fit`; `val_` values are optional.
 * @param options step values, and another training for comparison.
 * @example
 * const curves = historyCurves({ loss: [0.33, 0.15], val_loss: [0.19, 0.14] });
 * curves.data.length; // 2
 */
export function historyCurves(history: HistoryValues, options: CurveOptions = {}): Figure {
  if (!options.steps && !history?.loss?.length) {
    const names = JSON.stringify(Object.keys(history ?? {}));
    throw new RangeError(messages().figures.history.noLoss(names));
  }
  const { data, ...rest } = allCurves(history, options);
  return { ...rest, data: data.filter(curve => (curve as unknown as Curve).y.length > 0) };
}

/** Draws the same figure, including empty curves, which still appear in the legend. */
export function allCurves(history: HistoryValues, options: CurveOptions): Figure {
  const texts = messages().figures.history;
  const { steps, beside, epochs = 1 } = options;
  const lengths = [history, beside?.history].map(values => values?.loss?.length ?? 0);
  const x = axis(epochScale(Math.max(epochs, Math.ceil(steps?.reached ?? 0), ...lengths)));
  const turn = steps ? undefined : turnOf(history);
  const measureNames = measures(history, options);
  const panels = measureNames.map((name, i) => {
    const curves = curvesOf(name, i + 1, history, options);
    const values = curves.flatMap(({ mode, y }) => (mode === STEPS.mode ? settled(y) : y));
    const y =
      turn && name === 'loss'
        ? lossScale(turn.losses)
        : (isShare(name) ? shareScale : lossScale)(values);
    const from = y.from === 0 ? '' : ` <span style="font-size:13px">${texts.from(y.from)}</span>`;
    return {
      curves,
      axes: axisPair(
        i + 1,
        {
          ...x,
          title: { text: texts.epoch, standoff: 12 },
          domain: domain(i, measureNames.length),
        },
        { ...axis(y), ...CLEAR_TICKS },
      ),
      heading: note(escapePlotly(title(name)) + from, {
        font: { size: 17 },
        ...inDomain(i + 1),
        ...{ x: 0, xanchor: 'left', y: 1, yanchor: 'bottom' },
      }),
    };
  });
  return figure(
    panels.flatMap(({ curves }) => curves),
    {
      ...Object.assign({}, ...panels.map(({ axes }) => axes)),
      height: 372,
      margin: { l: 0, r: 0, t: 87, b: 55 },
      // Fits as many entries per row as possible.
      legend: { orientation: 'h', x: 0.02, yref: 'container', y: 1, yanchor: 'top' },
      annotations: [
        ...panels.map(({ heading }) => heading),
        ...(turn ? [pointer(turn.epoch, itemAt(turn.losses, turn.epoch - 1))] : []),
      ],
    },
    historyWords(history, options),
  );
}

/** Number of epochs after the lowest validation loss from which a rise is no coincidence. */
const PATIENCE = 5;

/** Returns the epoch with the lowest validation loss, if the loss has risen long enough since. */
function turnOf({ val_loss: values = [] }: HistoryValues) {
  const losses = Array.from(values);
  const lowest = Math.min(...losses);
  const epoch = losses.indexOf(lowest) + 1;
  const hasRisen = losses.length - epoch >= PATIENCE && Number(losses.at(-1)) > lowest;
  return hasRisen && losses.every(Number.isFinite) ? { epoch, losses } : undefined;
}

/** Annotates the lowest validation loss. */
const pointer = (epoch: number, loss: number): Partial<Annotations> => ({
  ...{ x: epoch, y: loss, text: messages().figures.history.lowest(epoch, loss.toFixed(4)) },
  ...{ showarrow: true, ax: 0, ay: -72, xanchor: 'left', align: 'left', standoff: 6 },
  ...{ arrowcolor: COLORS.ink, arrowwidth: 1.5, arrowhead: 2 },
});

const axis = ({ from, to, step }: Scale): Partial<LayoutAxis> => ({
  ...{ range: [from, to], tick0: 0, dtick: step, zeroline: false },
});

function domain(panel: number, panels: number): [from: number, to: number] {
  const [left, gap, right] = [0.1, 0.14, 0.02];
  const width = (1 - left - right - gap * (panels - 1)) / panels;
  const from = left + panel * (width + gap);
  return [from, from + width];
}

type Numbers = readonly number[];

/** Lists the curves of a measure in drawing order. */
function curvesOf(
  measure: string,
  panel: number,
  history: HistoryValues,
  { steps, beside }: CurveOptions,
): Curve[] {
  const texts = messages().figures.history;
  const curve = (name: string, look: object, rank: number, x: Numbers, y: Numbers) =>
    ({
      ...{ type: 'scatter', ...look, ...onAxes(panel), x: x.map(short), y: y.map(short) },
      ...{ name: escapePlotly(name), legendgroup: name, legendrank: rank },
      ...{ showlegend: rank > 0 && panel === 1, visible: true },
      hovertemplate: '%{x:.4~g}: %{y:.4f}',
    }) as unknown as Curve;
  const ends = (values: readonly number[]) => values.map((_, epoch) => epoch + 1);
  // An epoch's mean is drawn at the middle of its steps; an interrupted epoch has fewer.
  const middles = (values: readonly number[], reached = Infinity) =>
    ends(values).map(end => (end - 1 + Math.min(end, reached)) / 2);
  const [training, validation] = [history[measure], history[`val_${measure}`]];
  const curves: Curve[] = [];
  if (steps) {
    const name = texts.trainingSteps(steps.size);
    curves.push(curve(name, STEPS, 1, steps.epochs, steps.values[measure] ?? []));
  }
  if (training) {
    const [name, look] = steps
      ? [texts.trainingEpoch, TRAINING_POINTS]
      : [texts.training, TRAINING];
    const means = Array.from(training);
    curves.push(curve(name, look, 2, middles(means, steps?.reached), means));
  }
  if (validation) {
    const values = Array.from(validation);
    curves.push(curve(texts.validation, VALIDATION, 3, ends(values), values));
  }
  if (beside) {
    const [means, values] = valuesOf(measure, beside.history);
    const name = texts.onClick(runName(beside));
    const added = [
      curve(name, BESIDE, 4, middles(means), means),
      curve(name, BESIDE_VALIDATION, 0, ends(values), values),
    ];
    curves.push(...added.map(curve => ({ ...curve, visible: 'legendonly' as const })));
  }
  return curves;
}

/** Skips the first tenth, because the high initial loss would flatten the rest of the curve. */
const settled = (values: readonly number[]) => values.slice(Math.floor(values.length / 10));

/** Rounds for drawing, to keep the saved notebook small. */
const short = (value: number) => Number(value.toPrecision(5));

/** Lists the drawn measures: the loss and the first metric, if any. */
function measures(history: HistoryValues, { steps }: CurveOptions): string[] {
  const names = [...Object.keys(history), ...Object.keys(steps?.values ?? {})];
  return ['loss', ...names.filter(name => name !== 'loss' && !isValidation(name)).slice(0, 1)];
}

/** Returns training and validation values of a measure, under any of its names. */
function valuesOf(measure: string, history: HistoryValues): [number[], number[]] {
  const key = Object.keys(history).find(key => !isValidation(key) && title(key) === title(measure));
  return [Array.from(history[`${key}`] ?? []), Array.from(history[`val_${key}`] ?? [])];
}

const isValidation = (name: string) => name.startsWith('val_');
const isShare = (name: string) => /acc(uracy)?$/i.test(name);

/** Returns the title of a measure, under any of its names. */
function title(name: string): string {
  const { loss, accuracy } = messages().figures;
  if (name === 'loss') return loss;
  return isShare(name) ? accuracy : kerasMetricName(name);
}

/** Returns a run's name for the figure and the text. */
const runName = ({ name }: Run): string => name ?? messages().figures.history.earlierRun;

/** Describes the curves of a training as text. */
function historyWords(history: HistoryValues, options: CurveOptions): string {
  const { steps, beside } = options;
  const texts = messages().figures.history;
  const measureNames = measures(history, options);
  const wordsOf = (values: HistoryValues) =>
    measureNames.flatMap(name => measureWords(name, values));
  return [
    texts.title,
    ...(steps ? stepLines(steps) : []),
    ...wordsOf(history),
    ...(beside ? [texts.beside(runName(beside)), ...wordsOf(beside.history)] : []),
  ].join('\n');
}

function stepLines({ values, reached }: StepMeans): string[] {
  const texts = messages().figures.history;
  if (reached === 0) return [texts.noStep];
  return Object.entries(values).map(([name, means]) => {
    const [first, last] = [means[0], means.at(-1)].map(value => `${value?.toFixed(4)}`);
    return texts.steps(title(name), `${first}`, `${last}`);
  });
}

/** Describes first and last values, the best validation, and the divergence of training and validation. */
function measureWords(measure: string, history: HistoryValues): string[] {
  const texts = messages().figures.history;
  const [training, validation] = valuesOf(measure, history);
  if (training.length === 0) return [];
  const course = (values: readonly number[]) =>
    [...new Set([values[0], values.at(-1)].map(value => `${value?.toFixed(4)}`))].join(' → ');
  const worth = (value: number) => (isShare(measure) ? value : -value);
  const best = validation.reduce(
    (index, v, i) => (worth(v) > worth(validation[index] ?? v) ? i : index),
    0,
  );
  const isAhead = training.map((value, i) => worth(value) > worth(validation[i] ?? value));
  const apart = isAhead.lastIndexOf(false) + 1;
  const peak = best < validation.length - 1 ? texts.best(best + 1) : '';
  const parts = [texts.course(title(measure), texts.training, course(training))];
  if (validation.length > 0)
    parts.push(texts.course('', texts.validation, course(validation)) + peak);
  if (isAhead.at(-1)) parts.push(texts.apart(apart + 1));
  return [parts.join(texts.semicolon)];
}
