import * as tf from '@tensorflow/tfjs';
import { checkCounts, type Given, readClasses } from '../input/given';
import { requireModel } from '../input/model';
import { messages } from '../language';
import { pixelWeights } from './pixel-weights';

/** What is lost if hidden units are switched off, in shares of the samples; negative if it is gained. */
export interface CostOfUnits {
  /** The accuracy of the whole network, 0 to 1. */
  readonly accuracy: number;
  /** Hidden units of the layer, of which the first 16 were switched off. */
  readonly hidden: number;
  /** The accuracy that is lost without each of them. */
  readonly lost: readonly number[];
  /** The accuracy that is lost without all of them. */
  readonly together: number;
  /** The most that a single one costs, in percentage points. */
  readonly largestLoss: number;
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
  const labels = readClasses(y, 'labels');
  checkCounts({ pictures: x.shape[0] ?? 0, labels: labels.length });
  const before = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
  return tf.tidy(() => {
    const outputs = before.predict(x);
    const truth = tf.tensor1d(Array.from(labels), 'int32');
    const accuracyWith = (isOn: (unit: number) => boolean): number =>
      tf.tidy(() => {
        const on = tf.tensor1d(Array.from({ length: hidden }, (_, unit) => Number(isOn(unit))));
        const last = later.reduce(
          (values, layer) => layer.apply(values, { training: false }) as tf.Tensor,
          outputs.mul(on),
        );
        return last.argMax(-1).equal(truth).sum().arraySync() as number;
      }) / labels.length;
    const accuracy = accuracyWith(() => true);
    const count = Math.min(UNITS, hidden);
    const lost = Array.from({ length: count }, (_, off) => {
      return accuracy - accuracyWith(unit => unit !== off);
    });
    const together = accuracy - accuracyWith(unit => unit >= count);
    return { accuracy, hidden, lost, together, largestLoss: 100 * Math.max(...lost) } as never;
  });
}
