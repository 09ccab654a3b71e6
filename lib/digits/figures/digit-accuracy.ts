import { grouped, percent } from '../format';
import { type Given, predictionsByLabel } from '../input/given';
import { messages } from '../language';
import { atEdge, COLORS, type Figure, figure, note, ON_TOP, swatch } from './figure';

/**
 * Shows what share of each digit is recognised, beside the accuracy over all digits.
 *
 * @param labels the digit of each sample, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param predictions the digit that the network takes it for, such as `probabilities.argMax(1)`.
 * @throws TypeError if either is missing or no numbers.
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
  const { digit, accuracy, digitAccuracy: texts } = messages().figures;
  return figure(
    [
      {
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
        hovertemplate: texts.hover,
        showlegend: false,
      },
    ],
    {
      height: 340,
      margin: { l: 65, r: 15, t: 40, b: 55 },
      xaxis: { title: { text: digit }, dtick: 1, fixedrange: true },
      yaxis: {
        title: { text: accuracy },
        range: [0, 1],
        tickformat: '.0%',
        gridcolor: COLORS.grid,
        fixedrange: true,
      },
      shapes: [
        {
          ...{ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: overall, y1: overall },
          line: { color: COLORS.ink, width: 1.5, dash: 'dash' },
        },
      ],
      annotations: [
        note(`- - ${texts.overall(percent(overall, 1))}`, { ...atEdge('right'), ...ON_TOP }),
        ...(worst.length > 0
          ? [note(`${swatch(COLORS.orange)} ${texts.lowest}`, { ...atEdge('left'), ...ON_TOP })]
          : []),
      ],
    },
    [
      texts.words(
        percent(overall, 1),
        worst.map(({ digit }) => digit),
      ),
      ...digits.map(({ digit, right, total, accuracy }) =>
        texts.row(digit, percent(accuracy, 1), grouped(right), grouped(total)),
      ),
    ].join('\n'),
  );
}
