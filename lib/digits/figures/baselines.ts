import { percent } from '../format';
import { type NumberLike, requireAccuracy } from '../input/given';
import { messages } from '../language';
import {
  atEdge,
  axisPair,
  bars,
  COLORS,
  type Figure,
  figure,
  note,
  ON_TOP,
  roundedTo,
} from './figure';

/** No training at all: of the 10,000 labels of the test set 1135 are a 1, the commonest digit. */
const ALWAYS_ONE = 0.1135;

/**
 * Flatten and the output layer, 7850 parameters, trained as in stage 8: adam, 5 epochs of batches of
 * 64, a fifth kept for validation. Five trainings reached 0.9210 to 0.9238, the mean is 0.9227.
 */
export const NO_HIDDEN_LAYER = 0.923;

/**
 * Two layers of convolution, of 32 and 64 filters of 3 × 3, each with a pooling of 2 × 2; then Flatten,
 * dropout of 0.5 and the output layer: 34,826 parameters. Trained as above, six trainings reached
 * 0.9868 to 0.9892 after 5 epochs, and three of them 0.9900 to 0.9923 after 10; the mean is 0.9910.
 */
export const CONVOLUTION = 0.991;

/** In pixels: a row with its words above the bar, and what surrounds the rows. */
const ROW = 50;
const MARGIN = { l: 12, r: 12, t: 34, b: 10 };

/** Errors of a network that has learnt, with room for a bar that goes on. */
const LEAST = 0.1;

/**
 * Shows whether an accuracy on MNIST's test set is good: its share of errors beside that of always
 * answering 1, of a network without a hidden layer, and of a small convolutional network.
 *
 * @param accuracy of your network, from 0 to 1, as `model.evaluate` returns it.
 * @throws RangeError if it is no such number.
 * @example
 * baselines(0.9753).text.split('\n')[3]; // 'This network: 97.53% right, 2.47% wrong'
 */
export function baselines(accuracy: NumberLike): Figure {
  const texts = messages().figures.baselines;
  const own = requireAccuracy(accuracy);
  const rows = [
    { name: texts.alwaysOne, ...shares(ALWAYS_ONE) },
    { name: texts.noHiddenLayer, ...shares(NO_HIDDEN_LAYER, 0, '≈ ') },
    { name: texts.network, ...shares(own) },
    { name: texts.convolution, ...shares(CONVOLUTION, 0, '≈ ') },
  ];
  const timesErrors = (other: number) => ((1 - other) / (1 - own)).toFixed(1);
  // Always answering 1 has so many errors that the others would not be seen beside them.
  const end = Math.max(LEAST, 1.2 * (1 - own));
  const above = (y: number) => ({ y, yanchor: 'bottom', borderpad: 0 }) as const;
  const label = (name: string) => (name === texts.network ? `<b>${name}</b>` : name);
  const places = [...rows.keys()];
  return figure(
    [
      {
        ...bars(places, COLORS.orange),
        // In the lower part of a row; the words stand above.
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
          ...(1 - share > end ? [note('≫', { ...atEdge('right'), y: y + 0.16 })] : []),
        ]),
      ],
    },
    [
      texts.title,
      ...rows.map(row => texts.row(row.name, row.right, row.wrong)),
      ...(own < 1 ? [texts.compared(timesErrors(NO_HIDDEN_LAYER), timesErrors(CONVOLUTION))] : []),
    ].join('\n'),
  );
}

/** Writes the share that is right and the share that is wrong; the mean over a few trainings roughly. */
const shares = (share: number, decimals = 2, sign = '') => ({
  share,
  right: sign + percent(share, decimals),
  wrong: sign + percent(1 - share, decimals),
});
