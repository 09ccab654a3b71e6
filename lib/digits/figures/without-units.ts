import type * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import type { Given } from '../input/given';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { accuracyByUnitsOff } from '../network/units-off';
import { CLEAR_TICKS, COLORS, type Figure } from './figure';
import { titled } from './loss-plot';
import { stack } from './stack';

/**
 * Shows the accuracy with none, an eighth, a quarter … and all of the hidden units switched off, the
 * first ones, in order: units share their work. The model stays as it is.
 *
 * @param model Sequential, takes pictures, `[null, height, width]`, and has a dense layer that reads their
 * pixels, and a later layer.
 * @param x pictures, float32, `[samples, height, width]`.
 * @param y the digit of each, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws RangeError if the model is another one, or there is not one label for each picture.
 * @example
 * figures.withoutUnits(model, xTest, yTest).data.length; // 1
 */
export function withoutUnits(model: tf.LayersModel, x: tf.Tensor, y: Given): Figure {
  const texts = messages().figures.withoutUnits;
  const { counts, accuracies } = accuracyByUnitsOff(model, x, y);
  const units = itemAt(counts, counts.length - 1);
  const rows = counts.map((count, i) => ({ count, accuracy: percent(itemAt(accuracies, i), 1) }));
  const [all, few, half] = [0, 1, Math.floor(rows.length / 2)].map(i => itemAt(rows, i));
  const heads = texts.head(
    units,
    [all, few, half].map(row => Number(row?.count)),
    [all, few, half].map(row => `${row?.accuracy}`),
  );
  return stack(
    [
      {
        heads: [heads],
        plots: [
          {
            traces: [
              {
                ...{ type: 'scatter', mode: 'lines+markers+text', x: counts, y: accuracies },
                line: { color: COLORS.blue, width: 2.5 },
                marker: { color: COLORS.blue, size: 9 },
                // On a phone there is room for every second one.
                ...{ text: rows.map(({ accuracy }, i) => (i % 2 ? '' : accuracy)) },
                textposition: 'top right',
                ...{ textfont: { size: 11 }, cliponaxis: false },
                hovertemplate: texts.hover,
              },
            ],
            x: {
              ...{ ...titled(texts.off), tickvals: counts, zeroline: false },
              range: [-0.04 * units, 1.12 * units],
            },
            y: { ...CLEAR_TICKS, ...titled(messages().figures.accuracy), range: [0, 1.12] },
          },
        ],
        ...{ height: 210, under: 56 },
      },
    ],
    { l: 62, shift: -54 },
    [
      messages().figures.inOneLine(heads),
      ...rows.map(({ count, accuracy }) => texts.row(count, accuracy)),
    ].join('\n'),
  );
}
