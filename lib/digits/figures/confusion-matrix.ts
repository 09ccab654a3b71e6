import { grouped, percent } from '../format';
import { DIGITS, errorRates, type Given, predictionsByLabel } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { axisPair } from './axes';
import { COLORS, colorBar, colorScale } from './colors';
import { type Figure, figure } from './figure';
import { headOver } from './notes';
import { roundedTo } from './numbers';

/**
 * Shows how often each digit is predicted as each other: a row per label, a column per prediction, and above
 * them the number of errors and the most frequent confusions.
 *
 * Mistakes are darker, the larger their share of the label's samples. The correct diagonal has no colour,
 * because a common scale would show only the diagonal. The text lists each row.
 *
 * @param labels the digit of each sample, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param predictions the network's digits, such as `probabilities.argMax(1)`.
 * @example
 * confusionMatrix([7, 7, 2], [7, 1, 2]).text.split('\n')[1]; // 'Hardest: 7, 50.0% wrong; easiest: 2, 0.0%'
 */
export function confusionMatrix(labels: Given, predictions: Given): Figure {
  const byLabel = predictionsByLabel(labels, predictions);
  // By label, then by prediction.
  const counts = countPredictions(byLabel);
  const shares = counts.map(row => row.map(count => rounded(count / Math.max(1, sumOf(row)))));
  const cells = (isKept: (y: number, x: number) => boolean) => ({
    z: shares.map((row, y) => row.map((share, x) => (isKept(y, x) ? share : null))),
    text: counts.map((row, y) => row.map((n, x) => (isKept(y, x) && n > 0 ? grouped(n) : ''))),
  });
  const [wrong, right] = [cells((y, x) => y !== x), cells((y, x) => y === x)];
  const shared = {
    type: 'heatmap',
    xgap: 2,
    ygap: 2,
    texttemplate: '%{text}',
    // A count of four digits fits into a cell on a phone.
    textfont: { color: COLORS.ink, size: 12 },
    customdata: counts.map(row => row.map(grouped)),
    hoverongaps: false,
  };
  const texts = messages().figures.confusionMatrix;
  const axis = { dtick: 1, showgrid: false, zeroline: false } as const;
  const mistakes = mistakesAmong(byLabel);
  const result = texts.result(
    grouped(sumOf(counts.flat())),
    grouped(sumOf(mistakes.map(({ count }) => count))),
  );
  const frequent = mistakes
    .slice(0, IN_WORDS)
    .map(({ mistake, count }) => mistake + messages().figures.colon + grouped(count));
  const hardest = mistakes.length > 0 ? [hardestOf(byLabel)] : [];
  const head = [result, ...commonest(mistakes), ...hardest];
  const { top, layout } = headOver(head, { l: 60, r: 15, b: 80 }, 74);
  return figure(
    [
      {
        ...shared,
        ...wrong,
        zmin: 0,
        zmax: Math.max(...wrong.z.flat().map(Number)) || 1,
        // Lighter than the orange of other figures, to keep the numbers readable.
        colorscale: colorScale('white', '#ee8b47'),
        colorbar: { ...colorBar(texts.share, 'bottom', 260), tickformat: '.1~%', ypad: 14 },
        hovertemplate: texts.wrong,
      },
      {
        ...shared,
        ...right,
        colorscale: colorScale('white', 'white'),
        textfont: { color: COLORS.quiet, size: 12 },
        showscale: false,
        hovertemplate: texts.right,
      },
    ],
    {
      ...layout,
      height: 460 + top,
      ...axisPair(
        1,
        { ...axis, side: 'top', title: { text: texts.prediction } },
        { ...axis, autorange: 'reversed', title: { text: messages().figures.label } },
      ),
    },
    [
      ...[texts.words(result), ...hardest, ...(frequent.length > 0 ? [texts.most(frequent)] : [])],
      ...counts.flatMap((row, label) => rowInWords(row, label, mistakes)),
    ].join('\n'),
  );
}

type Mistakes = ReturnType<typeof mistakesAmong>;

/** Describes the predictions for a label, most frequent mistakes first; empty without samples. */
function rowInWords(row: readonly number[], label: number, mistakes: Mistakes): string[] {
  const texts = messages().figures.confusionMatrix;
  const wrongAnswers = mistakes
    .filter(mistake => mistake.label === label)
    .map(({ prediction, count }) => texts.asOther(prediction, grouped(count)));
  const [right, all] = [itemAt(row, label), sumOf(row)].map(grouped) as [string, string];
  return sumOf(row) > 0 ? [texts.row(label, right, all, wrongAnswers)] : [];
}

const rounded = roundedTo(1e4);

const countPredictions = (byLabel: readonly (readonly number[])[]): number[][] =>
  byLabel.map(row => DIGITS.map(digit => row.filter(prediction => prediction === digit).length));

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

/** Lists the confusions of predictions grouped by label, as text, most frequent first. */
export const mistakesAmong = (byLabel: readonly (readonly number[])[]) =>
  countPredictions(byLabel)
    .flatMap((row, label) =>
      row.map((count, prediction) => {
        const mistake = messages().figures.confusionMatrix.mistake(label, prediction);
        return { label, prediction, count, mistake };
      }),
    )
    .filter(({ label, prediction, count }) => count > 0 && label !== prediction)
    .sort((a, b) => b.count - a.count);

/** Number of frequent mistakes in the text. */
const IN_WORDS = 5;

/** Describes the digits with the highest and the lowest error rate. */
function hardestOf(byLabel: readonly (readonly number[])[]): string {
  const rates = errorRates(byLabel);
  const [hardest, easiest] = [itemAt(rates, 0), itemAt(rates, rates.length - 1)];
  const { hardest: words } = messages().figures.confusionMatrix;
  return words(hardest.digit, percent(hardest.share, 1), easiest.digit, percent(easiest.share, 1));
}

/** Maximum number of equally frequent mistakes to name, to fit into a line on a phone. */
const NAMED = 3;

/** Describes the most frequent mistakes; empty without mistakes. */
export function commonest(mistakes: Mistakes): string[] {
  const most = mistakes[0]?.count ?? 0;
  const [first, ...rest] = mistakes.filter(({ count }) => count === most).map(m => m.mistake);
  if (first === undefined) return [];
  const texts = messages().figures.confusionMatrix;
  const n = grouped(most);
  if (rest.length === 0) return [texts.commonest(first, most, n)];
  if (rest.length >= NAMED) return [texts.manyAlike(most, n)];
  return texts.fewAlike([first, ...rest], most, n);
}
