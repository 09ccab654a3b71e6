/** What the curves of a training show: which values, by which names, and in words. */
import { kerasMetricName } from '../format';
import { messages } from '../language';
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

/** Lists the names of what is drawn: the loss and, if there is one, the first metric. */
export function measures(history: HistoryValues, { steps }: CurveOptions): string[] {
  const names = [...Object.keys(history), ...Object.keys(steps?.values ?? {})];
  return ['loss', ...names.filter(name => name !== 'loss' && !isValidation(name)).slice(0, 1)];
}

/** Finds the values of a measure, in training and validation, whatever its name in this history. */
export function valuesOf(measure: string, history: HistoryValues): [number[], number[]] {
  const key = Object.keys(history).find(key => !isValidation(key) && title(key) === title(measure));
  return [Array.from(history[`${key}`] ?? []), Array.from(history[`val_${key}`] ?? [])];
}

const isValidation = (name: string) => name.startsWith('val_');
export const isShare = (name: string) => /acc(uracy)?$/i.test(name);

/** Titles a measure, whatever its name in the history. */
export function title(name: string): string {
  const { loss, accuracy } = messages().figures;
  if (name === 'loss') return loss;
  return isShare(name) ? accuracy : kerasMetricName(name);
}

/** Names a run in the figure and in its words. */
export const runName = ({ name }: Pick<Run, 'name'>): string =>
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
