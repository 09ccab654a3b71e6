import { grouped, percent } from '../format';
import {
  type Given,
  type NumberLike,
  predictionsByLabel,
  readClasses,
  requireAccuracy,
} from '../input/given';
import { messages } from '../language';
import { axisPair } from './axes';
import { bars } from './bars';
import { widthOf } from './captioned-grid';
import { COLORS } from './colors';
import { mistakesAmong } from './confusion-matrix';
import { type Figure, figure } from './figure';
import { escapePlotly, headOver } from './notes';
import { roundedTo } from './numbers';

/** Number of listed mistakes, most frequent first. */
const NAMED = 3;

const ROW = 26;
const MARGIN = { l: 120, r: 15, b: 50 };

/**
 * Shows the network's error rates on a class's digits, with confidence intervals: for the whole class, compared
 * with MNIST's test set, for each writer, highest first, and the most frequent confusions.
 *
 * The intervals are Wilson's 95 % intervals:
 * https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval.
 *
 * @param labels the digit of each sample, 0 to 9, `[samples]`, as returned by `drawnSet`.
 * @param predictions the network's digits, such as `probabilities.argMax(1)`.
 * @param writers the writer of each sample, as returned by `drawnSet`.
 * @param accuracy accuracy on MNIST's test set, from 0 to 1, as returned by `model.evaluate`.
 * @example
 * classTest([4, 7], [9, 7], ['Ada', 'Bob'], 0.97).text.split('\n')[1]; // 'Ada: 1 of 1 wrong, 100.0% (95% interval: 20.7% to 100.0%)'
 */
export function classTest(
  labels: Given,
  predictions: Given,
  writers: readonly string[],
  accuracy: NumberLike,
): Figure {
  const { classTest: texts, colon } = messages().figures;
  const expected = 1 - requireAccuracy(accuracy);
  const byLabel = predictionsByLabel(labels, predictions);
  const [all, predicted] = [readClasses(labels, 'labels'), readClasses(predictions, 'predictions')];
  if (!Array.isArray(writers) || writers.length !== all.length) {
    const received = Array.isArray(writers) ? grouped(writers.length) : typeof writers;
    throw new RangeError(texts.noWriters(grouped(all.length), received));
  }
  const isWrong = Array.from(all, (label, i) => label !== predicted[i]);
  const total = { writer: texts.all, ...countOf(isWrong) };
  const byWriter = [...new Set(writers)]
    .map(writer => ({ writer, ...countOf(isWrong.filter((_, i) => writers[i] === writer)) }))
    .sort((a, b) => b.share - a.share || b.count - a.count);
  const rows = [total, ...byWriter];
  const [wrong, count, share, from, to] = inWords(total);
  const difference = expected < total.from ? 'worse' : expected > total.to ? 'better' : 'alike';
  const frequent = mistakesAmong(byLabel).slice(0, NAMED);
  const head = [
    texts.result(wrong, count, share),
    texts.interval(from, to),
    texts.mnist(percent(expected, 1)),
    texts.differs[difference],
    ...frequent.map(({ mistake, count }) => mistake + colon + count),
  ];
  const { top, layout } = headOver(head, MARGIN);
  const places = [...rows.keys()];
  return figure(
    [
      {
        ...{ ...bars(places, COLORS.orange), orientation: 'h', width: 0.6 },
        x: rows.map(({ share }) => rounded(share)),
        error_x: {
          ...{ type: 'data', color: COLORS.ink, thickness: 1.5, width: 4 },
          array: rows.map(({ share, to }) => rounded(to - share)),
          arrayminus: rows.map(({ share, from }) => rounded(share - from)),
        },
        customdata: rows.map(({ wrong, count }) => [grouped(wrong), grouped(count)]),
        hovertemplate: texts.hover,
      },
    ],
    {
      ...layout,
      height: rows.length * ROW + top + MARGIN.b,
      ...axisPair(
        1,
        {
          title: { text: texts.wrong },
          range: [0, Math.min(1.02, 1.05 * Math.max(expected, ...rows.map(({ to }) => to)))],
          tickformat: '.0%',
        },
        {
          ...{ range: [rows.length - 0.5, -0.5], zeroline: false, tickfont: { size: 12 } },
          tickvals: places,
          ticktext: rows.map(({ writer }, i) => (i === 0 ? `<b>${writer}</b>` : short(writer))),
        },
      ),
      shapes: [
        {
          ...{ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: expected, x1: expected },
          line: { color: COLORS.purple, width: 2, dash: 'dash' },
        },
      ],
    },
    [head.join(texts.between), ...byWriter.map(row => texts.row(row.writer, ...inWords(row)))].join(
      '\n',
    ),
  );
}

const rounded = roundedTo(1e4);

/** Number of standard deviations that contain 95 % of a normal distribution. */
const Z = 1.96;

/** Counts the wrong samples, and computes the confidence interval of the error rate. */
function countOf(isWrong: readonly boolean[]) {
  const count = isWrong.length;
  const wrong = isWrong.filter(Boolean).length;
  const share = wrong / count;
  const widened = 1 + Z ** 2 / count;
  const middle = (share + Z ** 2 / (2 * count)) / widened;
  const half = (Z / widened) * Math.sqrt((share * (1 - share)) / count + (Z / (2 * count)) ** 2);
  return {
    ...{ wrong, count, share },
    from: wrong === 0 ? 0 : middle - half,
    to: wrong === count ? 1 : middle + half,
  };
}

/** Formats counts as integers and shares as per cents. */
const inWords = ({ wrong, count, ...ends }: ReturnType<typeof countOf>) => {
  const [share, from, to] = [ends.share, ends.from, ends.to].map(value => percent(value, 1));
  return [grouped(wrong), grouped(count), `${share}`, `${from}`, `${to}`] as const;
};

/** Truncates a name to the margin's width: 13 letters, or 6 Chinese characters. */
function short(name: string): string {
  const letters = [...name];
  const fits = letters.findIndex((_, i) => widthOf(letters.slice(0, i + 1).join('')) > 13);
  return escapePlotly(fits < 0 ? name : `${letters.slice(0, fits).join('')}…`);
}
