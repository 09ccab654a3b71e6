import { percent } from '../format';
import { type NumberLike, requireAccuracy } from '../input/given';
import { messages } from '../language';
import { axisPair } from './axes';
import { bars } from './bars';
import { COLORS } from './colors';
import { type Figure, figure } from './figure';
import { atEdge, note, ON_TOP } from './notes';
import { roundedTo } from './numbers';

/** Accuracy of always answering 1, the most frequent digit, with 1135 of the 10,000 test labels. */
const ALWAYS_ONE = 0.1135;

/**
 * Flatten and the output layer, 7850 parameters, trained as in stage 8: adam, 5 epochs, batches of 64, a fifth
 * for validation. Five trainings reached 0.9210 to 0.9238; the mean is 0.9227.
 */
export const NO_HIDDEN_LAYER = 0.923;

/**
 * Two convolution layers with 32 and 64 filters of 3 × 3, each with 2 × 2 pooling, then Flatten, dropout of 0.5
 * and the output layer: 34,826 parameters. Trained as above, six trainings reached 0.9868 to 0.9892; the mean
 * is 0.988.
 */
export const CONVOLUTION = 0.988;

/** Pixels of a row with its label above the bar, and the margins. */
const ROW = 50;
const MARGIN = { l: 12, r: 12, t: 34, b: 10 };

/** Error at the end of the axis for a trained network, with room for a longer bar. */
const LEAST = 0.1;

/**
 * Compares an accuracy on MNIST's test set with three baselines: always answering 1, a network without a hidden
 * layer, and a small convolutional network.
 *
 * @param accuracy accuracy of your network, from 0 to 1, as returned by `model.evaluate`.
 * @example
 * baselines(0.9753).text.split('\n')[3]; // 'This network: 97.53% right, 2.47% wrong'
 */
export function baselines(accuracy: NumberLike): Figure {
  const texts = messages().figures.baselines;
  const ownAccuracy = requireAccuracy(accuracy);
  const rows = [
    { name: texts.alwaysOne, ...shares(ALWAYS_ONE) },
    { name: texts.noHiddenLayer, ...shares(NO_HIDDEN_LAYER, 0, '≈ ') },
    { name: texts.network, ...shares(ownAccuracy) },
    { name: texts.convolution, ...shares(CONVOLUTION, 0, '≈ ') },
  ];
  const timesErrors = (other: number) => ((1 - other) / (1 - ownAccuracy)).toFixed(1);
  // Cuts off the bar of always answering 1, which would dwarf the others.
  const end = Math.max(LEAST, 1.2 * (1 - ownAccuracy));
  const above = (y: number) => ({ y, yanchor: 'bottom', borderpad: 0 }) as const;
  const label = (name: string) => (name === texts.network ? `<b>${name}</b>` : name);
  const places = [...rows.keys()];
  return figure(
    [
      {
        ...bars(places, COLORS.orange),
        // Bars fill the lower part of a row, below the labels.
        ...{ orientation: 'h', offset: 0, width: 0.32 },
        x: rows.map(({ share }) => roundedTo(1e4)(Math.min(end, 1 - share))),
        customdata: rows.map(({ wrong }) => wrong),
        hovertemplate: '%{customdata}<extra></extra>',
      },
    ],
    {
      height: rows.length * ROW + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      showlegend: false,
      ...axisPair(
        1,
        { range: [0, end], visible: false },
        { range: [rows.length - 0.5, -0.5], visible: false },
      ),
      annotations: [
        note(`<b>${texts.title}</b>`, { ...atEdge('left'), ...ON_TOP, borderpad: 0 }),
        ...rows.flatMap(({ name, share, wrong }, y) => [
          note(label(name), { ...atEdge('left'), ...above(y) }),
          note(wrong, { ...atEdge('right'), ...above(y) }),
          ...(1 - share > end ? [note(texts.beyond, { ...atEdge('right'), y: y + 0.16 })] : []),
        ]),
      ],
    },
    [
      texts.title,
      ...rows.map(row => texts.row(row.name, row.right, row.wrong)),
      ...(ownAccuracy < 1
        ? [texts.compared(timesErrors(NO_HIDDEN_LAYER), timesErrors(CONVOLUTION))]
        : []),
    ].join('\n'),
  );
}

/** Formats the shares of correct and wrong answers; with fewer decimals for means of a few trainings. */
const shares = (share: number, decimals = 2, sign = '') => ({
  share,
  right: sign + percent(share, decimals),
  wrong: sign + percent(1 - share, decimals),
});
