import { kerasMetricName } from '../format';
import { messages } from '../language';
import { COLORS } from './figure';
import { epochScale, lossScale, type Scale, shareScale } from './scale';
import type { StepMeans } from './step-means';

/** Values by name, one an epoch, as in the `history` of `fit`. */
export type HistoryValues = Readonly<Record<string, ArrayLike<number>>>;

/** A training to compare with: what `fit` returned, or `ORIGINAL_RUN`. */
export interface Run {
  /** Its name in the figure; defaults to "earlier run". */
  readonly name?: string;
  readonly history: HistoryValues;
}

/**
 * The five epochs of the lesson that this one follows: the same network in Python's Keras, trained
 * on one GPU. `fit` can draw them beside the curves of a training.
 *
 * @example
 * ORIGINAL_RUN.history.val_loss; // [0.1854, 0.1362, 0.1133, 0.107, 0.0891]
 */
export const ORIGINAL_RUN: Run = {
  get name() {
    return messages().figures.history.originalRun;
  },
  history: {
    loss: [0.3316, 0.1542, 0.1083, 0.0816, 0.064],
    sparse_categorical_accuracy: [0.908, 0.9557, 0.9684, 0.9764, 0.9817],
    val_loss: [0.1854, 0.1362, 0.1133, 0.107, 0.0891],
    val_sparse_categorical_accuracy: [0.949, 0.9625, 0.9662, 0.9683, 0.974],
  },
};

/** Options of the curves of a training. */
export interface CurveOptions {
  /** The values of the steps, as a thin line. */
  readonly steps?: StepMeans | undefined;
  /** Another training, black and dotted. */
  readonly beside?: Run | undefined;
  /** The epochs that the figure has room for; defaults to those that it shows. */
  readonly epochs?: number;
}

/** Height and margins of the curves, in pixels. */
export const FRAME = { height: 372, top: 87, bottom: 55 } as const;

/** One of the figure's parts: a measure over the epochs. */
export interface Panel {
  readonly title: string;
  /** Where its vertical axis begins, if not at 0. */
  readonly from: string;
  /** Its place, in shares of the figure's width. */
  readonly domain: [from: number, to: number];
  readonly x: Scale;
  readonly y: Scale;
  readonly series: readonly Series[];
}

/** Values of one kind: a line, points, or both. */
export interface Series {
  readonly name: string;
  readonly look: Look;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Its place in the legend; without one it is not named there. */
  readonly rank?: number;
}

/** The look of a series; sizes in pixels. */
export interface Look {
  readonly color: string;
  /** Width of the line; without one the points stand alone. */
  readonly line?: number;
  /** Lengths of dash and gap; without them the line is whole. */
  readonly dash?: string;
  readonly marker?: 'circle' | 'square';
  /** Width of the markers. */
  readonly size?: number;
}

const STEPS: Look = { color: '#5c9fcb', line: 1 };
const TRAINING: Look = { color: COLORS.blue, line: 2, marker: 'circle', size: 8 };
const TRAINING_POINTS: Look = { color: COLORS.blue, marker: 'circle', size: 9 };
const VALIDATION: Look = { ...TRAINING, color: COLORS.purple, dash: '7px,4px', marker: 'square' };
/** Small and on top: where two runs meet, both are seen. */
const BESIDE: Look = { ...TRAINING, color: COLORS.ink, line: 1.5, dash: '2px,3px', size: 4 };
const BESIDE_VALIDATION: Look = { ...BESIDE, marker: 'square' };

/** Lays out a panel for the loss and, if there is one, a panel for the first metric. */
export function trainingPanels(history: HistoryValues, options: CurveOptions): Panel[] {
  const x = epochScale(options.steps ? 0 : 1, lastEpoch(history, options));
  const shown = measures(history, options);
  return shown.map((name, i) => {
    const series = seriesOf(name, history, options);
    const values = series.flatMap(({ look, y }) => (look === STEPS ? settled(y) : y));
    const y = (isShare(name) ? shareScale : lossScale)(values);
    const from = y.from === 0 ? '' : messages().figures.history.from(y.from);
    return { title: title(name), from, domain: domain(i, shown.length), x, y, series };
  });
}

/** Names the loss and, if there is one, the first metric. */
function measures(history: HistoryValues, { steps }: CurveOptions): string[] {
  const names = [...Object.keys(history), ...Object.keys(steps?.values ?? {})];
  return ['loss', ...names.filter(name => name !== 'loss' && !isValidation(name)).slice(0, 1)];
}

function domain(panel: number, panels: number): [from: number, to: number] {
  const [left, gap, right] = [0.1, 0.115, 0.02];
  const width = (1 - left - right - gap * (panels - 1)) / panels;
  const from = left + panel * (width + gap);
  return [from, from + width];
}

