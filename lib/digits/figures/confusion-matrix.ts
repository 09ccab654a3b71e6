import type { Data } from 'plotly.js';
import { grouped } from '../format';
import { text } from '../language';
import { DIGITS, predictionsByLabel } from './classes';
import { type Figure, figure, roundedTo } from './figure';
import type { Given } from './given';

/**
 * Shows which digit is taken for which: a row for each label, a column for each prediction; above them,
 * how many are wrong, and what is mistaken most often.
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
  const words = [result(counts), ...commonest(counts)];
  const above = 84 + 18 * words.length;
  return figure(
    [wrong, right],
    {
      height: 460 + above,
      margin: { l: 60, r: 15, t: above, b: 80 },
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
      annotations: [
        {
          text: words.join('<br>'),
          ...{ xref: 'paper', x: 0, xanchor: 'left', xshift: -50, align: 'left' },
          ...{ yref: 'paper', y: 1, yanchor: 'bottom', yshift: 76, showarrow: false },
        },
      ],
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

type Counts = readonly (readonly number[])[];

/** Lists what is taken for what, the most common first. */
const mistakesIn = (counts: Counts) =>
  counts
    .flatMap((row, label) => row.map((count, prediction) => ({ label, prediction, count })))
    .filter(({ label, prediction, count }) => count > 0 && label !== prediction)
    .sort((a, b) => b.count - a.count);

function result(counts: Counts): string {
  const total = grouped(sumOf(counts.flat()));
  const wrong = grouped(sumOf(mistakesIn(counts).map(({ count }) => count)));
  return text({
    zh: `${total} 个样本，认错 ${wrong} 个`,
    en: `${wrong} of ${total} wrong`,
  });
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

/** So many mistakes that are equally common are named: they fit into a line on a phone. */
const NAMED = 3;

/** Says what this run has mistaken most often; nothing if there is no mistake. */
function commonest(counts: Counts): string[] {
  const mistakes = mistakesIn(counts);
  const most = mistakes[0]?.count ?? 0;
  if (most === 0) return [];
  const first = mistakes.filter(({ count }) => count === most);
  const named = first.map(({ label, prediction }) =>
    text({ zh: `${label} 被认作 ${prediction}`, en: `${label} taken for ${prediction}` }),
  );
  const n = grouped(most);
  const times = ['', 'once', 'twice'][most] ?? `${n} times`;
  if (first.length === 1) {
    return [
      text({ zh: `这次运行最常见：${named}，${n} 次`, en: `In this run: ${named}, ${times}` }),
    ];
  }
  if (first.length > NAMED) {
    return [
      text({
        zh: `这次运行，同一种错误最多 ${n} 次`,
        en: `In this run no mistake came more than ${times}`,
      }),
    ];
  }
  return [
    text({ zh: `这次运行最常见，各 ${n} 次：`, en: `In this run, ${times} each:` }),
    named.join(text({ zh: '、', en: ', ' })),
  ];
}

function inWords(counts: Counts): string {
  const lines = mistakesIn(counts)
    .slice(0, 10)
    .map(({ label, prediction, count }) =>
      text({
        zh: `${label} 被认作 ${prediction}：${grouped(count)}`,
        en: `${label} taken for ${prediction}: ${grouped(count)}`,
      }),
    );
  const head = text({
    zh: `混淆矩阵：${result(counts)}。`,
    en: `Confusion matrix: ${result(counts)}.`,
  });
  if (lines.length === 0) return head;
  return [head + text({ zh: '最常见的错误：', en: ' The most common mistakes:' }), ...lines].join(
    '\n',
  );
}
