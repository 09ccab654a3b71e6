import * as tf from '@tensorflow/tfjs';
import { type Given, predictionsByLabel } from '../input/given';
import { requireModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { pixelWeights } from './pixel-weights';
import { predict } from './predict';

/** What is lost if hidden units are switched off; all of it in shares of the samples, 0 to 1. */
export interface CostOfUnits {
  /** The accuracy of the whole network. */
  readonly accuracy: number;
  /** Hidden units of the layer, of which the first 16 were switched off. */
  readonly hidden: number;
  /** What each of them costs: the accuracy that is lost, and that by digit, 0 to 9; negative if it is gained. */
  readonly units: readonly Loss[];
  /** What they cost if all of them are switched off at once. */
  readonly together: Loss;
  /** The most that a single one costs, in percentage points. */
  readonly largestLoss: number;
}

interface Loss {
  readonly lost: number;
  readonly byDigit: readonly number[];
}

/** So many units are switched off, the first ones: those that `recordUnits` records. */
const UNITS = 16;

/**
 * Measures what each of the first 16 hidden units is worth: the accuracy with all units, and with one
 * of them switched off, as if its outgoing weights were 0. The model is left as it is.
 *
 * @param model Sequential, takes pictures, `[null, height, width]`, and has a dense layer that reads their
 * pixels, and a later layer.
 * @param x pictures, float32, `[samples, height, width]`.
 * @param y the digit of each, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @throws RangeError if the model is another one, or there is not one label for each picture.
 * @example
 * const { largestLoss } = costOfUnits(model, xTest, yTest);
 * largestLoss < 100; // true
 */
export function costOfUnits(model: tf.LayersModel, x: tf.Tensor, y: Given): CostOfUnits {
  requireModel(model, 'costOfUnits(model, x, y)');
  const { layer, units: hidden } = pixelWeights(model);
  const later = model.layers.slice(model.layers.indexOf(layer) + 1);
  if (model.getClassName() !== 'Sequential' || later.length === 0) {
    throw new RangeError(messages().figures.withoutUnit.otherModel);
  }
  const before = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
  const outputs = predict(before, x);
  try {
    const measure = (isOn: (unit: number) => boolean) => {
      const on = Array.from({ length: hidden }, (_, unit) => isOn(unit));
      return accuracies(y, predictionsOf(outputs, on, later));
    };
    const whole = measure(() => true);
    const lossOf = (isOn: (unit: number) => boolean): Loss => {
      const { accuracy, byDigit } = measure(isOn);
      const lost = byDigit.map((share, digit) => itemAt(whole.byDigit, digit) - share);
      return { lost: whole.accuracy - accuracy, byDigit: lost };
    };
    const count = Math.min(UNITS, hidden);
    const units = Array.from({ length: count }, (_, off) => lossOf(unit => unit !== off));
    const together = lossOf(unit => unit >= count);
    const largestLoss = 100 * Math.max(...units.map(({ lost }) => lost));
    return { accuracy: whole.accuracy, hidden, units, together, largestLoss };
  } finally {
    outputs.dispose();
  }
}

/** Returns the class of each sample, from the outputs of the units that are on. */
const predictionsOf = (outputs: tf.Tensor, on: boolean[], later: readonly tf.layers.Layer[]) =>
  tf.tidy(() => {
    const kept = outputs.mul(tf.tensor1d(on.map(Number)));
    const last = later.reduce(
      (values, layer) => layer.apply(values, { training: false }) as tf.Tensor,
      kept,
    );
    return last.argMax(-1).dataSync();
  });

/** Returns the share of the samples that is read right, and that of each digit. */
function accuracies(y: Given, predictions: ArrayLike<number>) {
  const rows = predictionsByLabel(y, predictions);
  const right = rows.map((row, digit) => row.filter(found => found === digit).length);
  return {
    accuracy: sumOf(right) / sumOf(rows.map(({ length }) => length)),
    byDigit: right.map((count, digit) => count / (rows[digit]?.length || 1)),
  };
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);
