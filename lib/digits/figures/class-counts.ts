import type { Data } from 'plotly.js';
import { grouped } from '../format';
import { text } from '../language';
import { classNumbers, DIGITS } from './classes';
import { COLORS, type Figure, figure } from './figure';
import type { Given } from './given';
import { lossScale, marks } from './scale';

/**
 * Shows how many samples there are of each digit, training beside test.
 *
 * @param training labels, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param test labels, likewise.
 * @throws TypeError where labels are missing or no numbers.
 * @throws RangeError for a label that is no digit.
 * @example
 * classCounts(yTrain, yTest).data.length; // 2
 */
export function classCounts(training: Given, test: Given): Figure {
  const sets = [
    { name: text({ zh: '训练集', en: 'training' }), labels: training, color: COLORS.blue },
    { name: text({ zh: '测试集', en: 'test' }), labels: test, color: COLORS.purple },
  ].map(set => ({ ...set, counts: countsOf(set.labels) }));
  const data = sets.map(
    ({ name, counts, color }): Data => ({
      type: 'bar',
      name,
      x: [...DIGITS],
      y: counts,
      // Upright: in 800 pixels two numbers of four digits do not fit side by side.
      text: counts.map(count => (count ? grouped(count) : '')),
      textposition: 'outside',
      textangle: -90,
      textfont: { size: 11 },
      constraintext: 'none',
      marker: { color },
      cliponaxis: false,
      customdata: counts.map(grouped),
      hovertemplate: '%{x}: %{customdata}',
    }),
  );
  const most = Math.max(1, ...sets.flatMap(({ counts }) => counts));
  // Room for the number over the highest bar.
  const [to, { step }] = [1.25 * most, lossScale([most])];
  const ticks = marks({ from: 0, to, step }).map(([count]) => count);
  return figure(
    data,
    {
      height: 360,
      margin: { l: 75, r: 20, t: 60, b: 55 },
      bargap: 0.12,
      xaxis: { title: { text: text({ zh: '数字', en: 'Digit' }) }, dtick: 1, fixedrange: true },
      yaxis: {
        title: { text: text({ zh: '样本个数', en: 'Samples' }), standoff: 8 },
        range: [0, to],
        tickvals: ticks,
        ticktext: ticks.map(grouped),
        gridcolor: '#dddddd',
        automargin: true,
        fixedrange: true,
      },
      legend: { orientation: 'h', x: 0.5, xanchor: 'center', y: 1.1, yanchor: 'bottom' },
    },
    [
      text({ zh: '每个数字的样本个数，从 0 到 9', en: 'Samples of each digit, from 0 to 9' }),
      ...sets.map(
        ({ name, counts }) =>
          `${name}${text({ zh: '：', en: ': ' })}${counts.map(grouped).join(text({ zh: '、', en: ' · ' }))}`,
      ),
    ].join('\n'),
  );
}

function countsOf(labels: Given): number[] {
  const all = Array.from(classNumbers(labels, 'labels'));
  return DIGITS.map(digit => all.filter(label => label === digit).length);
}
