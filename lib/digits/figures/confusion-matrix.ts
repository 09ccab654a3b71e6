import type { Data } from 'plotly.js';
import { grouped } from '../format';
import { text } from '../language';
import { DIGITS, predictionsByLabel } from './classes';
import { type Figure, figure, roundedTo } from './figure';
import type { Given } from './given';

/**
 * Shows which digit is taken for which: a row for each label, a column for each prediction.
 *
 * The diagonal, which is right, has a colour of its own; the other cells are the darker, the larger
 * their share of the label's samples. One scale for all would show the diagonal alone.
 *
 * @param labels the digit of each sample, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param predictions the digit that the network takes it for, such as `probabilities.argMax(1)`.
 * @throws TypeError where either is missing or no numbers.
 * @throws RangeError unless there is one prediction for each label, all from 0 to 9.
 * @example
 * confusionMatrix([7, 7, 2], [7, 1, 2]).text.split('\n')[1]; // '7 taken for 1: 1'
 */
export function confusionMatrix(labels: Given, predictions: Given): Figure {
  const counts = confusionCounts(labels, predictions);
  const shares = counts.map(row => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map(count => rounded(count / Math.max(1, total)));
  });
  const off = (y: number, x: number) => y !== x;
  const largest = Math.max(
    ...shares.flatMap((row, y) => row.map((share, x) => (off(y, x) ? share : 0))),
  );
  const cells = (kept: (y: number, x: number) => boolean) => ({
    z: shares.map((row, y) => row.map((share, x) => (kept(y, x) ? share : null))),
    text: counts.map((row, y) => row.map((n, x) => (kept(y, x) && n > 0 ? grouped(n) : ''))),
  });
  const shared: object = {
    type: 'heatmap',
    xgap: 2,
    ygap: 2,
    texttemplate: '%{text}',
    // A count of four digits fits into a cell on a phone.
    textfont: { color: '#222222', size: 12 },
    customdata: counts.map(row => row.map(grouped)),
    hoverongaps: false,
  };
  const right = {
    ...shared,
    ...cells((y, x) => !off(y, x)),
    colorscale: [
      [0, '#cfe5f3'],
      [1, '#cfe5f3'],
    ],
    showscale: false,
    hovertemplate: text({
      zh: '%{y}，认对 %{customdata} 个（%{z:.1%}）<extra></extra>',
      en: '%{y} recognised: %{customdata} (%{z:.1%})<extra></extra>',
    }),
  } as Data;
  const wrong = {
    ...shared,
    ...cells(off),
    zmin: 0,
    zmax: largest || 1,
    // A lighter orange than in the other figures, so that the numbers on it can be read.
    colorscale: [
      [0, 'white'],
      [1, '#ee8b47'],
    ],
    colorbar: {
      title: {
        text: text({ zh: '占该行的比例', en: 'share of the row' }),
        side: 'bottom',
      },
      tickformat: '.1~%',
      orientation: 'h',
      thickness: 12,
      lenmode: 'pixels',
      len: 260,
      y: 0,
      yanchor: 'top',
      ypad: 14,
    },
    hovertemplate: text({
      zh: '%{y} 被认作 %{x}：%{customdata} 个（%{z:.1%}）<extra></extra>',
      en: '%{y} taken for %{x}: %{customdata} (%{z:.1%})<extra></extra>',
    }),
  } as Data;
  const axis = { dtick: 1, showgrid: false, zeroline: false, fixedrange: true } as const;
  return figure(
    [wrong, right],
    {
      height: 520,
      margin: { l: 60, r: 15, t: 60, b: 80 },
      xaxis: {
        ...axis,
        side: 'top',
        title: { text: text({ zh: '预测', en: 'Prediction' }) },
      },
      yaxis: {
        ...axis,
        autorange: 'reversed',
        title: { text: text({ zh: '标签', en: 'Label' }) },
      },
    },
    inWords(counts),
  );
}

/** Counts by label, then by prediction. */
const confusionCounts = (labels: Given, predictions: Given): number[][] =>
  predictionsByLabel(labels, predictions).map(row =>
    DIGITS.map(digit => row.filter(prediction => prediction === digit).length),
  );

const rounded = roundedTo(1e4);

function inWords(counts: readonly (readonly number[])[]): string {
  const mistakes = counts
    .flatMap((row, label) => row.map((count, prediction) => ({ label, prediction, count })))
    .filter(({ label, prediction, count }) => count > 0 && label !== prediction)
    .sort((a, b) => b.count - a.count);
  const wrong = mistakes.reduce((sum, { count }) => sum + count, 0);
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const lines = mistakes.slice(0, 10).map(({ label, prediction, count }) =>
    text({
      zh: `${label} 被认作 ${prediction}：${grouped(count)}`,
      en: `${label} taken for ${prediction}: ${grouped(count)}`,
    }),
  );
  const head = text({
    zh: `混淆矩阵：${grouped(total)} 个样本，认错 ${grouped(wrong)} 个。最常见的错误：`,
    en: `Confusion matrix: ${grouped(wrong)} of ${grouped(total)} wrong. The most common mistakes:`,
  });
  return [head, ...lines].join('\n');
}