/** Lists the series in the order in which they are drawn, each over those before it. */
function seriesOf(name: string, history: HistoryValues, { steps, beside }: CurveOptions): Series[] {
  const texts = messages().figures.history;
  const [training, validation] = [history[name], history[`val_${name}`]];
  const epochs = steps ? texts.trainingEpoch : texts.training;
  const look = steps ? TRAINING_POINTS : TRAINING;
  const points = { x: steps?.epochs ?? [], y: steps?.values[name] ?? [] };
  return [
    ...(steps ? [{ name: texts.trainingSteps(steps.size), look: STEPS, rank: 1, ...points }] : []),
    ...(training ? [{ name: epochs, look, rank: 2, ...means(training, steps?.reached) }] : []),
    ...(validation
      ? [{ name: texts.validation, look: VALIDATION, rank: 3, ...ends(validation) }]
      : []),
    ...(beside ? besideSeries(name, beside, steps !== undefined) : []),
  ];
}

function besideSeries(measure: string, { history, ...run }: Run, steps: boolean): Series[] {
  const name = runName(run);
  const [training, validation] = valuesOf(measure, history);
  return [
    { name, look: BESIDE, rank: 4, ...means(training, steps ? Infinity : undefined) },
    { name, look: BESIDE_VALIDATION, ...ends(validation) },
  ];
}

/** Finds the values of a measure, in training and validation, whatever its name in this history. */
function valuesOf(measure: string, history: HistoryValues): [number[], number[]] {
  const key = Object.keys(history).find(key => !isValidation(key) && title(key) === title(measure));
  return [Array.from(history[`${key}`] ?? []), Array.from(history[`val_${key}`] ?? [])];
}

/** Places what is measured at the end of each epoch. */
const ends = (values: ArrayLike<number> = []) => ({
  x: Array.from(values, (_, epoch) => epoch + 1),
  y: Array.from(values),
});

/**
 * Places the means over the steps of each epoch: beside these, in the middle of the epoch's, of which
 * an interrupt leaves fewer; alone, at the end of the epoch.
 */
function means(values: ArrayLike<number> = [], reached?: number) {
  const { x, y } = ends(values);
  return { x: reached === undefined ? x : x.map(end => (end - 1 + Math.min(end, reached)) / 2), y };
}

function lastEpoch(history: HistoryValues, { steps, beside, epochs = 1 }: CurveOptions): number {
  const lengths = [history, beside?.history].map(values => values?.loss?.length ?? 0);
  return Math.max(epochs, Math.ceil(steps?.reached ?? 0), ...lengths);
}

/** Leaves out the first tenth: a loss begins so high that the rest would lie flat on the axis. */
const settled = (values: readonly number[]) => values.slice(Math.floor(values.length / 10));

const isValidation = (name: string) => name.startsWith('val_');
const isShare = (name: string) => /acc(uracy)?$/i.test(name);

function title(name: string): string {
  const { loss, accuracy } = messages().figures;
  if (name === 'loss') return loss;
  return isShare(name) ? accuracy : kerasMetricName(name);
}

/** Names a run in the figure and in its words. */
const runName = ({ name }: Pick<Run, 'name'>): string =>
  name ?? messages().figures.history.earlierRun;

/** Says what the curves of a training show, for those who cannot see them. */
export function historyWords(history: HistoryValues, options: CurveOptions): string {
  const { steps, beside } = options;
  const texts = messages().figures.history;
  const shown = measures(history, options);
  return [
    texts.title,
    ...(steps ? stepLines(steps) : []),
    ...shown.flatMap(name => measureWords(name, history)),
    ...(beside
      ? [
          texts.beside(runName(beside)),
          ...shown.flatMap(name => measureWords(name, beside.history)),
        ]
      : []),
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

/** Says from where to where training and validation go, when validation was best, and when they part. */
function measureWords(measure: string, history: HistoryValues): string[] {
  const texts = messages().figures.history;
  const [training, validation] = valuesOf(measure, history);
  if (training.length === 0) return [];
  const course = (values: readonly number[]) =>
    [...new Set([values[0], values.at(-1)].map(value => `${value?.toFixed(4)}`))].join(' → ');
  const worth = (value: number) => (isShare(measure) ? value : -value);
  const best = validation.reduce((at, v, i) => (worth(v) > worth(validation[at] ?? v) ? i : at), 0);
  const isAhead = training.map((value, i) => worth(value) > worth(validation[i] ?? value));
  const apart = isAhead.lastIndexOf(false) + 1;
  const peak = best < validation.length - 1 ? texts.best(best + 1) : '';
  return [
    [
      texts.course(title(measure), texts.training, course(training)),
      ...(validation.length > 0
        ? [texts.course('', texts.validation, course(validation)) + peak]
        : []),
      ...(isAhead.at(-1) ? [texts.apart(apart + 1)] : []),
    ].join(texts.semicolon),
  ];
}
