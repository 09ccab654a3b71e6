import type { Layout } from 'plotly.js';
import { grouped, percent } from '../format';
import { type Given, predictionsByLabel, readClasses } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import {
  atEdge,
  COLORS,
  escapePlotly,
  type Figure,
  figure,
  note,
  ON_TOP,
  roundedTo,
} from './figure';

/** Mistakes that are named, the commonest. */
const NAMED = 3;

/** In pixels: a row, a line of the heading, and what surrounds them. */
const ROW = 26;
const LINE = 20;
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
 * @param accuracy on MNIST's test set, from 0 to 1, as `evaluate` returns it.
 * @throws TypeError if labels or predictions are missing or no numbers.
 * @throws RangeError unless there is one of each for every sample, and the accuracy is one.
 * @example
 * classTest([4, 7], [9, 7], ['Ada', 'Bob'], 0.97).text.split('\n')[1]; // 'Ada: 1 of 1 wrong, 100.0% (95% interval: 20.7% to 100.0%)'
 */
export function classTest(
  labels: Given,
  predictions: Given,
  writers: readonly string[],
  accuracy: number | undefined,
): Figure {
  const { classTest: texts, baselines } = messages().figures;
  if (typeof accuracy !== 'number' || !(accuracy >= 0 && accuracy <= 1)) {
    const received = typeof accuracy === 'number' ? String(accuracy) : typeof accuracy;
    throw new RangeError(baselines.noAccuracy(received));
  }
  const byLabel = predictionsByLabel(labels, predictions);
  const [all, read] = [readClasses(labels, 'labels'), readClasses(predictions, 'predictions')];
  if (!Array.isArray(writers) || writers.length !== all.length) {
    const received = Array.isArray(writers) ? grouped(writers.length) : typeof writers;
    throw new RangeError(texts.noWriters(grouped(all.length), received));
  }
  const isWrong = Array.from(all, (label, i) => label !== read[i]);
  const total = { writer: texts.all, ...countOf(isWrong) };
  const rows = byWriter(isWrong, writers);
  const head = headOf(total, accuracy, mistakesIn(byLabel));
  const words = [
    head.join(texts.between),
    ...rows.map(({ writer, wrong, count, share, from, to }) =>
      texts.row(
        writer,
        grouped(wrong),
        grouped(count),
        percent(share, 1),
        percent(from, 1),
        percent(to, 1),
      ),
    ),
  ];
  const drawn = [total, ...rows];
  return figure([bars(drawn)], layoutOf(drawn, head, 1 - accuracy), words.join('\n'));
}

/** Draws the share that is wrong, with its interval; one below the other. */
const bars = (rows: readonly Row[]): object => ({
  type: 'bar',
  orientation: 'h',
  x: rows.map(({ share }) => rounded(share)),
  y: rows.map((_, i) => i),
  width: 0.6,
  marker: { color: COLORS.orange },
  error_x: {
    ...{ type: 'data', color: COLORS.ink, thickness: 1.5, width: 4 },
    array: rows.map(({ share, to }) => rounded(to - share)),
    arrayminus: rows.map(({ share, from }) => rounded(share - from)),
  },
  customdata: rows.map(({ wrong, count }) => [grouped(wrong), grouped(count)]),
  hovertemplate: messages().figures.classTest.hover,
});

/** @param expected the share that is wrong on MNIST's test set, as a line across the rows. */
function layoutOf(
  rows: readonly Row[],
  head: readonly string[],
  expected: number,
): Partial<Layout> {
  const top = head.length * LINE + 16;
  return {
    height: rows.length * ROW + top + MARGIN.b,
    margin: { ...MARGIN, t: top },
    xaxis: {
      title: { text: messages().figures.classTest.wrong },
      range: [0, Math.min(1.02, 1.05 * Math.max(expected, ...rows.map(({ to }) => to)))],
      tickformat: '.0%',
      gridcolor: COLORS.grid,
      fixedrange: true,
    },
    yaxis: {
      range: [rows.length - 0.5, -0.5],
      tickvals: rows.map((_, i) => i),
      ticktext: rows.map(({ writer }, i) => (i === 0 ? `<b>${writer}</b>` : short(writer))),
      tickfont: { size: 12 },
      zeroline: false,
      fixedrange: true,
    },
    shapes: [
      {
        ...{ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: expected, x1: expected },
        line: { color: COLORS.purple, width: 2, dash: 'dash' },
      },
    ],
    annotations: [
      note(head.join('<br>'), {
        ...{ ...atEdge('left'), ...ON_TOP, xshift: 10 - MARGIN.l, align: 'left' },
      }),
    ],
  };
}

const rounded = roundedTo(1e4);

/** How many of some samples are wrong, with the ends of the interval of that share. */
interface Count {
  readonly wrong: number;
  readonly count: number;
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

interface Row extends Count {
  readonly writer: string;
}

/** The normal distribution has 95 % of its mass within so many standard deviations. */
const Z = 1.96;

function countOf(isWrong: readonly boolean[]): Count {
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

/** Counts for each writer, the one read worst first. */
function byWriter(isWrong: readonly boolean[], writers: readonly string[]): Row[] {
  const groups = new Map<string, boolean[]>();
  writers.forEach((writer, i) => {
    const group = groups.get(writer) ?? [];
    groups.set(writer, group);
    group.push(itemAt(isWrong, i));
  });
  return [...groups]
    .map(([writer, group]) => ({ writer, ...countOf(group) }))
    .sort((a, b) => b.share - a.share || b.count - a.count);
}

/** Lists what is taken for what, the commonest first. */
const mistakesIn = (byLabel: readonly (readonly number[])[]) =>
  byLabel
    .flatMap((row, label) =>
      [...new Set(row)].map(taken => ({
        ...{ label, taken, count: row.filter(prediction => prediction === taken).length },
      })),
    )
    .filter(({ label, taken }) => label !== taken)
    .sort((a, b) => b.count - a.count);

function headOf(total: Count, accuracy: number, mistakes: ReturnType<typeof mistakesIn>): string[] {
  const { classTest: texts, confusionMatrix, colon } = messages().figures;
  const { wrong, count, share, from, to } = total;
  const expected = 1 - accuracy;
  const difference = expected < from ? 'worse' : expected > to ? 'better' : 'alike';
  const named = mistakes
    .slice(0, NAMED)
    .map(({ label, taken, count }) => confusionMatrix.mistake(label, taken) + colon + count);
  return [
    texts.result(grouped(wrong), grouped(count), percent(share, 1)),
    texts.interval(percent(from, 1), percent(to, 1)),
    texts.mnist(percent(expected, 1)),
    texts.differs[difference],
    ...named,
  ];
}

/** Cuts a name to what the margin holds: 13 letters, fewer of those that are wide, 6 Chinese characters. */
function short(name: string): string {
  let room = 13;
  const letters = [...name];
  const kept = letters.filter(letter => {
    room -= letter > '\u2e80' ? 2 : /[A-Zmw@%]/.test(letter) ? 1.7 : 1;
    return room >= 0;
  });
  return escapePlotly(kept.length < letters.length ? `${kept.join('')}…` : name);
}
