import { grouped, percent } from '../format';
import {
  type Given,
  type NumberLike,
  predictionsByLabel,
  readClasses,
  requireAccuracy,
} from '../input/given';
import { messages } from '../language';
import { widthOf } from './captioned-grid';
import { mistakesAmong } from './confusion-matrix';
import {
  axisPair,
  bars,
  COLORS,
  escapePlotly,
  type Figure,
  figure,
  headOver,
  roundedTo,
} from './figure';

/** Mistakes that are named, the commonest. */
const NAMED = 3;

/** In pixels: a row, and what surrounds them. */
const ROW = 26;
const MARGIN = { l: 120, r: 15, b: 50 };

/**
 * Shows how the network reads the digits of a class: the share that it reads wrong, with the error of so few
 * samples, beside that on MNIST's test set, the same for each writer, the worst first, and what it takes
 * for what.
 *
 * The intervals are Wilson's, of 95 %: https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval.
 *
 * @param labels the digit of each sample, 0 to 9, `[samples]`, as `drawnSet` gives them.
 * @param predictions the digit that the network takes it for, such as `probabilities.argMax(1)`.
 * @param writers the name of each sample's writer, as `drawnSet` gives them.
 * @param accuracy on MNIST's test set, from 0 to 1, as `model.evaluate` returns it.
 * @throws TypeError if labels or predictions are missing or no numbers.
 * @throws RangeError unless there is one of each for every sample, and the accuracy is one.
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
  const [all, read] = [readClasses(labels, 'labels'), readClasses(predictions, 'predictions')];
  if (!Array.isArray(writers) || writers.length !== all.length) {
    const received = Array.isArray(writers) ? grouped(writers.length) : typeof writers;
    throw new RangeError(texts.noWriters(grouped(all.length), received));
  }
  const isWrong = Array.from(all, (label, i) => label !== read[i]);
  const total = { writer: texts.all, ...countOf(isWrong) };
  const byWriter = [...new Set(writers)]
    .map(writer => ({ writer, ...countOf(isWrong.filter((_, i) => writers[i] === writer)) }))
    .sort((a, b) => b.share - a.share || b.count - a.count);
  const rows = [total, ...byWriter];
  const [wrong, count, share, from, to] = inWords(total);
  const difference = expected < total.from ? 'worse' : expected > total.to ? 'better' : 'alike';
  const named = mistakesAmong(byLabel).slice(0, NAMED);
  const head = [
    texts.result(wrong, count, share),
    texts.interval(from, to),
    texts.mnist(percent(expected, 1)),
    texts.differs[difference],
    ...named.map(({ mistake, count }) => mistake + colon + count),
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

/** The normal distribution has 95 % of its mass within so many standard deviations. */
const Z = 1.96;

/** Counts how many of some samples are wrong, with the ends of the interval of that share. */
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

/** Writes the counts as whole numbers, the shares as per cents. */
const inWords = ({ wrong, count, ...ends }: ReturnType<typeof countOf>) => {
  const [share, from, to] = [ends.share, ends.from, ends.to].map(each => percent(each, 1));
  return [grouped(wrong), grouped(count), `${share}`, `${from}`, `${to}`] as const;
};

/** Cuts a name to what the margin holds: 13 letters, or 6 Chinese characters. */
function short(name: string): string {
  const letters = [...name];
  const fits = letters.findIndex((_, i) => widthOf(letters.slice(0, i + 1).join('')) > 13);
  return escapePlotly(fits < 0 ? name : `${letters.slice(0, fits).join('')}…`);
}
