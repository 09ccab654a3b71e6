import * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import { checkCounts, type Given, readClasses } from '../input/given';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { pixelWeights } from '../network/pixel-weights';
import { CLEAR_TICKS, titled } from './axes';
import { COLORS } from './colors';
import type { Figure } from './figure';
import { singlePlot } from './stack';

/**
 * Shows the accuracy with none, an eighth, a quarter … and all of the hidden units switched off, starting from
 * the first: units share their work. The model stays unchanged.
 *
 * @param model a Sequential model for pictures, `[null, height, width]`, with a dense layer that reads the
 * pixels, and a later layer.
 * @param x pictures, float32, `[samples, height, width]`.
 * @param y the digit of each picture, 0 to 9, as loaded or as a tensor or list, `[samples]`.
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
  return singlePlot(
    heads,
    {
      traces: [
        {
          ...{ type: 'scatter', mode: 'lines+markers+text', x: counts, y: accuracies },
          line: { color: COLORS.blue, width: 2.5 },
          marker: { color: COLORS.blue, size: 9 },
          // On a phone there is space for every second number.
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
    { height: 210 },
    rows.map(({ count, accuracy }) => texts.row(count, accuracy)),
  );
}

/** Number of equal steps for switching off hidden units: 16 of the lesson's 128 per step. */
const STEPS = 8;

/**
 * Measures the accuracy while more and more hidden units are switched off, as if their outgoing weights were 0.
 * The model stays unchanged.
 *
 * @returns the counts of inactive units, from 0 to all, and the accuracies, 0 to 1.
 */
function accuracyByUnitsOff(model: tf.LayersModel, x: tf.Tensor, y: Given) {
  checkModel(model, 'withoutUnits(model, x, y)');
  const { layer, units } = pixelWeights(model);
  const later = model.layers.slice(model.layers.indexOf(layer) + 1);
  if (model.getClassName() !== 'Sequential' || later.length === 0) {
    throw new RangeError(messages().figures.withoutUnits.otherModel);
  }
  const labels = readClasses(y, 'labels');
  checkCounts({ pictures: itemAt(x.shape, 0), labels: labels.length });
  const hiddenPart = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
  const off = Array.from({ length: STEPS + 1 }, (_, i) => Math.round((units * i) / STEPS));
  const counts = [...new Set(off)];
  const accuracies = tf.tidy(() => {
    const outputs = hiddenPart.predict(x);
    const truth = tf.tensor1d(Array.from(labels), 'int32');
    return counts.map(count => {
      const on = tf.range(0, units, 1).greaterEqual(count);
      const last = later.reduce(
        (values, layer) => layer.apply(values, { training: false }) as tf.Tensor,
        outputs.mul(on),
      );
      return itemAt(last.argMax(-1).equal(truth).sum().dataSync(), 0) / labels.length;
    }) as never;
  }) as readonly number[];
  return { counts, accuracies };
}
