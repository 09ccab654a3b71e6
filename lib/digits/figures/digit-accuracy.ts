import type { Annotations, Data } from 'plotly.js';
import { grouped, percent } from '../format';
import { text } from '../language';
import { predictionsByLabel } from './classes';
import { COLORS, type Figure, figure } from './figure';
import type { Given } from './given';

/**
 * Shows what share of each digit is recognised, beside the accuracy over all digits.
 *
 * @param labels the digit of each sample, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param predictions the digit that the network takes it for, such as `probabilities.argMax(1)`.
 * @throws TypeError where either is missing or no numbers.
 * @throws RangeError unless there is one prediction for each label, all from 0 to 9.
 * @example
 * digitAccuracy([7, 7, 2], [7, 1, 2]).text.split('\n')[1]; // '2: 100.0% (1 of 1)'
 */
export function digitAccuracy(labels: Given, predictions: Given): Figure {
  const digits = predictionsByLabel(labels, predictions)
    .map((predicted, digit) => {
      const right = predicted.filter(prediction => prediction === digit).length;
      return { digit, right, total: predicted.length, accuracy: right / predicted.length };
    })
    .filter(({ total }) => total > 0);
  const samples = digits.reduce((sum, { total }) => sum + total, 0);
  const overall = digits.reduce((sum, { right }) => sum + right, 0) / samples;
  const lowest = Math.min(...digits.map(({ accuracy }) => accuracy));
  const worst = digits.filter(({ accuracy }) => accuracy === lowest && lowest < overall);
  const bars: Data = {
    type: 'bar',
    x: digits.map(({ digit }) => digit),
    y: digits.map(({ accuracy }) => accuracy),
    text: digits.map(({ accuracy }) => percent(accuracy, 1)),
    textposition: 'auto',
    insidetextanchor: 'end',
    // Upright: on a phone the bars are narrower than the words.
    textangle: -90,
    textfont: { size: 13 },
    constraintext: 'none',
    cliponaxis: false,
    customdata: digits.map(({ right, total }) => [grouped(right), grouped(total)]),
    // Orange for the digit of which most is wrong; for none if they are all alike.
    marker: { color: digits.map(each => (worst.includes(each) ? COLORS.orange : COLORS.blue)) },
    hovertemplate: text({
      zh: '%{x}：%{customdata[1]} 个中认对 %{customdata[0]} 个<extra></extra>',
      en: '%{x}: %{customdata[0]} of %{customdata[1]} right<extra></extra>',
    }),
    showlegend: false,
  };
  const average = text({ zh: '全部样本 ', en: 'all digits ' });
  const least = text({ zh: '最低', en: 'lowest' });
  const names = worst.map(({ digit }) => digit);
  return figure(
    [bars],
    {
      height: 340,
      margin: { l: 65, r: 15, t: 40, b: 55 },
      xaxis: { title: { text: text({ zh: '数字', en: 'Digit' }) }, dtick: 1, fixedrange: true },
      yaxis: {
        title: { text: text({ zh: '准确率', en: 'Accuracy' }) },
        range: [0, 1],
        tickformat: '.0%',
        gridcolor: '#dddddd',
        fixedrange: true,
      },
      shapes: [
        {
          type: 'line',
          xref: 'paper',
          x0: 0,
          x1: 1,
          y0: overall,
          y1: overall,
          line: { color: '#222222', width: 1.5, dash: 'dash' },
        },
      ],
      annotations: [
        above(`- - ${average}${percent(overall, 1)}`, 'right'),
        ...(worst.length > 0
          ? [above(`<span style="color:${COLORS.orange}">■</span> ${least}`, 'left')]
          : []),
      ],
    },
    [
      text({
        zh: `每个数字的准确率；全部样本 ${percent(overall, 1)}${names.length > 0 ? `，最低的是数字 ${names.join('、')}` : ''}`,
        en: `Accuracy by digit: ${percent(overall, 1)} over all samples${names.length > 0 ? `, lowest for ${names.join(', ')}` : ''}`,
      }),
      ...digits.map(({ digit, right, total, accuracy }) =>
        text({
          zh: `${digit}：${percent(accuracy, 1)}（${grouped(total)} 个中认对 ${grouped(right)} 个）`,
          en: `${digit}: ${percent(accuracy, 1)} (${grouped(right)} of ${grouped(total)})`,
        }),
      ),
    ].join('\n'),
  );
}

const above = (text: string, side: 'left' | 'right'): Partial<Annotations> => ({
  ...{ text, showarrow: false, xref: 'paper', xanchor: side, x: side === 'left' ? 0 : 1 },
  ...{ yref: 'paper', y: 1, yanchor: 'bottom', yshift: 6 },
});
